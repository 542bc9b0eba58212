package io.trimtab.forecast.sketch;

import java.util.Arrays;

/**
 * How many samples of the hour that is not over yet fell into each bucket, in an array of {@value #MOST} whole numbers: the highest byte of each is the bucket, the rest how many, in
 * ascending order. Where more buckets are hit the lowest two become one while they hold less than half of all, then those two of which the fewest samples move up the least.
 */
final class HourUnderWay {
    static final int MOST = 16;
    private static final int BUCKET_SHIFT = 24;
    private static final int MOST_COUNTED = (1 << BUCKET_SHIFT) - 1;

    private HourUnderWay() {}

    static void add(int[] slots, int bucket) {
        int at = find(slots, bucket);
        if (at < MOST && isOf(slots[at], bucket)) {
            if (count(slots[at]) == MOST_COUNTED) halve(slots);
            slots[at]++;
            return;
        }
        if (slots[MOST - 1] != 0) {
            join(slots);
            at = find(slots, bucket);
        }
        System.arraycopy(slots, at, slots, at + 1, MOST - 1 - at);
        slots[at] = (bucket << BUCKET_SHIFT) | 1;
    }

    /** The first slot of no lower bucket, or that is free. */
    private static int find(int[] slots, int bucket) {
        int at = 0;
        while (at < MOST && slots[at] != 0 && bucket(slots[at]) < bucket) at++;
        return at;
    }

    private static boolean isOf(int slot, int bucket) {
        return slot != 0 && bucket(slot) == bucket;
    }

    private static void halve(int[] slots) {
        for (int i = 0; i < MOST && slots[i] != 0; i++) slots[i] -= count(slots[i]) / 2;
    }

    private static void join(int[] slots) {
        int lower = 0;
        if (2L * (count(slots[0]) + count(slots[1])) > samples(slots)) lower = cheapest(slots);
        int both = Math.min(MOST_COUNTED, count(slots[lower]) + count(slots[lower + 1]));
        slots[lower] = (bucket(slots[lower + 1]) << BUCKET_SHIFT) | both;
        System.arraycopy(slots, lower + 2, slots, lower + 1, MOST - lower - 2);
        slots[MOST - 1] = 0;
    }

    private static int cheapest(int[] slots) {
        int cheapest = 1;
        for (int i = 2; i + 1 < MOST; i++) if (cost(slots, i) < cost(slots, cheapest)) cheapest = i;
        return cheapest;
    }

    private static long cost(int[] slots, int lower) {
        return (long) count(slots[lower]) * (bucket(slots[lower + 1]) - bucket(slots[lower]));
    }

    static long samples(int[] slots) {
        return Arrays.stream(slots).mapToLong(HourUnderWay::count).sum();
    }

    /** Adds its weight, {@code share} in all, by bucket. */
    static void addTo(double[] sum, int[] slots, double share) {
        double each = share / samples(slots);
        for (int slot : slots) sum[bucket(slot)] += each * count(slot);
    }

    static int bucket(int slot) {
        return slot >>> BUCKET_SHIFT;
    }

    static int count(int slot) {
        return slot & MOST_COUNTED;
    }
}
