package io.trimtab.forecast.online;

/**
 * Moves the quantiles of the next hour, of the value at its end and of its maximum, so that each is passed as often as it says. What
 * was said at each quarter of an hour is judged when its hour is over: after a miss the answer moves up, otherwise a little down, and
 * further while the misses of the last two days were too many or too few. Moves are in units of a running error.
 *
 * @see "Gibbs, Candès: Adaptive Conformal Inference Under Distribution Shift, NeurIPS 2021"
 * @see "Angelopoulos, Candès, Tibshirani: Conformal PID Control for Time Series Prediction, NeurIPS 2023"
 */
final class NextHour {
    static final int QUARTERS = 4;
    private static final int MINUTES_PER_QUARTER = 15;

    private static final double SHIFT_PER_MISS = 0.06;

    /** Half of all hours surprise the median: it would be thrown to and fro. */
    private static final double SHIFT_OF_MEDIAN = 0.005;

    private static final double LARGEST_SHIFT = 50;

    /** By how many units the answer moves down while nothing was missed lately, or up while twice as much was as should be. */
    private static final double MOST_BY_SURPRISE = 3;

    private static final double SURPRISE_KEPT = Math.pow(0.5, 1.0 / (2 * 24 * QUARTERS));
    private static final double UNIT_KEPT = Math.pow(0.5, 1.0 / (24 * QUARTERS));

    /** An error counts as at most so many mean ones: one burst must not set the unit. */
    private static final double LARGEST_ERROR = 6;

    private static final Steps.Rate RATE_OF_HIGHEST = new Steps.Rate(0.08, 2);

    private static final double MOST_COUNTED = 1e6;

    private NextHour() {}

    /** How far an answer is moved. */
    static double shift(State state, Level level, boolean maximum) {
        int at = at(level, maximum);
        double shift = state.floats[State.HOUR_SHIFTS + at];
        if (level != Level.P50) {
            double surprise = state.floats[State.HOUR_SURPRISES + at] / (1 - level.probability);
            shift += MOST_BY_SURPRISE * Math.clamp(surprise, -1, 1);
        }
        return shift * state.floats[State.HOUR_UNITS + (maximum ? 1 : 0)];
    }

    /** What was said of the maximum of the hour that runs, when it began; NaN where nothing was. */
    static float saidAtStart(State state, Level level) {
        return state.half(State.SAID_OF_HOUR + at(level, true));
    }

    static void sayHour(State state, Sight sight) {
        say(state, 0, sight);
    }

    /** Within an hour, when a new quarter begins. */
    static void say(State state, int newestMinute) {
        int quarter = quarter(state.minute);
        if (quarter != quarter(newestMinute)) say(state, Math.floorMod(quarter, QUARTERS), new Sight(state, false));
    }

    private static void say(State state, int slot, Sight sight) {
        state.half(State.HIGHEST_BEFORE + slot, (float) sight.highestOfHour());
        double value = 0;
        double highest = 0;
        for (Level level : Level.ALL) {
            double own = sight.hour(level, true);
            highest = Math.max(highest, own);
            value = Math.max(value, Math.min(own, sight.hour(level, false)));
            state.halfBelow(said(slot, false) + level.index, value);
            state.halfBelow(said(slot, true) + level.index, highest);
        }
    }

    /** What was said within the hour before, when its sixty minutes are over; quarters that no sample began teach nothing. */
    static void learn(State state, int newestMinute) {
        int now = quarter(state.minute);
        int newest = quarter(newestMinute);
        for (int quarter = Math.max(newest + 1, now - QUARTERS + 1); quarter <= now; quarter++) {
            int slot = Math.floorMod(quarter, QUARTERS);
            if (slot == 0) continue;
            if (quarter == now && newest == now - 1) {
                int begin = Math.max((now - QUARTERS) * MINUTES_PER_QUARTER, state.minute - State.RECENT);
                learn(state, slot, Recent.of(state, begin, now * MINUTES_PER_QUARTER), newestMinute);
            }
            for (int i = 0; i < 2 * Level.COUNT; i++) state.half(said(slot, false) + i, Float.NaN);
            state.half(State.HIGHEST_BEFORE + slot, Float.NaN);
        }
    }

    static void learnHour(State state, float peak, int newestMinute) {
        learn(state, 0, new Recent(new float[] {peak}), newestMinute);
    }

    /** The value an hour later is judged by all of the last quarter, so that what comes at the same minutes of each hour counts as often as it comes. */
    private static void learn(State state, int slot, Recent hour, int newestMinute) {
        learn(state, slot, Recent.of(state, newestMinute + 1 - MINUTES_PER_QUARTER, newestMinute + 1), false);
        learn(state, slot, new Recent(new float[] {hour.highest()}), true);
        // That of the hour before is of minutes that were rounded up.
        learnOfHighest(state, State.roundedUp(hour.highest()) - state.half(State.HIGHEST_BEFORE + slot));
    }

    /** Of the rule that the next hour goes as high as the last one. */
    private static void learnOfHighest(State state, float error) {
        if (Float.isNaN(error)) return;
        double count = Math.min(QUARTERS * (state.judgedHours + 1.0), MOST_COUNTED);
        Steps.step(state.floats, State.ERRORS_OF_HIGHEST, State.UNIT_OF_HIGHEST, error, count, RATE_OF_HIGHEST);
    }

    private static void learn(State state, int slot, Recent came, boolean maximum) {
        int said = said(slot, maximum);
        float median = state.half(said);
        if (Float.isNaN(median)) return;
        float[] floats = state.floats;
        int unitAt = State.HOUR_UNITS + (maximum ? 1 : 0);
        double unit = floats[unitAt];
        double error = came.meanErrorOf(median);
        if (unit > 0) error = Math.min(error, LARGEST_ERROR * unit);
        double kept = Math.min(UNIT_KEPT, 1 - 1.0 / (QUARTERS * (state.judgedHours + 1.0)));
        floats[unitAt] = (float) (unit * kept + error * (1 - kept));
        for (Level level : Level.ALL) {
            float quantile = state.half(said + level.index);
            double surprise = came.shareAbove(quantile) - (1 - level.probability);
            // Nothing lies below 0, so that nothing is learned from not going there.
            if (quantile <= 0 && surprise < 0) surprise = 0;
            int at = at(level, maximum);
            double step = level == Level.P50 ? SHIFT_OF_MEDIAN : SHIFT_PER_MISS;
            int shift = State.HOUR_SHIFTS + at;
            floats[shift] = (float) Math.clamp(floats[shift] + step * surprise, -LARGEST_SHIFT, LARGEST_SHIFT);
            int recent = State.HOUR_SURPRISES + at;
            floats[recent] = (float) (floats[recent] * SURPRISE_KEPT + surprise * (1 - SURPRISE_KEPT));
        }
    }

    private static int quarter(int minute) {
        return Math.floorDiv(minute, MINUTES_PER_QUARTER);
    }

    private static int at(Level level, boolean maximum) {
        return (maximum ? Level.COUNT : 0) + level.index;
    }

    private static int said(int slot, boolean maximum) {
        return State.SAID_OF_HOUR + (2 * slot + (maximum ? 1 : 0)) * Level.COUNT;
    }
}
