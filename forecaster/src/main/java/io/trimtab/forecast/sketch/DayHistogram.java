package io.trimtab.forecast.sketch;

import io.trimtab.forecast.encoding.StateReader;
import io.trimtab.forecast.encoding.StateWriter;
import java.util.Arrays;

/** How many samples fell into each bucket; every sample counts the same. Holds only the span of buckets that were hit. Not safe for threads. */
public final class DayHistogram {
    private static final int[] NOTHING = {};

    private final Buckets buckets;
    private int first;
    private int[] counts = NOTHING;
    private long total;

    public DayHistogram(Buckets buckets) {
        this.buckets = buckets;
    }

    /** @param value finite and >= 0 */
    public void add(double value) {
        add(buckets.find(value), 1);
    }

    /** All samples of another one of the same buckets, which stays as it is. */
    public void addAll(DayHistogram other) {
        if (other.counts.length == 0) return;
        reach(other.first);
        reach(other.first + other.counts.length - 1);
        for (int i = 0; i < other.counts.length; i++) counts[other.first + i - first] += other.counts[i];
        total += other.total;
    }

    /** With half of the samples of each bucket, rounded down; this one stays as it is. */
    public DayHistogram halved() {
        DayHistogram half = new DayHistogram(buckets);
        for (int i = 0; i < counts.length; i++) if (counts[i] > 1) half.add(first + i, counts[i] / 2);
        return half;
    }

    private void add(int bucket, int count) {
        reach(bucket);
        counts[bucket - first] += count;
        total += count;
    }

    private void reach(int bucket) {
        if (counts.length == 0) {
            first = bucket;
            counts = new int[1];
        } else if (bucket < first) {
            int[] wider = new int[counts.length + first - bucket];
            System.arraycopy(counts, 0, wider, first - bucket, counts.length);
            counts = wider;
            first = bucket;
        } else if (bucket >= first + counts.length) {
            counts = Arrays.copyOf(counts, bucket - first + 1);
        }
    }

    /** How many samples there are. */
    public long total() {
        return total;
    }

    /** As {@link EvenHistogram#quantile}. */
    public double quantile(double probability) {
        return even().quantile(probability);
    }

    /** As {@link EvenHistogram#shareAbove}. */
    public double shareAbove(double amount) {
        return even().shareAbove(amount);
    }

    /** What it holds now; later samples do not change it. */
    public EvenHistogram even() {
        double[] weights = new double[counts.length];
        for (int i = 0; i < counts.length; i++) weights[i] = counts[i];
        return new EvenHistogram(buckets, first, weights);
    }

    public void write(StateWriter to) {
        to.number(first);
        to.number(counts.length);
        for (int count : counts) to.number(count);
    }

    /** @throws IllegalArgumentException if the bytes hold no histogram of these buckets */
    public static DayHistogram read(Buckets buckets, StateReader from) {
        DayHistogram read = new DayHistogram(buckets);
        long first = from.number();
        int length = from.count();
        if (first > buckets.count() - length)
            throw new IllegalArgumentException(
                    "%d buckets from %d on reach beyond the last, %d".formatted(length, first, buckets.count() - 1));
        read.first = (int) first;
        read.counts = new int[length];
        for (int i = 0; i < length; i++) {
            read.counts[i] = Math.toIntExact(Math.min(from.number(), Integer.MAX_VALUE));
            read.total += read.counts[i];
        }
        return read;
    }
}
