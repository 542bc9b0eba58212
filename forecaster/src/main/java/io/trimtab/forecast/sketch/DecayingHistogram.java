package io.trimtab.forecast.sketch;

import io.trimtab.forecast.encoding.StateReader;
import io.trimtab.forecast.encoding.StateWriter;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.TreeMap;

/**
 * A histogram in which a sample loses half of its weight with each half-life: instead of making old samples lighter, new ones weigh
 * 2^((at - reference) / half-life). Gives the stock VPA's quantiles. Not safe for threads.
 *
 * @see "k8s.io/autoscaler vertical-pod-autoscaler 1.8.1, pkg/recommender/util"
 */
public final class DecayingHistogram {
    /** Buckets lighter than this count as empty. */
    private static final double EPSILON = 0.0001;

    /** After so many half-lives the reference moves, before weights grow out of range. */
    private static final int MOST_HALF_LIVES = 100;

    /** What moments are counted from when they are rounded, and the reference of a histogram without samples. */
    private static final Instant ORIGIN = Instant.parse("0001-01-01T00:00:00Z");

    private static final BigInteger NANOS = BigInteger.valueOf(1_000_000_000);

    private final Buckets buckets;
    private final Duration halfLife;
    private final double[] weights;
    private double totalWeight;
    private int min;
    private int max;
    private Instant reference = ORIGIN;
    private Instant latestAllowed;

    private DecayingHistogram(Buckets buckets, Duration halfLife) {
        this.buckets = buckets;
        this.halfLife = halfLife;
        this.weights = new double[buckets.count()];
        this.min = buckets.count() - 1;
        this.latestAllowed = reference.plus(halfLife.multipliedBy(MOST_HALF_LIVES));
    }

    /** @throws IllegalArgumentException if the half-life is not positive or is longer than 292 years */
    public static DecayingHistogram decaying(Buckets buckets, Duration halfLife) {
        if (halfLife.isZero() || halfLife.isNegative() || halfLife.compareTo(Duration.ofNanos(Long.MAX_VALUE)) > 0)
            throw new IllegalArgumentException("half-life (%s) must be > 0 and at most 292 years".formatted(halfLife));
        return new DecayingHistogram(buckets, halfLife);
    }

    /** A histogram in which every sample keeps its weight. */
    public static DecayingHistogram lasting(Buckets buckets) {
        return new DecayingHistogram(buckets, Duration.ZERO);
    }

    /**
     * @param value finite and >= 0, in the buckets' unit
     * @param weight finite and >= 0, before decay
     */
    public void add(double value, double weight, Instant at) {
        int bucket = buckets.find(checked("value", value));
        double decayed = checked("weight", weight) * factor(at);
        weights[bucket] += decayed;
        totalWeight += decayed;
        if (weights[bucket] < EPSILON) return;
        min = Math.min(min, bucket);
        max = Math.max(max, bucket);
    }

    /** Takes back a sample that was added before with the same arguments. */
    public void subtract(double value, double weight, Instant at) {
        int bucket = buckets.find(checked("value", value));
        double decayed = checked("weight", weight) * factor(at);
        totalWeight = orZero(totalWeight - decayed);
        weights[bucket] = orZero(weights[bucket] - decayed);
        dropEmptyEnds();
    }

    /**
     * Adds all samples of another histogram, which stays as it is.
     *
     * @throws IllegalArgumentException if the other has other buckets or another half-life
     */
    public void merge(DecayingHistogram other) {
        if (buckets != other.buckets || !halfLife.equals(other.halfLife))
            throw new IllegalArgumentException("histograms of other buckets or another half-life cannot be merged");
        if (reference.isBefore(other.reference)) shiftReference(other.reference);
        DecayingHistogram aligned = other;
        if (other.reference.isBefore(reference)) {
            aligned = other.copy();
            aligned.shiftReference(reference);
        }
        for (int i = aligned.min; i <= aligned.max; i++) weights[i] += aligned.weights[i];
        totalWeight += aligned.totalWeight;
        min = Math.min(min, aligned.min);
        max = Math.max(max, aligned.max);
    }

    public boolean isEmpty() {
        return weights[min] < EPSILON;
    }

    /** As {@link FrozenHistogram#quantile}. */
    public double quantile(double probability) {
        return freeze().quantile(probability);
    }

    /** What it holds now; later samples do not change the answer. */
    public FrozenHistogram freeze() {
        double[] held = isEmpty() ? new double[0] : Arrays.copyOfRange(weights, min, Math.max(min, max) + 1);
        return new FrozenHistogram(buckets, min, held, totalWeight);
    }

    public HistogramCheckpoint checkpoint() {
        double heaviest = 0;
        for (int i = min; i <= max; i++) heaviest = Math.max(heaviest, weights[i]);
        TreeMap<Integer, Long> scaled = new TreeMap<>();
        double scale = HistogramCheckpoint.HEAVIEST / heaviest;
        for (int i = min; i <= max && heaviest > 0; i++) {
            long weight = (long) Math.floor(weights[i] * scale + 0.5);
            if (weight > 0) scaled.put(i, weight);
        }
        return new HistogramCheckpoint(reference, scaled, totalWeight);
    }

    /**
     * @return a histogram with what the checkpoint holds; weights that were rounded there stay rounded
     * @throws IllegalArgumentException if the checkpoint has a bucket that there is not, or the half-life is out of range
     */
    public static DecayingHistogram restore(Buckets buckets, Duration halfLife, HistogramCheckpoint checkpoint) {
        DecayingHistogram histogram = decaying(buckets, halfLife);
        long sum = 0;
        for (var entry : checkpoint.bucketWeights().entrySet()) {
            if (entry.getKey() >= buckets.count())
                throw new IllegalArgumentException(
                        "bucket %d is beyond the last, %d".formatted(entry.getKey(), buckets.count() - 1));
            sum += entry.getValue();
        }
        histogram.moveReference(checkpoint.referenceAt());
        if (sum == 0) return histogram;
        double ratio = checkpoint.totalWeight() / sum;
        checkpoint.bucketWeights().forEach((bucket, weight) -> {
            histogram.weights[bucket] = weight * ratio;
            histogram.min = Math.min(histogram.min, bucket);
            histogram.max = Math.max(histogram.max, bucket);
        });
        histogram.totalWeight = checkpoint.totalWeight();
        histogram.dropEmptyEnds();
        return histogram;
    }

    /** To the last bit, which a checkpoint is not; buckets without weight take no room. */
    public void write(StateWriter to) {
        to.number(weights.length);
        to.number(min);
        to.number(max);
        to.moment(reference);
        to.real(totalWeight);
        int held = 0;
        for (double weight : weights) if (weight != 0) held++;
        to.number(held);
        int after = 0;
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] == 0) continue;
            to.number(i - after);
            to.real(weights[i]);
            after = i + 1;
        }
    }

    /** @throws IllegalArgumentException if the bytes hold no histogram of these buckets */
    public static DecayingHistogram read(Buckets buckets, Duration halfLife, StateReader from) {
        DecayingHistogram histogram = decaying(buckets, halfLife);
        int count = buckets.count();
        if (from.number() != count)
            throw new IllegalArgumentException("the histogram has not the %d buckets it should".formatted(count));
        histogram.min = bucket(from.number(), count);
        histogram.max = bucket(from.number(), count);
        Instant reference = from.moment();
        if (reference == null) throw new IllegalArgumentException("the histogram has no reference");
        histogram.moveReference(reference);
        histogram.totalWeight = checked("total weight", from.real());
        int next = 0;
        for (int held = from.count(); held > 0; held--) {
            int bucket = bucket(next + from.number(), count);
            histogram.weights[bucket] = checked("weight", from.real());
            next = bucket + 1;
        }
        return histogram;
    }

    private static int bucket(long number, int count) {
        if (number < 0 || number >= count)
            throw new IllegalArgumentException("bucket %d is beyond the last, %d".formatted(number, count - 1));
        return (int) number;
    }

    private DecayingHistogram copy() {
        DecayingHistogram copy = new DecayingHistogram(buckets, halfLife);
        System.arraycopy(weights, 0, copy.weights, 0, weights.length);
        copy.totalWeight = totalWeight;
        copy.min = min;
        copy.max = max;
        copy.moveReference(reference);
        return copy;
    }

    private double factor(Instant at) {
        if (halfLife.isZero()) return 1;
        if (at.isAfter(latestAllowed)) shiftReference(at);
        return FixedMath.exp2((double) nanosBetween(reference, at) / halfLife.toNanos());
    }

    private void shiftReference(Instant to) {
        if (halfLife.isZero()) return;
        Instant rounded = rounded(to);
        double halfLives = (double) nanosBetween(rounded, reference) / halfLife.toNanos();
        double factor = Math.scalb(1.0, (int) Math.floor(halfLives + 0.5));
        for (int i = min; i <= max; i++) weights[i] *= factor;
        totalWeight *= factor;
        dropEmptyEnds();
        moveReference(rounded);
    }

    private void moveReference(Instant to) {
        reference = to;
        latestAllowed = to.plus(halfLife.multipliedBy(MOST_HALF_LIVES));
    }

    /** The nearest whole number of half-lives from the origin, the later one of two. */
    private Instant rounded(Instant at) {
        BigInteger nanos = BigInteger.valueOf(at.getEpochSecond() - ORIGIN.getEpochSecond())
                .multiply(NANOS)
                .add(BigInteger.valueOf(at.getNano()));
        long past = nanos.mod(BigInteger.valueOf(halfLife.toNanos())).longValueExact();
        return past < halfLife.toNanos() - past ? at.minusNanos(past) : at.plusNanos(halfLife.toNanos() - past);
    }

    /** Beyond 292 years the nearest that a long can hold. */
    private static long nanosBetween(Instant from, Instant to) {
        Duration between = Duration.between(from, to);
        if (Math.abs(between.toSeconds()) > Long.MAX_VALUE / 1_000_000_000 - 1)
            return between.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
        return between.toNanos();
    }

    private void dropEmptyEnds() {
        while (weights[min] < EPSILON && min < weights.length - 1) min++;
        while (weights[max] < EPSILON && max > 0) max--;
    }

    private static double orZero(double weight) {
        return weight < EPSILON ? 0 : weight;
    }

    private static double checked(String name, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY))
            throw new IllegalArgumentException("%s (%s) must be finite and >= 0".formatted(name, value));
        return value;
    }
}
