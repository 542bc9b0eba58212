package io.trimtab.ingest.pushed;

import java.util.Arrays;

/**
 * The samples of one series, oldest first, a stale marker being NaN. Moments are milliseconds after {@code base} in 32 bits: with the amount 12 bytes a
 * sample, 4.9 KB for 90 minutes at 15 s. Not safe for several threads.
 */
final class RecentSamples {
    /** 90 minutes at 10 s; scraped more often, less than 90 minutes are kept. */
    static final int MOST = 540;

    private static final int FIRST_ROOM = 16;

    private long base;
    private int[] offsets = new int[FIRST_ROOM];
    private double[] amounts = new double[FIRST_ROOM];
    private int size;

    /**
     * @param oldest older ones may be dropped for room
     * @return kept (also when it is there already), conflicting, or too old when newer ones fill all room
     */
    SampleFate add(long atMillis, double amount, long oldest) {
        int offset = offsetFor(atMillis);
        int at = size;
        if (size > 0 && offset <= offsets[size - 1]) {
            int found = Arrays.binarySearch(offsets, 0, size, offset);
            if (found >= 0)
                return Double.compare(amounts[found], amount) == 0 ? SampleFate.KEPT : SampleFate.CONFLICTING;
            at = -found - 1;
        }
        if (size == offsets.length) {
            at -= makeRoom(oldest);
            if (at < 0) return SampleFate.TOO_OLD;
        }
        System.arraycopy(offsets, at, offsets, at + 1, size - at);
        System.arraycopy(amounts, at, amounts, at + 1, size - at);
        offsets[at] = offset;
        amounts[at] = amount;
        size++;
        return SampleFate.KEPT;
    }

    int size() {
        return size;
    }

    long atMillis(int index) {
        return base + offsets[index];
    }

    /** NaN for a stale marker. */
    double amount(int index) {
        return amounts[index];
    }

    /** The index of the first sample at or after a moment; {@link #size} when there is none. */
    int firstFrom(long atMillis) {
        if (size == 0 || atMillis <= atMillis(0)) return 0;
        if (atMillis > atMillis(size - 1)) return size;
        int found = Arrays.binarySearch(offsets, 0, size, (int) (atMillis - base));
        return found >= 0 ? found : -found - 1;
    }

    private int offsetFor(long atMillis) {
        if (!fits(atMillis)) rebase();
        // 24 days from all that is here, or nothing is here.
        if (!fits(atMillis)) size = 0;
        if (size == 0) base = atMillis;
        return (int) (atMillis - base);
    }

    private boolean fits(long atMillis) {
        return Math.abs(atMillis - base) < Integer.MAX_VALUE;
    }

    private void rebase() {
        int shift = offsets[0];
        for (int i = 0; i < size; i++) offsets[i] -= shift;
        base += shift;
    }

    /** @return how many of the oldest were dropped */
    private int makeRoom(long oldest) {
        int drop = Math.max(firstFrom(oldest), size == MOST ? MOST / 8 : 0);
        boolean grow = drop < size / 8;
        int room = grow ? Math.min(MOST, size + size / 2) : size;
        int[] roomyOffsets = grow ? new int[room] : offsets;
        double[] roomyAmounts = grow ? new double[room] : amounts;
        System.arraycopy(offsets, drop, roomyOffsets, 0, size - drop);
        System.arraycopy(amounts, drop, roomyAmounts, 0, size - drop);
        offsets = roomyOffsets;
        amounts = roomyAmounts;
        size -= drop;
        return drop;
    }
}
