package io.trimtab.ingest.pushed;

import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A part of the series under a lock of its own, found by fingerprint in an open table that is never more than half full. */
final class Stripe {
    private static final int FIRST_ROOM = 64;

    private final int most;
    private @Nullable PushedSeries[] table = new PushedSeries[FIRST_ROOM];
    private int size;
    private long evicted;

    /** Until then there can be no room, so that nobody who brings ever new series makes us look for it with each. */
    private long fullUntilMillis = Long.MIN_VALUE;

    /** @param most series that it holds */
    Stripe(int most) {
        this.most = most;
    }

    /** @param known where it was written before; that may be gone since */
    synchronized @Nullable PushedSeries write(
            @Nullable PushedSeries known, IncomingSeries incoming, long nowMillis, SampleCounts counts) {
        PushedSeries series = known == null || known.isGone() ? found(incoming, nowMillis) : known;
        if (series == null) counts.add(SampleFate.SERIES_LIMIT, incoming.size());
        else series.take(incoming, nowMillis, counts);
        return series;
    }

    /** The one that is kept, if need be from now on; null when there is no room for it. */
    private @Nullable PushedSeries found(IncomingSeries incoming, long nowMillis) {
        int slot = slotOf(table, incoming.highFingerprint(), incoming.lowFingerprint());
        PushedSeries series = table[slot];
        if (series == null) {
            boolean full = size >= most && (nowMillis <= fullUntilMillis || !makeRoom(nowMillis));
            if (full) return null;
            series = PushedSeries.of(incoming);
            insert(series);
        }
        return series;
    }

    /** Takes back a series of before a restart. @return whether there was room for it */
    synchronized boolean restore(PushedSeries before) {
        PushedSeries there = table[slotOf(table, before.high, before.low)];
        if (there == null && size >= most) return false;
        if (there != null) there.addBefore(before);
        else insert(before);
        return true;
    }

    synchronized void save(DataOutput to, long sinceMillis) throws IOException {
        for (PushedSeries series : table) if (series != null) PushedData.write(series, sinceMillis, to);
    }

    synchronized void forEach(Consumer<PushedSeries> action) {
        for (PushedSeries series : table) if (series != null) action.accept(series);
    }

    /** Lets go of what nothing was written to since a moment. */
    synchronized void expire(long beforeMillis) {
        boolean any = Arrays.stream(table).anyMatch(series -> series != null && series.writtenMillis < beforeMillis);
        if (any) keepWrittenSince(beforeMillis);
    }

    synchronized int size() {
        return size;
    }

    synchronized long evicted() {
        return evicted;
    }

    /**
     * Lets go of the eighth that was written least recently, but of nothing that is still being written: if more are written than fit, evicting them in turn
     * would leave none with a history.
     */
    private boolean makeRoom(long nowMillis) {
        long[] written = Arrays.stream(table)
                .filter(Objects::nonNull)
                .mapToLong(series -> series.writtenMillis)
                .sorted()
                .toArray();
        long quiet = nowMillis - PushedSamples.LOOK_BACK.toMillis();
        long keepFrom = Math.min(written[written.length / 8] + 1, quiet);
        int before = size;
        if (written[0] < keepFrom) keepWrittenSince(keepFrom);
        else fullUntilMillis = written[0] + PushedSamples.LOOK_BACK.toMillis();
        evicted += before - size;
        return size < most;
    }

    private void keepWrittenSince(long millis) {
        @Nullable PushedSeries[] old = table;
        table = new PushedSeries[old.length];
        size = 0;
        for (PushedSeries series : old) {
            if (series == null) continue;
            if (series.writtenMillis >= millis) insert(series);
            else series.leave();
        }
    }

    private void insert(PushedSeries series) {
        if (2 * (size + 1) > table.length) {
            @Nullable PushedSeries[] larger = new PushedSeries[2 * table.length];
            for (PushedSeries old : table) if (old != null) larger[slotOf(larger, old.high, old.low)] = old;
            table = larger;
        }
        table[slotOf(table, series.high, series.low)] = series;
        size++;
    }

    /** Where it is, or where it would go. */
    private static int slotOf(@Nullable PushedSeries[] table, long high, long low) {
        int mask = table.length - 1;
        int slot = (int) low & mask;
        while (true) {
            PushedSeries there = table[slot];
            if (there == null || (there.high == high && there.low == low)) return slot;
            slot = (slot + 1) & mask;
        }
    }
}
