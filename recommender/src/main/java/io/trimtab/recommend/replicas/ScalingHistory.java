package io.trimtab.recommend.replicas;

import java.time.Duration;
import java.util.List;

/** What was done and recommended before; an entry whose age equals a window has left that window. */
public record ScalingHistory(List<Entry> scaleUps, List<Entry> scaleDowns, List<Entry> recommendations) {
    public static final ScalingHistory NONE = new ScalingHistory(List.of(), List.of(), List.of());

    public ScalingHistory {
        scaleUps = List.copyOf(scaleUps);
        scaleDowns = List.copyOf(scaleDowns);
        recommendations = List.copyOf(recommendations);
    }

    /** @param replicas how many were added or removed, or the number recommended */
    public record Entry(int replicas, Duration age) {
        public Entry {
            if (replicas < 0) throw new IllegalArgumentException("replicas (%d) must be >= 0".formatted(replicas));
        }

        boolean within(Duration window) {
            return age.compareTo(window) < 0;
        }
    }
}
