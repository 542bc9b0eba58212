package io.trimtab.forecast.sketch;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a cell of a {@link WeekHistogram} holds, to be changed: the weights of those slots that have some. A slot is one bucket; where {@value #MOST} of them are not
 * enough it is two, four and so on, until less is held again. Not safe for threads.
 */
final class WeekCell {
    /** Between the lowest and the highest. */
    static final int SPAN = 32;

    /** So many that those of all cells are 4 KiB at most. */
    static final int MOST = 6;

    /** More buckets than there can be. */
    static final int WIDEST = 20;

    private final int lastBucket;
    private int width;
    private SortedMap<Integer, Integer> slots = new TreeMap<>();

    /** @param width of a slot, 2 to the power of this many buckets */
    WeekCell(int lastBucket, int width) {
        this.lastBucket = lastBucket;
        this.width = width;
    }

    void put(int slot, int weight) {
        slots.put(slot, weight);
    }

    /** What has no weight left is forgotten. */
    void halve(int times) {
        slots.replaceAll((_, weight) -> weight >> times);
        slots.values().removeIf(weight -> weight == 0);
        while (width > 0 && 2 * slots.size() <= MOST && 2 * span() <= SPAN && !isFar(2 * highest() + 1)) split();
    }

    /** Where a slot is full the newer samples of its cell come to weigh more than the older ones. */
    void add(int bucket, int weight) {
        slots.merge(bucket >> width, weight, Integer::sum);
        while (slots.size() > MOST || span() > SPAN || isFar(highest())) join();
        while (slots.values().stream().anyMatch(held -> held > Character.MAX_VALUE)) halve(1);
    }

    private void join() {
        SortedMap<Integer, Integer> wider = new TreeMap<>();
        slots.forEach((slot, weight) -> wider.merge(slot >> 1, weight, Integer::sum));
        slots = wider;
        width++;
    }

    private void split() {
        width--;
        int last = lastBucket >> width;
        SortedMap<Integer, Integer> narrower = new TreeMap<>();
        slots.forEach((slot, weight) -> {
            if (weight > 1) narrower.put(2 * slot, weight / 2);
            narrower.merge(Math.min(2 * slot + 1, last), weight - weight / 2, Integer::sum);
        });
        slots = narrower;
    }

    /** A slot's number is held in two bytes. */
    private static boolean isFar(int slot) {
        return slot > Character.MAX_VALUE;
    }

    private int highest() {
        return slots.isEmpty() ? 0 : slots.lastKey();
    }

    private int span() {
        return slots.isEmpty() ? 0 : slots.lastKey() - slots.firstKey() + 1;
    }

    int width() {
        return width;
    }

    int first() {
        return slots.firstKey();
    }

    /** Bit n: whether the slot n after the first has weight. */
    int hit() {
        return slots.keySet().stream().mapToInt(slot -> 1 << (slot - first())).reduce(0, (one, other) -> one | other);
    }

    char[] weights() {
        char[] weights = new char[slots.size()];
        int at = 0;
        for (int weight : slots.values()) weights[at++] = (char) weight;
        return weights;
    }
}
