package io.trimtab.forecast.sketch;

import io.trimtab.forecast.encoding.StateReader;
import io.trimtab.forecast.encoding.StateWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What was used at each time of the week: a histogram for each of its {@value #CELLS} hours, from Monday 00:00 UTC on. A sample weighs half as much with
 * each week that comes after it, and is forgotten after five. An hour's cell holds the buckets that were hit, two bytes each; where they are many it takes two, four or
 * more together, as one that is as wide as they are. At most 4 KiB. Not safe for threads.
 */
public final class WeekHistogram {
    public static final Duration CELL = Duration.ofHours(1);
    static final int CELLS = 168;
    private static final int HOURS_BEFORE = 3;
    private static final Duration WEEK = Duration.ofDays(7);
    private static final int DAYS = 7;
    private static final int CELLS_OF_DAY = CELLS / DAYS;

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

    /** Bit n of a cell: whether its slot n has weight. */
    private final int[] hit = new int[CELLS];

    /** Of each day, for its cells one after the other, the weights of the slots that have some. Days that no sample came for since a copy are the copy's, too. */
    private final char[][] weights;

    /** The days whose weights no copy has. */
    private int owned = -1;

    /** Of a cell's slots: its slot n is the one of number {@code first + n}. */
    private final char[] first = new char[CELLS];

    /** A slot is 2 to the power of this many buckets. */
    private final byte[] width = new byte[CELLS];

    /** The newest week in which a cell was seen. */
    private final short[] week = new short[CELLS];

    /** Bit n: whether it was seen n weeks before that. */
    private final byte[] seen = new byte[CELLS];

    public WeekHistogram(Buckets buckets) {
        this(buckets, new char[DAYS][]);
        Arrays.fill(weights, NOTHING);
    }

    private WeekHistogram(Buckets buckets, char[][] weights) {
        this.buckets = buckets;
        this.weights = weights;
    }

    /** What it holds now; later samples do not change it. */
    public WeekHistogram copy() {
        WeekHistogram copy = new WeekHistogram(buckets, weights.clone());
        System.arraycopy(hit, 0, copy.hit, 0, CELLS);
        System.arraycopy(first, 0, copy.first, 0, CELLS);
        System.arraycopy(width, 0, copy.width, 0, CELLS);
        System.arraycopy(week, 0, copy.week, 0, CELLS);
        System.arraycopy(seen, 0, copy.seen, 0, CELLS);
        copy.owned = 0;
        owned = 0;
        return copy;
    }

    /** @param value finite and >= 0 */
    public void add(Instant at, double value) {
        long number = CellOfWeek.number(at);
        int cell = CellOfWeek.cell(number);
        int ofWeek = CellOfWeek.week(number);
        if (seen[cell] == 0) week[cell] = (short) ofWeek;
        int later = ofWeek - week[cell];
        if (later <= -WEEKS) return;
        int bucket = buckets.find(value);
        int ago = Math.max(0, -later);
        int weight = UNIT >> ago;
        if (later > 0 || !raised(cell, bucket, weight)) {
            WeekCell slots = later >= WEEKS ? empty(0) : slots(cell);
            if (later > 0) slots.halve(later);
            slots.add(bucket, weight);
            hold(cell, slots);
        }
        if (later > 0) {
            week[cell] = (short) ofWeek;
            seen[cell] = (byte) (later >= WEEKS ? 0 : seen[cell] << later & (1 << WEEKS) - 1);
        }
        seen[cell] |= (byte) (1 << ago);
    }

    /** Whether the slot of a bucket had weight and has room for more. */
    private boolean raised(int cell, int bucket, int weight) {
        int slot = (bucket >> width[cell]) - first[cell];
        if (slot < 0 || slot >= WeekCell.SPAN || (hit[cell] >>> slot & 1) == 0) return false;
        int day = cell / CELLS_OF_DAY;
        int at = begin(cell) + Integer.bitCount(hit[cell] & (1 << slot) - 1);
        if (weights[day][at] + weight > Character.MAX_VALUE) return false;
        if ((owned >> day & 1) == 0) weights[day] = weights[day].clone();
        owned |= 1 << day;
        weights[day][at] += (char) weight;
        return true;
    }

    private WeekCell slots(int cell) {
        WeekCell slots = empty(width[cell]);
        char[] held = weights[cell / CELLS_OF_DAY];
        int at = begin(cell);
        for (int left = hit[cell]; left != 0; left &= left - 1)
            slots.put(first[cell] + Integer.numberOfTrailingZeros(left), held[at++]);
        return slots;
    }

    private WeekCell empty(int ofWidth) {
        return new WeekCell(buckets.count() - 1, ofWidth);
    }

    private void hold(int cell, WeekCell slots) {
        int day = cell / CELLS_OF_DAY;
        char[] held = weights[day];
        int begin = begin(cell);
        int rest = begin + Integer.bitCount(hit[cell]);
        char[] now = slots.weights();
        char[] all = Arrays.copyOf(held, held.length - (rest - begin) + now.length);
        System.arraycopy(now, 0, all, begin, now.length);
        System.arraycopy(held, rest, all, begin + now.length, held.length - rest);
        weights[day] = all;
        owned |= 1 << day;
        width[cell] = (byte) slots.width();
        first[cell] = (char) slots.first();
        hit[cell] = slots.hit();
    }

    /** Where its weights begin among those of its day. */
    private int begin(int cell) {
        int begin = 0;
        for (int before = cell - cell % CELLS_OF_DAY; before < cell; before++) begin += Integer.bitCount(hit[before]);
        return begin;
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
        return expected(from, to, pool, totals());
    }

    /** As {@link #expected}, of each of so many hours from a moment on. */
    public List<EvenHistogram> expectedByHour(Instant from, int hours, EvenHistogram pool) {
        double[] totals = totals();
        return IntStream.range(0, hours)
                .mapToObj(hour -> from.plus(CELL.multipliedBy(hour)))
                .map(start -> expected(start, start.plus(CELL), pool, totals))
                .toList();
    }

    private EvenHistogram expected(Instant from, Instant to, EvenHistogram pool, double[] totals) {
        double[] shares = new double[CELLS];
        double pooled = 0;
        long last = CellOfWeek.number(to.minusNanos(1));
        for (long number = CellOfWeek.number(from); number <= last; number++) {
            long start = CellOfWeek.start(number);
            double span = Math.min(start + CELL.toSeconds(), CellOfWeek.seconds(to))
                    - Math.max(start, CellOfWeek.seconds(from));
            double own = weight(number, totals);
            double before = NEIGHBOUR * weight(number - 1, totals);
            double after = NEIGHBOUR * weight(number + 1, totals);
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
                totals,
                pool,
                pooled);
    }

    /** @param cells those that may have a share */
    private EvenHistogram mixed(int[] cells, double[] shares, double[] totals, EvenHistogram pool, double pooled) {
        int from = pooled > 0 ? pool.first() : Integer.MAX_VALUE;
        int end = pooled > 0 ? pool.end() : 0;
        for (int cell : cells) {
            if (shares[cell] == 0) continue;
            from = Math.min(from, bucket(cell, 0));
            end = Math.max(end, bucket(cell, Integer.SIZE - Integer.numberOfLeadingZeros(hit[cell])));
        }
        if (end == 0) return new EvenHistogram(buckets, 0, new double[0]);
        double[] sum = new double[end - from];
        pool.addTo(sum, from, pooled);
        for (int cell : cells) if (shares[cell] > 0) addTo(sum, from, cell, shares[cell] / totals[cell]);
        return new EvenHistogram(buckets, from, sum);
    }

    /** A wider slot is spread evenly over its buckets. */
    private void addTo(double[] sum, int from, int cell, double share) {
        char[] held = weights[cell / CELLS_OF_DAY];
        int at = begin(cell);
        for (int left = hit[cell]; left != 0; left &= left - 1) {
            int slot = Integer.numberOfTrailingZeros(left);
            int start = bucket(cell, slot);
            int end = bucket(cell, slot + 1);
            double each = share * held[at++] / (end - start);
            for (int bucket = start; bucket < end; bucket++) sum[bucket - from] += each;
        }
    }

    /** The one that a slot begins with; after the last bucket none does. */
    private int bucket(int cell, int slot) {
        return Math.min((first[cell] + slot) << width[cell], buckets.count());
    }

    /** In weeks, that of a cell before counting as one and those before it as halves; less where they hold few samples or are long ago. */
    private double weight(long number, double[] totals) {
        int cell = CellOfWeek.cell(number);
        double weeks = 0;
        for (int ago = 0; ago < WEEKS; ago++) if ((seen[cell] >> ago & 1) == 1) weeks += Math.scalb(1.0, -ago);
        int missed = Math.max(0, CellOfWeek.week(number) - week[cell] - 1);
        return Math.scalb(Math.min(weeks, totals[cell] / UNIT / ENOUGH), -missed);
    }

    private double[] totals() {
        double[] totals = new double[CELLS];
        for (int cell = 0; cell < CELLS; cell++) {
            int begin = begin(cell);
            int end = begin + Integer.bitCount(hit[cell]);
            for (int at = begin; at < end; at++) totals[cell] += weights[cell / CELLS_OF_DAY][at];
        }
        return totals;
    }

    public void write(StateWriter to) {
        for (int cell = 0; cell < CELLS; cell++) {
            to.number(seen[cell] | width[cell] << WEEKS);
            if (seen[cell] == 0) continue;
            to.signed(week[cell]);
            to.number(first[cell]);
            // The lowest bit of those that were hit is always set.
            to.number(hit[cell] >>> 1);
            char[] held = weights[cell / CELLS_OF_DAY];
            int begin = begin(cell);
            int end = begin + Integer.bitCount(hit[cell]);
            for (int at = begin; at < end; at++) to.number(held[at]);
        }
    }

    /** @throws IllegalArgumentException if the bytes hold no histogram of these buckets */
    public static WeekHistogram read(Buckets buckets, StateReader from) {
        WeekHistogram read = new WeekHistogram(buckets);
        char[] ofDay = new char[CELLS_OF_DAY * WeekCell.SPAN];
        int held = 0;
        for (int cell = 0; cell < CELLS; cell++) {
            if (cell % CELLS_OF_DAY == 0) held = 0;
            if (read.readSlots(cell, from))
                for (int left = read.hit[cell]; left != 0; left &= left - 1)
                    ofDay[held++] = (char) Math.clamp(from.number(), 1, Character.MAX_VALUE);
            if ((cell + 1) % CELLS_OF_DAY == 0) read.weights[cell / CELLS_OF_DAY] = Arrays.copyOf(ofDay, held);
        }
        return read;
    }

    /** @return whether the cell was seen, so that the weights of its slots follow */
    private boolean readSlots(int cell, StateReader from) {
        long seenAndWidth = from.number();
        seen[cell] = (byte) (seenAndWidth & (1 << WEEKS) - 1);
        if (seen[cell] == 0) return false;
        week[cell] = (short) from.signed();
        width[cell] = (byte) Math.min(seenAndWidth >> WEEKS, WeekCell.WIDEST);
        long lowest = from.number();
        hit[cell] = (int) from.number() << 1 | 1;
        int last = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(hit[cell]);
        if (lowest > ((buckets.count() - 1) >> width[cell]) - last)
            throw new IllegalArgumentException("%d slots of %d buckets from %d on reach beyond the last, %d"
                    .formatted(last + 1, 1 << width[cell], lowest, buckets.count() - 1));
        first[cell] = (char) lowest;
        return true;
    }

    /** What was written when a cell was three hours, of which each is taken to be like all of them. */
    public static WeekHistogram readOfThreeHours(Buckets buckets, StateReader from) {
        WeekHistogram read = new WeekHistogram(buckets);
        for (int cell = 0; cell < CELLS; cell += HOURS_BEFORE) {
            long seenAndWidth = from.number();
            byte seen = (byte) (seenAndWidth & (1 << WEEKS) - 1);
            if (seen == 0) continue;
            int width = (int) Math.min(seenAndWidth >> WEEKS, WeekCell.WIDEST);
            short week = (short) from.signed();
            long first = from.number();
            WeekCell slots = read.empty(0);
            for (long left = from.number() << 1 | 1; left != 0; left &= left - 1) {
                long bucket = (first + Long.numberOfTrailingZeros(left)) << width;
                int weight = Math.clamp(from.number() / HOURS_BEFORE, 1, Character.MAX_VALUE);
                if (bucket < 0 || bucket >= buckets.count())
                    throw new IllegalArgumentException(
                            "bucket %d is beyond the last, %d".formatted(bucket, buckets.count() - 1));
                slots.add((int) bucket, weight);
            }
            for (int hour = cell; hour < cell + HOURS_BEFORE; hour++) {
                read.seen[hour] = seen;
                read.week[hour] = week;
                read.hold(hour, slots);
            }
        }
        return read;
    }
}
