package io.trimtab.forecast.sketch;

import io.trimtab.forecast.encoding.StateReader;
import io.trimtab.forecast.encoding.StateWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * What was used at each time of the week: a histogram for each of {@value #CELLS} cells of three hours, from Monday 00:00 UTC on. A sample weighs half as much with
 * each week that comes after it, and is forgotten after five. Holds only the span of buckets that a cell was hit in, two bytes each. Not safe for threads.
 */
public final class WeekHistogram {
    public static final Duration CELL = Duration.ofHours(3);
    static final int CELLS = 56;
    private static final long CELL_SECONDS = CELL.toSeconds();
    private static final Duration WEEK = Duration.ofDays(7);

    /** A week began three days before 1970 did, on a Thursday. */
    private static final long MONDAY = -3 * 86_400L;

    /** What a sample adds, so that its weight can be halved four times without a remainder. */
    private static final int UNIT = 16;

    private static final int WEEKS = 5;
    private static final char[] NOTHING = {};

    /** With fewer samples a cell counts as less than the weeks in which it was seen. */
    private static final double ENOUGH = 12;

    /** What a neighbour of equal weight counts for beside the cell itself: a peak does not keep to the minute. */
    private static final double NEIGHBOUR = 0.125;

    /** So many weeks of its own a cell must have to count as much as all of the week. */
    private static final double POOL = 0.0625;

    private final Buckets buckets;
    private final char[][] counts;
    private final int[] first = new int[CELLS];

    /** The newest week in which a cell was seen. */
    private final int[] week = new int[CELLS];

    /** Bit n: whether it was seen n weeks before that. */
    private final byte[] seen = new byte[CELLS];

    /** The cells whose counts no copy has. */
    private long owned = -1;

    public WeekHistogram(Buckets buckets) {
        this(buckets, new char[CELLS][]);
        Arrays.fill(counts, NOTHING);
    }

    private WeekHistogram(Buckets buckets, char[][] counts) {
        this.buckets = buckets;
        this.counts = counts;
    }

    /** What it holds now; later samples do not change it. */
    public WeekHistogram copy() {
        WeekHistogram copy = new WeekHistogram(buckets, counts.clone());
        System.arraycopy(first, 0, copy.first, 0, CELLS);
        System.arraycopy(week, 0, copy.week, 0, CELLS);
        System.arraycopy(seen, 0, copy.seen, 0, CELLS);
        copy.owned = 0;
        owned = 0;
        return copy;
    }

    /** @param value finite and >= 0 */
    public void add(Instant at, double value) {
        long number = number(at);
        int cell = cell(number);
        int ofWeek = week(number);
        if (seen[cell] == 0) week[cell] = ofWeek;
        int later = ofWeek - week[cell];
        if (later <= -WEEKS) return;
        own(cell);
        if (later > 0) {
            halve(cell, later);
            trim(cell);
            week[cell] = ofWeek;
            seen[cell] = (byte) (later >= WEEKS ? 0 : seen[cell] << later & (1 << WEEKS) - 1);
        }
        int ago = Math.max(0, -later);
        seen[cell] |= (byte) (1 << ago);
        count(cell, buckets.find(value), UNIT >> ago);
    }

    private void own(int cell) {
        if ((owned >>> cell & 1) == 1) return;
        counts[cell] = counts[cell].clone();
        owned |= 1L << cell;
    }

    private void halve(int cell, int times) {
        char[] held = counts[cell];
        for (int i = 0; i < held.length; i++) held[i] = (char) (times >= WEEKS ? 0 : held[i] >> times);
    }

    private void trim(int cell) {
        char[] held = counts[cell];
        int from = 0;
        int end = held.length;
        while (from < end && held[from] == 0) from++;
        while (end > from && held[end - 1] == 0) end--;
        counts[cell] = from == end ? NOTHING : Arrays.copyOfRange(held, from, end);
        first[cell] += from;
    }

    /** Where a bucket is full the newer samples of its cell come to weigh more than the older ones. */
    private void count(int cell, int bucket, int weight) {
        reach(cell, bucket);
        int at = bucket - first[cell];
        if (counts[cell][at] + weight > Character.MAX_VALUE) halve(cell, 1);
        counts[cell][at] += (char) weight;
    }

    private void reach(int cell, int bucket) {
        char[] held = counts[cell];
        int from = held.length == 0 ? bucket : Math.min(first[cell], bucket);
        int end = held.length == 0 ? bucket + 1 : Math.max(first[cell] + held.length, bucket + 1);
        if (end - from == held.length) return;
        char[] wider = new char[end - from];
        System.arraycopy(held, 0, wider, held.length == 0 ? 0 : first[cell] - from, held.length);
        counts[cell] = wider;
        first[cell] = from;
    }

    /**
     * What is to be expected between two moments. Each cell counts for the time that it has in there: with what it held in past weeks, with a little of its
     * neighbours, and with all of the week, which counts for more the less is known of the cell itself.
     *
     * @param to after {@code from} by at most a week
     * @param pool what is used over all of the week, on the same buckets; empty where nothing is known
     * @return empty where nothing is known
     */
    public EvenHistogram expected(Instant from, Instant to, EvenHistogram pool) {
        if (!to.isAfter(from) || Duration.between(from, to).compareTo(WEEK) > 0)
            throw new IllegalArgumentException("to (%s) must be after from (%s) by at most a week".formatted(to, from));
        double[] totals = totals();
        double[] shares = new double[CELLS];
        double pooled = 0;
        long last = number(to.minusNanos(1));
        for (long number = number(from); number <= last; number++) {
            long start = MONDAY + number * CELL_SECONDS;
            double span = Math.min(start + CELL_SECONDS, seconds(to)) - Math.max(start, seconds(from));
            double own = weight(number, totals);
            double before = NEIGHBOUR * weight(number - 1, totals);
            double after = NEIGHBOUR * weight(number + 1, totals);
            double all = own + before + after + (pool.isEmpty() ? 0 : POOL);
            if (all == 0) continue;
            shares[cell(number)] += span * own / all;
            shares[cell(number - 1)] += span * before / all;
            shares[cell(number + 1)] += span * after / all;
            if (!pool.isEmpty()) pooled += span * POOL / all;
        }
        return mixed(shares, totals, pool, pooled);
    }

    private EvenHistogram mixed(double[] shares, double[] totals, EvenHistogram pool, double pooled) {
        int from = pooled > 0 ? pool.first() : Integer.MAX_VALUE;
        int end = pooled > 0 ? pool.end() : 0;
        for (int cell = 0; cell < CELLS; cell++) {
            if (shares[cell] == 0) continue;
            from = Math.min(from, first[cell]);
            end = Math.max(end, first[cell] + counts[cell].length);
        }
        if (end == 0) return new EvenHistogram(buckets, 0, new double[0]);
        double[] sum = new double[end - from];
        pool.addTo(sum, from, pooled);
        for (int cell = 0; cell < CELLS; cell++) {
            if (shares[cell] == 0) continue;
            double each = shares[cell] / totals[cell];
            char[] held = counts[cell];
            for (int i = 0; i < held.length; i++) sum[first[cell] + i - from] += each * held[i];
        }
        return new EvenHistogram(buckets, from, sum);
    }

    /** In weeks, that of a cell before counting as one and those before it as halves; less where they hold few samples or are long ago. */
    private double weight(long number, double[] totals) {
        int cell = cell(number);
        double weeks = 0;
        for (int ago = 0; ago < WEEKS; ago++) if ((seen[cell] >> ago & 1) == 1) weeks += Math.scalb(1.0, -ago);
        int missed = Math.max(0, week(number) - week[cell] - 1);
        return Math.scalb(Math.min(weeks, totals[cell] / UNIT / ENOUGH), -missed);
    }

    private double[] totals() {
        double[] totals = new double[CELLS];
        for (int cell = 0; cell < CELLS; cell++) for (char count : counts[cell]) totals[cell] += count;
        return totals;
    }

    private static double seconds(Instant at) {
        return at.getEpochSecond() + at.getNano() / 1e9;
    }

    private static long number(Instant at) {
        return Math.floorDiv(at.getEpochSecond() - MONDAY, CELL_SECONDS);
    }

    private static int cell(long number) {
        return Math.floorMod(number, CELLS);
    }

    private static int week(long number) {
        return (int) Math.floorDiv(number, CELLS);
    }

    public void write(StateWriter to) {
        for (int cell = 0; cell < CELLS; cell++) {
            to.number(seen[cell]);
            if (seen[cell] == 0) continue;
            to.signed(week[cell]);
            to.number(first[cell]);
            to.number(counts[cell].length);
            for (char count : counts[cell]) to.number(count);
        }
    }

    /** @throws IllegalArgumentException if the bytes hold no histogram of these buckets */
    public static WeekHistogram read(Buckets buckets, StateReader from) {
        WeekHistogram read = new WeekHistogram(buckets);
        for (int cell = 0; cell < CELLS; cell++) {
            read.seen[cell] = (byte) (from.number() & (1 << WEEKS) - 1);
            if (read.seen[cell] == 0) continue;
            read.week[cell] = (int) from.signed();
            long first = from.number();
            int length = from.count();
            if (first > buckets.count() - length)
                throw new IllegalArgumentException("%d buckets from %d on reach beyond the last, %d"
                        .formatted(length, first, buckets.count() - 1));
            read.first[cell] = (int) first;
            read.counts[cell] = new char[length];
            for (int i = 0; i < length; i++) read.counts[cell][i] = (char) Math.min(from.number(), Character.MAX_VALUE);
        }
        return read;
    }
}
