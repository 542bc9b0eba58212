package io.trimtab.forecast.sketch;

import io.trimtab.forecast.encoding.StateReader;
import io.trimtab.forecast.encoding.StateWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What was used at each time of the week: for each of its {@value #CELLS} hours, from Monday 00:00 UTC on, a {@link WeekCell} of the hours that are over, and of the one under way how many
 * samples fell into each bucket. Each week weighs half as much as the one after it, and is forgotten after five. 800 bytes. Not safe for threads.
 */
public final class WeekHistogram {
    public static final Duration CELL = Duration.ofHours(1);

    /** Of more buckets there is none. */
    public static final int MOST_BUCKETS = WeekCell.MOST_BUCKETS;

    static final int CELLS = 168;
    private static final Duration WEEK = Duration.ofDays(7);
    private static final long NEVER = Long.MIN_VALUE;

    /** Of the year 2198: from one beyond it nothing would be learned any more. */
    private static final long LAST_HOUR = 2_000_000;

    /** With fewer samples an hour says too little of itself: its neighbours and all of the week say more. */
    public static final int ENOUGH = 4;

    /** What a neighbour of equal weight counts for beside the cell itself: a peak does not keep to the minute. */
    private static final double NEIGHBOUR = 0.125;

    /** So many weeks of its own a cell must have to count as much as all of the week. */
    private static final double POOL = 0.0625;

    private final Buckets buckets;
    private final int[] cells;
    private final int[] underWay = new int[HourUnderWay.MOST];

    /** The number of the hour under way: cells say how many weeks ago, seen from here, they were. */
    private long hour = NEVER;

    /** @throws IllegalArgumentException if there are more than {@link #MOST_BUCKETS} */
    public WeekHistogram(Buckets buckets) {
        this(buckets, new int[CELLS]);
    }

    private WeekHistogram(Buckets buckets, int[] cells) {
        if (buckets.count() > MOST_BUCKETS)
            throw new IllegalArgumentException("%d buckets are more than %d".formatted(buckets.count(), MOST_BUCKETS));
        this.buckets = buckets;
        this.cells = cells;
    }

    /** What it holds now, the hour under way as if it were over; later samples do not change it. */
    public WeekHistogram copy() {
        WeekHistogram copy = new WeekHistogram(buckets, cells.clone());
        System.arraycopy(underWay, 0, copy.underWay, 0, underWay.length);
        copy.hour = hour;
        copy.end();
        return copy;
    }

    /**
     * A sample of an hour that is over does not count: samples come in the order of their hours.
     *
     * @param value finite and >= 0
     */
    public void add(Instant at, double value) {
        long number = CellOfWeek.number(at);
        if (number < hour) return;
        if (number > hour) begin(number);
        HourUnderWay.add(underWay, buckets.find(value));
    }

    private void begin(long number) {
        end();
        long passed = hour == NEVER ? 0 : Math.min(number - hour, (long) WeekCell.WEEKS * CELLS);
        for (long later = number - passed + 1; later <= number; later++) {
            int cell = CellOfWeek.cell(later);
            cells[cell] = WeekCell.aWeekLater(cells[cell]);
        }
        hour = number;
    }

    /** What is known of the hour under way goes to its cell. */
    private void end() {
        if (HourUnderWay.samples(underWay) >= ENOUGH) {
            int cell = CellOfWeek.cell(hour);
            double[] weights = new double[buckets.count()];
            HourUnderWay.addTo(weights, underWay, 1);
            WeekCell.addPastTo(weights, cells[cell]);
            cells[cell] = WeekCell.of(weights, WeekCell.seen(cells[cell]) | 1);
        }
        Arrays.fill(underWay, 0);
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
        return closed().over(from, to, pool);
    }

    /** As {@link #expected}, of each of so many hours from a moment on. */
    public List<EvenHistogram> expectedByHour(Instant from, int hours, EvenHistogram pool) {
        WeekHistogram closed = closed();
        return IntStream.range(0, hours)
                .mapToObj(hour -> from.plus(CELL.multipliedBy(hour)))
                .map(start -> closed.over(start, start.plus(CELL), pool))
                .toList();
    }

    private WeekHistogram closed() {
        return HourUnderWay.samples(underWay) == 0 ? this : copy();
    }

    private EvenHistogram over(Instant from, Instant to, EvenHistogram pool) {
        double[] shares = new double[CELLS];
        double pooled = 0;
        long last = CellOfWeek.number(to.minusNanos(1));
        for (long number = CellOfWeek.number(from); number <= last; number++) {
            long start = CellOfWeek.start(number);
            double span = Math.min(start + CELL.toSeconds(), CellOfWeek.seconds(to))
                    - Math.max(start, CellOfWeek.seconds(from));
            double own = weight(number);
            double before = NEIGHBOUR * weight(number - 1);
            double after = NEIGHBOUR * weight(number + 1);
            double all = own + before + after + (pool.isEmpty() ? 0 : POOL);
            if (all == 0) continue;
            shares[CellOfWeek.cell(number)] += span * own / all;
            shares[CellOfWeek.cell(number - 1)] += span * before / all;
            shares[CellOfWeek.cell(number + 1)] += span * after / all;
            if (!pool.isEmpty()) pooled += span * POOL / all;
        }
        int touched = (int) Math.min(CELLS, last - CellOfWeek.number(from) + 3);
        return mixed(
                IntStream.range(0, touched)
                        .map(i -> CellOfWeek.cell(CellOfWeek.number(from) - 1 + i))
                        .toArray(),
                shares,
                pool,
                pooled);
    }

    /** @param touched cells that may have a share */
    private EvenHistogram mixed(int[] touched, double[] shares, EvenHistogram pool, double pooled) {
        int from = pooled > 0 ? pool.first() : Integer.MAX_VALUE;
        int end = pooled > 0 ? pool.end() : 0;
        for (int cell : touched) {
            if (shares[cell] == 0) continue;
            from = Math.min(from, WeekCell.lowest(cells[cell]));
            end = Math.max(end, WeekCell.highest(cells[cell]) + 1);
        }
        if (end == 0) return new EvenHistogram(buckets, 0, new double[0]);
        double[] sum = new double[end - from];
        pool.addTo(sum, from, pooled);
        for (int cell : touched) if (shares[cell] > 0) WeekCell.addTo(sum, from, cells[cell], shares[cell]);
        return new EvenHistogram(buckets, from, sum);
    }

    /** In weeks, less where they are long ago. */
    private double weight(long number) {
        int cell = CellOfWeek.cell(number);
        if (cells[cell] == WeekCell.EMPTY) return 0;
        // The newest hour of this cell that is not after the one under way.
        long newest = hour - Math.floorMod(hour - number, CELLS);
        long missed = Math.max(0, (number - newest) / CELLS - 1);
        return Math.scalb(WeekCell.weeks(cells[cell]), (int) -Math.min(missed, Short.MAX_VALUE));
    }

    public void write(StateWriter to) {
        to.signed(hour);
        for (int slot : underWay) to.number(Integer.toUnsignedLong(slot));
        for (int cell : cells) to.whole(cell);
    }

    /** @throws IllegalArgumentException if the bytes hold no histogram of these buckets */
    public static WeekHistogram read(Buckets buckets, StateReader from) {
        WeekHistogram read = new WeekHistogram(buckets);
        read.hour = from.signed();
        if (read.hour != NEVER && (read.hour < 0 || read.hour > LAST_HOUR))
            throw new IllegalArgumentException(
                    "hour %d of a week's histogram is none of this time".formatted(read.hour));
        for (int i = 0; i < read.underWay.length; i++) read.underWay[i] = (int) from.number();
        for (int i = 0; i < CELLS; i++) read.cells[i] = from.whole();
        for (int slot : read.underWay)
            if (HourUnderWay.bucket(slot) >= buckets.count()) throw beyond(HourUnderWay.bucket(slot), buckets);
        for (int cell : read.cells)
            if (!WeekCell.isSound(cell, buckets.count())) throw beyond(WeekCell.highest(cell), buckets);
        return read;
    }

    private static IllegalArgumentException beyond(int bucket, Buckets buckets) {
        return new IllegalArgumentException(
                "an hour of the week reaches from a bucket below 0 or beyond the last, %d, to %d"
                        .formatted(buckets.count() - 1, bucket));
    }
}
