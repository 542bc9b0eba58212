package io.trimtab.ingest.pushed;

/**
 * The samples of one series, oldest first, a stale marker being NaN. Moment and amount lie side by side, because what a write costs is the memory that it
 * touches: 16 bytes a sample, 6.5 KB for 90 minutes at 15 s. Not safe for several threads.
 */
final class RecentSamples {
    /** 90 minutes at 10 s; scraped more often, less than 90 minutes are kept. */
    static final int MOST = 540;

    private static final int FIRST_ROOM = 16;

    /** Of sample i the milliseconds since the epoch at 2 i, the bits of its amount at 2 i + 1. */
    private long[] cells = new long[2 * FIRST_ROOM];

    private int size;

    /**
     * @param oldest older ones may be dropped for room
     * @return kept (also when it is there already), conflicting, or too old when newer ones fill all room
     */
    SampleFate add(long atMillis, double amount, long oldest) {
        int at = size;
        if (size > 0 && atMillis <= atMillis(size - 1)) {
            at = firstFrom(atMillis);
            if (atMillis(at) == atMillis)
                return Double.compare(amount(at), amount) == 0 ? SampleFate.KEPT : SampleFate.CONFLICTING;
        }
        if (2 * size == cells.length) {
            at -= makeRoom(oldest);
            if (at < 0) return SampleFate.TOO_OLD;
        }
        if (at < size) System.arraycopy(cells, 2 * at, cells, 2 * at + 2, 2 * (size - at));
        cells[2 * at] = atMillis;
        cells[2 * at + 1] = Double.doubleToRawLongBits(amount);
        size++;
        return SampleFate.KEPT;
    }

    int size() {
        return size;
    }

    long atMillis(int index) {
        return cells[2 * index];
    }

    /** NaN for a stale marker. */
    double amount(int index) {
        return Double.longBitsToDouble(cells[2 * index + 1]);
    }

    /** The index of the first sample at or after a moment; {@link #size} when there is none. */
    int firstFrom(long atMillis) {
        int from = 0;
        int to = size;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (atMillis(middle) < atMillis) from = middle + 1;
            else to = middle;
        }
        return from;
    }

    /** @return how many of the oldest were dropped */
    private int makeRoom(long oldest) {
        int drop = Math.max(firstFrom(oldest), size == MOST ? MOST / 8 : 0);
        boolean grow = drop < size / 8;
        long[] roomy = grow ? new long[2 * Math.min(MOST, size + size / 2)] : cells;
        System.arraycopy(cells, 2 * drop, roomy, 0, 2 * (size - drop));
        cells = roomy;
        size -= drop;
        return drop;
    }
}
