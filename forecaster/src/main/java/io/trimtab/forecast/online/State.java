package io.trimtab.forecast.online;

import io.trimtab.forecast.encoding.StateReader;
import io.trimtab.forecast.encoding.StateWriter;
import java.util.Arrays;

/**
 * All that is kept of one series, in one array of half floats and one of floats, so that it stays below 4 KiB. Amounts are in units
 * of 2^exponent of the caller's; the exponent follows the largest amount, so that halves neither overflow nor lose what is small.
 */
final class State {
    static final int HOURS = 672;
    static final int WEEK = 168;
    static final int RECENT = 64;
    static final int HORIZONS = 7;

    // Half floats; NaN is a gap.
    static final int MEANS = 0;
    static final int PEAKS = MEANS + HOURS;
    static final int MEAN_PATH = PEAKS + HOURS;
    static final int PEAK_PATH = MEAN_PATH + WEEK;
    static final int MINUTES = PEAK_PATH + WEEK;
    static final int MAXIMA = MINUTES + RECENT;
    static final int HALVES = MAXIMA + HORIZONS * Level.COUNT;

    // Floats that are amounts and follow the exponent.
    static final int ERRORS = 0;
    static final int ERROR_UNITS = ERRORS + Steps.COUNT * 2 * Level.COUNT;
    static final int SHIFT = ERROR_UNITS + Steps.COUNT * 2;
    static final int PENDING = SHIFT + Level.COUNT;
    static final int PENDING_OF_LAST = PENDING + Level.COUNT;
    static final int PENDING_OF_PATH = PENDING_OF_LAST + Judge.LEVELS.length;
    static final int PENDING_OF_HOURS = PENDING_OF_PATH + Judge.LEVELS.length;
    static final int OWN_AND_BORROWED = PENDING_OF_HOURS + Maxima.JUDGED_HOURS.length;
    static final int LOSSES = OWN_AND_BORROWED + 2;
    static final int LOSSES_OF_PATH = LOSSES + Judge.LEVELS.length;
    static final int JUDGED = LOSSES_OF_PATH + Judge.LEVELS.length;
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
    static final int STRETCH = COVERED + 1;
    static final int FLOATS = STRETCH + 1;

    /** Amounts lie below 2^15, a half float's largest is 65504. */
    private static final int LARGEST_EXPONENT = 14;

    /** No amount was above 0 yet. */
    private static final int UNSCALED = Integer.MIN_VALUE;

    static final int NEVER = Integer.MIN_VALUE;

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
        Arrays.fill(halves, MEANS, MEAN_PATH, gap);
        Arrays.fill(halves, MINUTES, MAXIMA, gap);
        Arrays.fill(floats, PENDING, OWN_AND_BORROWED, Float.NaN);
    }

    float half(int index) {
        return Float.float16ToFloat(halves[index]);
    }

    void half(int index, float amount) {
        halves[index] = Float.floatToFloat16(amount);
    }

    static int hourSlot(int hour) {
        return Math.floorMod(hour, HOURS);
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
        return (float) Math.scalb(amount, -exponent);
    }

    double outward(double amount) {
        if (exponent == UNSCALED || !(amount > 0)) return 0;
        return Math.min(Math.scalb(amount, exponent), Double.MAX_VALUE);
    }

    int exponent() {
        return exponent == UNSCALED ? 0 : exponent;
    }

    /** After what was largest is forgotten, what is left gets its precision back. */
    void settle(double largest) {
        int spare = LARGEST_EXPONENT - Math.getExponent(largest);
        if (exponent != UNSCALED && largest > 0 && spare > LARGEST_EXPONENT) rescale(exponent - spare + 1);
    }

    private void rescale(int to) {
        int by = exponent - to;
        for (int i = 0; i < HALVES; i++) half(i, Math.min(Math.scalb(half(i), by), 65504f));
        for (int i = 0; i < AMOUNTS; i++) floats[i] = Math.scalb(floats[i], by);
        minuteMean = Math.scalb(minuteMean, by);
        hourMean = Math.scalb(hourMean, by);
        hourPeak = Math.scalb(hourPeak, by);
        exponent = to;
    }

    void write(StateWriter to) {
        to.number(HALVES);
        for (short half : halves) to.half(half);
        to.number(FLOATS);
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
        expect("half floats", HALVES, from.number());
        for (int i = 0; i < HALVES; i++) state.halves[i] = from.half();
        expect("floats", FLOATS, from.number());
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

    private static void expect(String what, int count, long found) {
        if (found != count)
            throw new IllegalArgumentException("a series has %d %s, these bytes have %d".formatted(count, what, found));
    }
}
