package io.trimtab.recommend.pods;

import io.trimtab.ingest.model.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Evenly spaced samples of one resource of one pod's container.
 *
 * @param amounts in the resource's unit (cores, bytes), finite and >= 0; sample i was taken at start + i x step; 0 in a gap
 * @param gaps the indices that have no sample
 */
public record UsageRun(String pod, Resource resource, Instant start, Duration step, double[] amounts, BitSet gaps) {
    public UsageRun {
        if (step.isZero() || step.isNegative())
            throw new IllegalArgumentException("step (%s) of %s must be > 0".formatted(step, pod));
        amounts = amounts.clone();
        gaps = (BitSet) gaps.clone();
        for (double amount : amounts)
            if (!(amount >= 0 && amount < Double.POSITIVE_INFINITY))
                throw new IllegalArgumentException("sample (%s) of %s must be finite and >= 0".formatted(amount, pod));
    }

    Instant at(int index) {
        return start.plus(step.multipliedBy(index));
    }

    /** The first index from {@code index} on that has a sample at or before {@code last}; -1 when there is none. */
    int nextSample(int index, Instant last) {
        int next = gaps.nextClearBit(index);
        return next < amounts.length && !at(next).isAfter(last) ? next : -1;
    }

    /** The samples after {@code after}, up to and including {@code last}. */
    Stream<Double> between(Instant after, Instant last) {
        return IntStream.range(0, amounts.length)
                .filter(i -> !gaps.get(i) && at(i).isAfter(after) && !at(i).isAfter(last))
                .mapToObj(i -> amounts[i]);
    }
}
