package io.trimtab.forecast;

import io.trimtab.forecast.encoding.StateReader;
import io.trimtab.forecast.encoding.StateWriter;
import io.trimtab.ingest.model.Pod;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** How long the newest pods of a workload took from their creation until they were ready. */
final class PodStarts {
    /** Until some were seen. */
    static final Duration UNKNOWN = Duration.ofSeconds(90);

    private static final int NEEDED = 3;
    private static final int MOST = 32;

    /** Most pods are there by then, and the few that were slow do not count. */
    private static final double QUANTILE = 0.75;

    private final Deque<Long> seconds = new ArrayDeque<>();

    /** @param pod that is ready, told of once */
    void add(Pod pod) {
        Duration took = Duration.between(pod.createdAt(), pod.readyAt().orElseThrow());
        if (took.isNegative() || took.compareTo(StartUp.LONGEST) > 0) return;
        if (seconds.size() == MOST) seconds.removeFirst();
        seconds.addLast(took.toSeconds());
    }

    Duration usual() {
        if (seconds.size() < NEEDED) return UNKNOWN;
        long[] sorted = seconds.stream().mapToLong(Long::longValue).sorted().toArray();
        return Duration.ofSeconds(sorted[(int) Math.ceil(QUANTILE * (sorted.length - 1))]);
    }

    void write(StateWriter to) {
        to.number(seconds.size());
        seconds.forEach(to::number);
    }

    static PodStarts read(StateReader from) {
        PodStarts starts = new PodStarts();
        int count = from.count();
        if (count > MOST)
            throw new IllegalArgumentException("%d starts of pods are more than %d".formatted(count, MOST));
        for (int i = 0; i < count; i++) starts.seconds.addLast(Math.min(from.number(), StartUp.LONGEST.toSeconds()));
        return starts;
    }
}
