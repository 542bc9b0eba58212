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

    /**
     * @param probability in 0..1; beyond acts as the nearer end
     * @return where that share of the samples lies below, evenly spread within a bucket; 0 when empty
     */
    public double quantile(double probability) {
        double rank = Math.clamp(probability, 0, 1) * total;
        double below = 0;
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0 && below + counts[i] >= rank) {
                double start = buckets.start(first + i);
                return start + (buckets.end(first + i) - start) * (rank - below) / counts[i];
            }
            below += counts[i];
        }
        return 0;
    }

    /** The share of samples, 0..1, above {@code amount}, evenly spread within a bucket; 0 when empty. */
    public double shareAbove(double amount) {
        if (total == 0) return 0;
        double above = 0;
        for (int i = 0; i < counts.length; i++) {
            double start = buckets.start(first + i);
            double end = buckets.end(first + i);
            if (start >= amount) above += counts[i];
            else if (end > amount) above += counts[i] * (end - amount) / (end - start);
        }
        return above / total;
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
