package io.trimtab.ingest.remotewrite;

import org.jspecify.annotations.Nullable;

/**
 * The next wanted series of a request, found and not yet read. What is kept of each lies somewhere else in memory, and a load from there takes as long as
 * everything else that a sample costs; so all are loaded in one go, in which they overlap, before the first is read.
 */
final class Window {
    /** Enough to overlap as many loads as a processor can, and few enough for its nearest cache. */
    private static final int MOST = 64;

    final int[] starts = new int[MOST];
    final int[] labelsEnds = new int[MOST];
    final int[] ends = new int[MOST];
    final long[] rawHighs = new long[MOST];
    final long[] rawLows = new long[MOST];
    private final Recognised.@Nullable Labels[] known = new Recognised.Labels[MOST];
    private final Recognised recognised;
    private int size;

    Window(Recognised recognised) {
        this.recognised = recognised;
    }

    int size() {
        return size;
    }

    boolean isFull() {
        return size == MOST;
    }

    void clear() {
        size = 0;
    }

    /** @param raw the fingerprint of the bytes of its labels, which lie between {@code start} and {@code labelsEnd} */
    void add(int start, int labelsEnd, int end, long[] raw) {
        starts[size] = start;
        labelsEnds[size] = labelsEnd;
        ends[size] = end;
        rawHighs[size] = raw[0];
        rawLows[size] = raw[1];
        size++;
    }

    /** Looks all of them up. */
    void recognise() {
        for (int i = 0; i < size; i++) known[i] = recognised.find(rawHighs[i], rawLows[i]);
        for (int i = 0; i < size; i++) {
            Recognised.Labels labels = known[i];
            if (labels != null && !labels.keptIn().isWritten()) known[i] = null;
        }
    }

    /** What its labels came to before; null when they are new. */
    Recognised.@Nullable Labels known(int index) {
        return known[index];
    }
}
