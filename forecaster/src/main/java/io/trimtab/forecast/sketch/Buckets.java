package io.trimtab.forecast.sketch;

import java.util.stream.IntStream;

/** How a histogram divides its range; immutable and shared by all histograms of one kind. Values beyond the range go to the nearest bucket. */
public final class Buckets {
    /** The stock VPA's buckets for CPU, in cores: from 0.01 core on each 5 % wider than the one before, up to 1000 cores. */
    public static final Buckets CPU = exponential(0.01, 1.05, 1000);

    /** The stock VPA's buckets for memory, in bytes: from 10 MB on each 5 % wider than the one before, up to 1 TB. */
    public static final Buckets MEMORY = exponential(1e7, 1.05, 1e12);

    private static final int MOST = 1_000_000;

    private final double[] starts;
    private final double first;
    private final double ratio;
    private final double logRatio;

    private Buckets(double[] starts, double first, double ratio) {
        this.starts = starts;
        this.first = first;
        this.ratio = ratio;
        this.logRatio = ratio == 1 ? 0 : FixedMath.log(ratio);
    }

    /**
     * Buckets of one size.
     *
     * @param size of each bucket, > 0
     * @param max the last bucket starts there or just above, > 0
     * @throws IllegalArgumentException if one of them is not positive and finite, or there would be more than 1,000,000 buckets
     */
    public static Buckets linear(double size, double max) {
        positive("size", size);
        positive("max", max);
        int count = count(Math.ceil(max / size));
        return new Buckets(IntStream.range(0, count).mapToDouble(i -> i * size).toArray(), size, 1);
    }

    /**
     * Buckets that grow; bucket n starts at first x (ratio^n - 1) / (ratio - 1).
     *
     * @param first size of the first bucket, > 0
     * @param ratio of each bucket's size to the one before, > 1
     * @param max the last bucket starts there or just above, > 0
     * @throws IllegalArgumentException if one of them is out of its range, or there would be more than 1,000,000 buckets
     */
    public static Buckets exponential(double first, double ratio, double max) {
        positive("first", first);
        positive("max", max);
        if (!(ratio > 1 && ratio < Double.POSITIVE_INFINITY))
            throw new IllegalArgumentException("ratio (%s) must be > 1".formatted(ratio));
        int count = count(Math.ceil(FixedMath.log(max * (ratio - 1) / first + 1) / FixedMath.log(ratio)));
        double[] starts = IntStream.range(0, count)
                .mapToDouble(i -> first * (FixedMath.power(ratio, i) - 1) / (ratio - 1))
                .toArray();
        return new Buckets(starts, first, ratio);
    }

    public int count() {
        return starts.length;
    }

    /** @param value finite and >= 0 */
    public int find(double value) {
        int bucket;
        if (ratio == 1) bucket = (int) (value / first);
        else bucket = value < first ? 0 : (int) (FixedMath.log(value * (ratio - 1) / first + 1) / logRatio);
        return Math.clamp(bucket, 0, starts.length - 1);
    }

    public double start(int bucket) {
        return starts[bucket];
    }

    /** Where the next bucket starts; of the last bucket, which has no end, its own start. */
    public double end(int bucket) {
        return starts[Math.min(bucket + 1, starts.length - 1)];
    }

    private static int count(double full) {
        if (!(full < MOST)) throw new IllegalArgumentException("more than %d buckets are asked for".formatted(MOST));
        return (int) full + 1;
    }

    private static void positive(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY))
            throw new IllegalArgumentException("%s (%s) must be > 0".formatted(name, value));
    }
}
