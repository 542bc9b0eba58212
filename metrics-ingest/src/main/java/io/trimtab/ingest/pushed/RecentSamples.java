package io.trimtab.ingest.pushed;

import java.util.Arrays;

/**
 * The samples of one series, oldest first, a stale marker being NaN, in blocks that are filled and dropped whole: growing copies no sample, which would be most
 * of what a collector has to do. Moment and amount lie side by side, because what a write costs is the memory that it touches: 16 bytes a sample, 6.5 KB for 90
 * minutes at 15 s. Not safe for several threads.
 */
final class RecentSamples {
    private static final int BLOCK = 32;

    /** 90 minutes at 10 s; scraped more often, less than 90 minutes are kept. */
    static final int MOST = 17 * BLOCK;

    /** Of the first samples of the first block: many series live for a few samples only. */
    private static final int FIRST_ROOM = 8;

    private static final long[][] NOTHING = {};

    /** Of sample i of a block the milliseconds since the epoch at 2 i, the bits of its amount at 2 i + 1. All but the last are full. */
    private long[][] older = NOTHING;

    private long[] last = new long[2 * FIRST_ROOM];

    private int inLast;

    /**
     * @param oldest older ones may be dropped for room
     * @return kept (also when it is there already), conflicting, or too old when newer ones fill all room
     */
    SampleFate add(long atMillis, double amount, long oldest) {
        if (inLast == 0 || atMillis > last[2 * inLast - 2]) {
            append(atMillis, amount, oldest);
            return SampleFate.KEPT;
        }
        int at = firstFrom(atMillis);
        if (atMillis(at) == atMillis)
            return Double.compare(amount(at), amount) == 0 ? SampleFate.KEPT : SampleFate.CONFLICTING;
        boolean noRoom = at < BLOCK && size() == MOST;
        if (noRoom) return SampleFate.TOO_OLD;
        insert(at, atMillis, amount, oldest);
        return SampleFate.KEPT;
    }

    /** Takes back what was kept before, in order. */
    void append(long atMillis, double amount, long oldest) {
        if (2 * inLast == last.length) makeRoom(oldest);
        last[2 * inLast] = atMillis;
        last[2 * inLast + 1] = Double.doubleToRawLongBits(amount);
        inLast++;
    }

    int size() {
        return older.length * BLOCK + inLast;
    }

    long atMillis(int index) {
        return block(index)[2 * (index % BLOCK)];
    }

    /** NaN for a stale marker. */
    double amount(int index) {
        return Double.longBitsToDouble(block(index)[2 * (index % BLOCK) + 1]);
    }

    /** The index of the first sample at or after a moment; {@link #size} when there is none. */
    int firstFrom(long atMillis) {
        int from = 0;
        int to = size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (atMillis(middle) < atMillis) from = middle + 1;
            else to = middle;
        }
        return from;
    }

    /** The newest moment, 0 when there is none; read by threads that do not hold the lock, too. */
    long lastMillis() {
        long[] block = last;
        return block[Math.floorMod(2 * inLast - 2, block.length)];
    }

    private long[] block(int index) {
        int block = index / BLOCK;
        return block < older.length ? older[block] : last;
    }

    /** Moves what is newer by one place; senders hardly ever send what is older than what they sent. */
    private void insert(int at, long atMillis, double amount, long oldest) {
        int before = size();
        append(atMillis(before - 1), amount(before - 1), oldest);
        int moved = size() - 1 - before;
        for (int i = before - 1 + moved; i > at + moved; i--) set(i, atMillis(i - 1), amount(i - 1));
        set(at + moved, atMillis, amount);
    }

    private void set(int index, long atMillis, double amount) {
        long[] block = block(index);
        block[2 * (index % BLOCK)] = atMillis;
        block[2 * (index % BLOCK) + 1] = Double.doubleToRawLongBits(amount);
    }

    /** Begins another block; those go whose samples are all too old, and the oldest when there are as many as may be. */
    private void makeRoom(long oldest) {
        if (last.length < 2 * BLOCK) {
            last = Arrays.copyOf(last, 2 * last.length);
            return;
        }
        int drop = firstFrom(oldest) / BLOCK;
        if (drop <= older.length && size() == MOST) drop = Math.max(drop, 1);
        long[][] kept = new long[older.length + 1 - drop][];
        for (int i = 0; i < kept.length; i++) kept[i] = drop + i < older.length ? older[drop + i] : last;
        older = kept;
        last = new long[2 * BLOCK];
        inLast = 0;
    }
}
