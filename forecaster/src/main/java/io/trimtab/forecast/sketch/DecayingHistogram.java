package io.trimtab.forecast.sketch;

import io.trimtab.forecast.Distribution;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A histogram in which a sample's weight halves with each half-life of age. Weights are kept relative to a reference time that moves forward in whole
 * half-lives, so that nothing is rescaled but once in a hundred of them.
 *
 * @see "The stock VPA's decaying histogram, kubernetes/autoscaler, vertical-pod-autoscaler/pkg/recommender/util"
 */
public final class DecayingHistogram implements Distribution {
    /** Buckets lighter than this count as empty: a thousandth of the lightest sample, 0.1. */
    private static final double EPSILON = 0.0001;

    private static final int MOST_HALF_LIVES = 100;
    private static final int MAX_CHECKPOINT_WEIGHT = 10_000;

    /** Half-lives are counted from the year 1, as Go's zero time is; milliseconds before the epoch. */
    private static final long YEAR_ONE_MILLIS = 62_135_596_800_000L;

    private final Buckets buckets;
    private final double[] weights;
    private final double[] starts;
    private final long halfLifeMillis;
    private boolean referenced;
    private long referenceMillis;
    private double total;
    private int lowest;
    private int highest;

    /** @param halfLife empty for a histogram that forgets nothing */
    public DecayingHistogram(Buckets buckets, Optional<Duration> halfLife) {
        this.buckets = buckets;
        this.weights = new double[buckets.count()];
        this.starts = new double[buckets.count()];
        for (int i = 0; i < starts.length; i++) starts[i] = buckets.start(i);
        this.halfLifeMillis = halfLife.map(Duration::toMillis).orElse(0L);
        if (halfLife.isPresent() && halfLifeMillis <= 0)
            throw new IllegalArgumentException("halfLife (%s) must be positive".formatted(halfLife.get()));
        this.lowest = weights.length - 1;
    }

    /** @throws IllegalArgumentException if value or weight is negative or not finite */
    public void add(double value, double weight, Instant at) {
        if (!(value >= 0 && weight >= 0 && Double.isFinite(value) && Double.isFinite(weight))) {
            throw new IllegalArgumentException(
                    "value (%s) and weight (%s) must be finite and >= 0".formatted(value, weight));
        }
        double scaled = weight * factor(at);
        int bucket = buckets.find(value);
        weights[bucket] += scaled;
        total += scaled;
        if (weights[bucket] < EPSILON) return;
        lowest = Math.min(lowest, bucket);
        highest = Math.max(highest, bucket);
    }

    /** Takes a sample back that was added with the same arguments. */
    public void subtract(double value, double weight, Instant at) {
        double scaled = weight * factor(at);
        int bucket = buckets.find(value);
        total = leftOf(total, scaled);
        weights[bucket] = leftOf(weights[bucket], scaled);
        dropLightEnds();
    }

    public boolean isEmpty() {
        return weights[lowest] < EPSILON;
    }

    @Override
    public double quantile(double probability) {
        if (isEmpty()) return 0;
        double threshold = Math.clamp(probability, 0.0, 1.0) * total;
        double sum = 0;
        int bucket = lowest;
        for (; bucket < highest; bucket++) {
            sum += weights[bucket];
            if (sum >= threshold) break;
        }
        return starts[Math.min(bucket + 1, starts.length - 1)];
    }

    /** The share of the weight in buckets that end at or below a value. */
    public double shareWithin(double value) {
        if (isEmpty()) return 1;
        double sum = 0;
        for (int bucket = lowest; bucket <= highest; bucket++) {
            boolean within = bucket + 1 < starts.length && starts[bucket + 1] <= value;
            if (within) sum += weights[bucket];
        }
        return Math.min(1, sum / total);
    }

    /**
     * The form in which the stock VPA stores it.
     *
     * @param bucketWeights 0..10000 by bucket, those that round to 0 left out
     */
    public record Checkpoint(
            Instant referenceTimestamp, SortedMap<Integer, Integer> bucketWeights, double totalWeight) {
        public Checkpoint {
            bucketWeights = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(bucketWeights));
        }
    }

    public Checkpoint checkpoint() {
        double heaviest = Arrays.stream(weights).max().orElse(0);
        SortedMap<Integer, Integer> rounded = new TreeMap<>();
        for (int bucket = lowest; bucket <= highest; bucket++) {
            int weight = (int) Math.floor(weights[bucket] * (MAX_CHECKPOINT_WEIGHT / heaviest) + 0.5);
            if (weight > 0) rounded.put(bucket, weight);
        }
        return new Checkpoint(
                referenced ? Instant.ofEpochMilli(referenceMillis) : Instant.ofEpochMilli(-YEAR_ONE_MILLIS),
                rounded,
                total);
    }

    /**
     * Adds what a checkpoint holds to an empty histogram.
     *
     * @throws IllegalArgumentException if it has a bucket that this histogram has not, or a negative weight
     */
    public void load(Checkpoint checkpoint) {
        if (!(checkpoint.totalWeight() >= 0))
            throw new IllegalArgumentException("totalWeight (%s) must be >= 0".formatted(checkpoint.totalWeight()));
        long sum = 0;
        for (var entry : checkpoint.bucketWeights().entrySet()) {
            if (entry.getKey() < 0 || entry.getKey() >= weights.length) {
                throw new IllegalArgumentException(
                        "bucket (%d) must be in 0..%d".formatted(entry.getKey(), weights.length - 1));
            }
            if (entry.getValue() < 0)
                throw new IllegalArgumentException(
                        "weight (%d) of bucket %d must be >= 0".formatted(entry.getValue(), entry.getKey()));
            sum += entry.getValue();
        }
        referenceMillis = checkpoint.referenceTimestamp().toEpochMilli();
        referenced = referenceMillis > -YEAR_ONE_MILLIS;
        if (sum == 0) return;
        double ratio = checkpoint.totalWeight() / sum;
        checkpoint.bucketWeights().forEach((bucket, weight) -> {
            lowest = Math.min(lowest, bucket);
            highest = Math.max(highest, bucket);
            weights[bucket] += weight * ratio;
        });
        total += checkpoint.totalWeight();
        dropLightEnds();
    }

    private double factor(Instant at) {
        if (halfLifeMillis == 0) return 1;
        long atMillis = at.toEpochMilli();
        if (!referenced || atMillis > referenceMillis + MOST_HALF_LIVES * halfLifeMillis) moveReference(atMillis);
        return Math.pow(2, (double) (atMillis - referenceMillis) / halfLifeMillis);
    }

    private void moveReference(long atMillis) {
        long sinceYearOne = atMillis + YEAR_ONE_MILLIS;
        long rest = Math.floorMod(sinceYearOne, halfLifeMillis);
        long rounded = rest + rest < halfLifeMillis ? sinceYearOne - rest : sinceYearOne - rest + halfLifeMillis;
        long moved = rounded - YEAR_ONE_MILLIS;
        if (referenced) scale((int) Math.floor((double) (referenceMillis - moved) / halfLifeMillis + 0.5));
        referenced = true;
        referenceMillis = moved;
    }

    private void scale(int exponent) {
        for (int bucket = lowest; bucket <= highest; bucket++) weights[bucket] = Math.scalb(weights[bucket], exponent);
        total = Math.scalb(total, exponent);
        dropLightEnds();
    }

    private void dropLightEnds() {
        while (weights[lowest] < EPSILON && lowest < weights.length - 1) lowest++;
        while (weights[highest] < EPSILON && highest > 0) highest--;
    }

    private static double leftOf(double value, double taken) {
        double left = value - taken;
        return left < EPSILON ? 0 : left;
    }
}
