package io.trimtab.forecast;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a further series was and what it will be.
 *
 * @param pooling of the joint use of a namespace or a pool; empty for all else
 */
public record DemandOutlook(DemandSubject subject, SeriesOutlook series, Optional<Pooling> pooling) {
    /**
     * What is saved by looking at a sum in place of its parts, which seldom peak together.
     *
     * @param members how many series the sum is of
     */
    public record Pooling(int members, List<Joint> p95) {
        public Pooling {
            p95 = List.copyOf(p95);
        }
    }

    /**
     * P95 at a horizon.
     *
     * @param value of the sum; {@code membersValue} what the members' P95s add up to
     * @param maximum of the sum until then; {@code membersMaximum} likewise
     */
    public record Joint(Duration horizon, double value, double membersValue, double maximum, double membersMaximum) {}
}
