package io.trimtab.forecast.online;

import io.trimtab.forecast.encoding.StateReader;
import io.trimtab.forecast.encoding.StateWriter;
import java.util.Arrays;

/**
 * All that is kept of one series: hours and what was said of them in twelve bits or a byte each, what is nearer as half floats, running numbers as floats. Amounts are in units
 * of 2^exponent of the caller's; the exponent follows the largest amount, so that none of them overflows or loses what is small.
 */
final class State {
    static final int HOURS = 672;
    static final int WEEK = 168;
    static final int RECENT = 64;
    static final int HORIZONS = 7;

    /** Of the path of maxima only the next hours are read one by one. */
    static final int PEAK_HOURS = 6;

    /** What was said of an hour is kept for so many, to be shown beside what came. */
    static final int SAID_HOURS = 72;

    // Twelve bits each, then a byte for each peak.
    private static final int MEANS = 0;
    private static final int MEAN_PATH = MEANS + HOURS;
    private static final int SAID_MEDIANS = MEAN_PATH + WEEK;
    private static final int SAID_HIGHS = SAID_MEDIANS + SAID_HOURS;
    private static final int TWELVES = SAID_HIGHS + SAID_HOURS;
    private static final int PEAKS = TWELVES / 2 * 3;
    private static final int BYTES = PEAKS + HOURS;

    // Half floats; NaN is a gap.
    static final int PEAK_PATH = 0;
    static final int MAXIMA = PEAK_PATH + PEAK_HOURS;
    static final int MINUTES = MAXIMA + HORIZONS * Level.COUNT;
    static final int SAID_OF_HOUR = MINUTES + RECENT;
    static final int HIGHEST_BEFORE = SAID_OF_HOUR + NextHour.QUARTERS * 2 * Level.COUNT;
    static final int SAID_FURTHER = HIGHEST_BEFORE + NextHour.QUARTERS;
    static final int HALVES = SAID_FURTHER + Further.SLOTS * Further.PER_SLOT;

    // Floats that are amounts and follow the exponent.
    static final int ERRORS = 0;
    static final int ERROR_UNITS = ERRORS + Steps.COUNT * 2 * Level.COUNT;
    static final int HOUR_UNITS = ERROR_UNITS + Steps.COUNT * 2;
    static final int ERRORS_OF_HIGHEST = HOUR_UNITS + 2;
    static final int UNIT_OF_HIGHEST = ERRORS_OF_HIGHEST + Level.COUNT;
    static final int PENDING_OF_LAST = UNIT_OF_HIGHEST + 1;
    static final int PENDING_OF_PATH = PENDING_OF_LAST + Judge.LEVELS.length;
    static final int PENDING_OF_HIGHEST = PENDING_OF_PATH + Judge.LEVELS.length;
    static final int OWN_AND_BORROWED = PENDING_OF_HIGHEST + Judge.LEVELS.length;
    static final int LOSSES = OWN_AND_BORROWED + 2;
    static final int LOSSES_OF_PATH = LOSSES + Judge.LEVELS.length;
    static final int LOSSES_OF_HIGHEST = LOSSES_OF_PATH + Judge.LEVELS.length;
    static final int JUDGED = LOSSES_OF_HIGHEST + Judge.LEVELS.length;
    static final int MEAN_BASE = JUDGED + Judge.AMOUNTS;
    static final int PEAK_BASE = MEAN_BASE + 1;
    static final int AMOUNTS = PEAK_BASE + 1;

    // Floats without a unit.
    static final int MEAN_SLOPE = AMOUNTS;
    static final int PEAK_SLOPE = MEAN_SLOPE + 1;
    static final int GROWTH = PEAK_SLOPE + 1;
    static final int PEAK_SCORES = GROWTH + Spread.BANDS;
    static final int VALUE_SCORES = PEAK_SCORES + Level.COUNT;
    static final int VALUE_UNIT = VALUE_SCORES + Level.COUNT;
    static final int COUNTS = VALUE_UNIT + 1;
    static final int VALUE_COUNT = COUNTS + Steps.COUNT;
    static final int COVERED = VALUE_COUNT + 1;
    static final int HOUR_SHIFTS = COVERED + 1;
    static final int HOUR_SURPRISES = HOUR_SHIFTS + 2 * Level.COUNT;
    static final int FURTHER_MOVES = HOUR_SURPRISES + 2 * Level.COUNT;
    static final int FURTHER_FACTORS = FURTHER_MOVES + 2 * Further.COUNT;
    static final int FLOATS = FURTHER_FACTORS + 2 * Further.COUNT;

    /** Amounts lie below 2^15, a half float's largest is 65504. */
    private static final int LARGEST_EXPONENT = 14;

    static final float LARGEST_HALF = 65504;

    /** No amount was above 0 yet. */
    private static final int UNSCALED = Integer.MIN_VALUE;

    static final int NEVER = Integer.MIN_VALUE;

    private final byte[] packed = new byte[BYTES];
    final short[] halves = new short[HALVES];
    final float[] floats = new float[FLOATS];
    private int exponent = UNSCALED;
    long newestSecond = Long.MIN_VALUE;
    int minute = NEVER;
    int minuteSamples;
    float minuteMean;
    int hourMinutes;
    float hourMean;
    float hourPeak;
    int firstHour = NEVER;
    int ownSince = NEVER;
    int newestHour = NEVER;
    int fittedHour = NEVER;
    int judgedHours;

    State() {
        short gap = Float.floatToFloat16(Float.NaN);
        for (int i = MEANS; i < MEAN_PATH; i++) TwelveBits.put(packed, i, Float.NaN);
        for (int i = SAID_MEDIANS; i < TWELVES; i++) TwelveBits.put(packed, i, Float.NaN);
        Arrays.fill(halves, MINUTES, HALVES, gap);
        Arrays.fill(floats, PENDING_OF_LAST, OWN_AND_BORROWED, Float.NaN);
        Arrays.fill(floats, FURTHER_FACTORS, FLOATS, 1);
    }

    /** After a gap nothing that was said can be judged. */
    void forgetWhatWasSaid() {
        Arrays.fill(halves, SAID_OF_HOUR, HALVES, Float.floatToFloat16(Float.NaN));
        Arrays.fill(floats, PENDING_OF_LAST, OWN_AND_BORROWED, Float.NaN);
    }

    float half(int index) {
        return Float.float16ToFloat(halves[index]);
    }

    /** Rounded up, so that a quantile that is what came covers it. */
    void half(int index, float amount) {
        halves[index] = Float.floatToFloat16(roundedUp(amount));
    }

    /** As {@link #half(int, float)} keeps it. */
    static float roundedUp(float amount) {
        short nearest = Float.floatToFloat16(amount);
        // Bits of positive halves ascend with what they mean.
        return Float.float16ToFloat(Float.float16ToFloat(nearest) < amount ? (short) (nearest + 1) : nearest);
    }

    /** Rounded down, so that what covers an amount that was rounded up covers the amount. */
    void halfBelow(int index, double amount) {
        float most = (float) Math.clamp(amount, 0, LARGEST_HALF);
        short nearest = Float.floatToFloat16(most);
        halves[index] = Float.float16ToFloat(nearest) > amount ? (short) (nearest - 1) : nearest;
    }

    /** NaN is a gap. */
    float mean(int hour) {
        return TwelveBits.get(packed, MEANS + slot(hour));
    }

    /** The highest minute; NaN is a gap. */
    float peak(int hour) {
        int slot = slot(hour);
        return PeakRatio.peak(TwelveBits.get(packed, MEANS + slot), packed[PEAKS + slot]);
    }

    /** Both rounded up; of a gap both are NaN. */
    void putHour(int hour, float mean, float peak) {
        int slot = slot(hour);
        TwelveBits.put(packed, MEANS + slot, mean);
        packed[PEAKS + slot] = PeakRatio.code(TwelveBits.get(packed, MEANS + slot), peak);
    }

    private static int slot(int hour) {
        return Math.floorMod(hour, HOURS);
    }

    float path(int step) {
        return TwelveBits.get(packed, MEAN_PATH + step);
    }

    void putPath(int step, float amount) {
        TwelveBits.put(packed, MEAN_PATH + step, amount);
    }

    /** What was said of an hour's maximum when it began; NaN where nothing was. */
    float saidMedian(int hour) {
        return TwelveBits.get(packed, SAID_MEDIANS + Math.floorMod(hour, SAID_HOURS));
    }

    /** Likewise its P95. */
    float saidHigh(int hour) {
        return TwelveBits.get(packed, SAID_HIGHS + Math.floorMod(hour, SAID_HOURS));
    }

    void sayOfHour(int hour, float median, float high) {
        int slot = Math.floorMod(hour, SAID_HOURS);
        TwelveBits.putBelow(packed, SAID_MEDIANS + slot, median);
        TwelveBits.putBelow(packed, SAID_HIGHS + slot, high);
    }

    void saidNothingOf(int hour) {
        int slot = Math.floorMod(hour, SAID_HOURS);
        TwelveBits.put(packed, SAID_MEDIANS + slot, Float.NaN);
        TwelveBits.put(packed, SAID_HIGHS + slot, Float.NaN);
    }

    static int minuteSlot(int minute) {
        return MINUTES + Math.floorMod(minute, RECENT);
    }

    /** @param amount finite, not negative, in the caller's unit */
    float inward(double amount) {
        if (amount == 0) return 0;
        int needed = Math.getExponent(amount) - LARGEST_EXPONENT;
        if (exponent == UNSCALED) exponent = needed;
        if (needed > exponent) rescale(needed);
        double scaled = Math.scalb(amount, -exponent);
        float nearest = (float) scaled;
        return nearest < scaled ? Math.nextUp(nearest) : nearest;
    }

    double outward(double amount) {
        if (exponent == UNSCALED || !(amount > 0)) return 0;
        return Math.min(Math.scalb(amount, exponent), Double.MAX_VALUE);
    }

    int exponent() {
        return exponent == UNSCALED ? 0 : exponent;
    }

    /**
     * Makes room for what is larger than all that was kept; after what was largest is forgotten, what is left gets its precision back.
     *
     * @param largest of the hours, as they are kept
     * @return the power of two by which all amounts are smaller now
     */
    int settle(double largest) {
        double most = Math.max(largest, Math.max(hourPeak, minuteMean));
        if (exponent == UNSCALED || !(most > 0)) return 0;
        int above = Math.getExponent(most) - LARGEST_EXPONENT;
        if (above <= 0 && above >= -LARGEST_EXPONENT) return 0;
        int by = above > 0 ? above : above + 1;
        rescale(exponent + by);
        return by;
    }

    private void rescale(int to) {
        int by = exponent - to;
        for (int i = 0; i < TWELVES; i++) TwelveBits.put(packed, i, Math.scalb(TwelveBits.get(packed, i), by));
        for (int i = 0; i < HALVES; i++) half(i, Math.min(Math.scalb(half(i), by), LARGEST_HALF));
        for (int i = 0; i < AMOUNTS; i++) floats[i] = Math.scalb(floats[i], by);
        minuteMean = Math.scalb(minuteMean, by);
        hourMean = Math.scalb(hourMean, by);
        hourPeak = Math.scalb(hourPeak, by);
        exponent = to;
    }

    void write(StateWriter to) {
        to.octets(packed);
        for (short half : halves) to.half(half);
        for (float number : floats) to.single(number);
        to.single(minuteMean);
        to.single(hourMean);
        to.single(hourPeak);
        to.signed(newestSecond);
        for (int number : numbers()) to.signed(number);
    }

    private int[] numbers() {
        return new int[] {
            exponent, minute, minuteSamples, hourMinutes, firstHour, ownSince, newestHour, fittedHour, judgedHours
        };
    }

    /** @throws IllegalArgumentException if the bytes hold no such state */
    static State read(StateReader from) {
        State state = new State();
        from.octets(state.packed);
        for (int i = 0; i < HALVES; i++) state.halves[i] = from.half();
        for (int i = 0; i < FLOATS; i++) state.floats[i] = from.single();
        state.minuteMean = from.single();
        state.hourMean = from.single();
        state.hourPeak = from.single();
        state.newestSecond = from.signed();
        state.exponent = (int) from.signed();
        state.minute = (int) from.signed();
        state.minuteSamples = (int) from.signed();
        state.hourMinutes = (int) from.signed();
        state.firstHour = (int) from.signed();
        state.ownSince = (int) from.signed();
        state.newestHour = (int) from.signed();
        state.fittedHour = (int) from.signed();
        state.judgedHours = (int) from.signed();
        StateCheck.check(state);
        return state;
    }
}
