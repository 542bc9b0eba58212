package io.trimtab.forecast.sketch;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A histogram in the form that the stock VPA stores.
 *
 * @param referenceAt the moment at which a sample weighs what it says
 * @param bucketWeights bucket to weight, scaled so that the heaviest weighs 10000; lighter than half a unit are left out
 * @param totalWeight of all samples
 */
public record HistogramCheckpoint(Instant referenceAt, SortedMap<Integer, Long> bucketWeights, double totalWeight) {
    static final int HEAVIEST = 10_000;

    public HistogramCheckpoint {
        if (!(totalWeight >= 0 && totalWeight < Double.POSITIVE_INFINITY))
            throw new IllegalArgumentException("total weight (%s) must be finite and >= 0".formatted(totalWeight));
        bucketWeights.forEach((bucket, weight) -> {
            if (bucket < 0 || weight < 0 || weight > 0xFFFF_FFFFL)
                throw new IllegalArgumentException(
                        "bucket %d with weight %d: both must be >= 0 and the weight below 2^32"
                                .formatted(bucket, weight));
        });
        bucketWeights = Collections.unmodifiableSortedMap(new TreeMap<>(bucketWeights));
    }
}
