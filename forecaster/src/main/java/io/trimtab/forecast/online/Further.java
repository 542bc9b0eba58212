package io.trimtab.forecast.online;

/**
 * Moves and widens the quantiles of more than an hour ahead by what came of those that were said 6 hours, a day and a week before:
 * the median by a share of the distance to P95, all others by a factor of their distance to the median. What was said is judged when
 * its hours are over. Forecasts are noted at strides that walk through the hours of the day.
 *
 * @see "Gibbs, Candès: Adaptive Conformal Inference Under Distribution Shift, NeurIPS 2021"
 */
final class Further {
    private static final int[] HOURS = {6, 24, State.WEEK};
    private static final int[] STRIDES = {1, 5, 23};
    private static final int[] FIRST_SLOTS = {0, 6, 11, 19};
    static final int COUNT = HOURS.length;
    static final int SLOTS = FIRST_SLOTS[COUNT];

    /** P50 and P95 of the value and of the maximum. */
    static final int PER_SLOT = 4;

    /** Between a day and a week ahead the mean of both counts from here to there. */
    private static final int MIDDLE = 72;

    /** For each outcome, in distances from the median to P95, and in logarithms of the factor; the further, the fewer outcomes. */
    private static final double[] MOVES = {0.006, 0.012, 0.015};

    private static final double[] WIDENINGS = {0.02, 0.1, 0.2};
    private static final double MOST_MOVE = 2;
    private static final double LEAST_FACTOR = 0.4;
    private static final double MOST_FACTOR = 6;

    private Further() {}

    static void say(State state, Sight sight) {
        int hour = Math.floorDiv(state.minute, 60) - state.ownSince;
        for (int group = 0; group < COUNT; group++) {
            if (Math.floorMod(hour, STRIDES[group]) != 0) continue;
            int at = slot(group, hour);
            double minutes = 60.0 * HOURS[group];
            put(state, at, sight.value(Level.P50, minutes), sight.value(Level.P95, minutes));
            put(state, at + 2, sight.maximum(Level.P50, minutes), sight.maximum(Level.P95, minutes));
        }
    }

    private static void put(State state, int at, double median, double high) {
        state.halfBelow(at, median);
        state.halfBelow(at + 1, Math.max(median, high));
    }

    /** @param hour that is over, whose maximum is among the kept ones */
    static void learn(State state, int hour, int newestMinute) {
        for (int group = 0; group < COUNT; group++) {
            int began = hour + 1 - HOURS[group];
            if (Math.floorMod(began - state.ownSince, STRIDES[group]) != 0) continue;
            int at = slot(group, began - state.ownSince);
            learn(state, group, at, Recent.of(state, newestMinute - 59, newestMinute + 1), false);
            learn(state, group, at + 2, new Recent(new float[] {highest(state, began, hour)}), true);
        }
    }

    private static float highest(State state, int from, int to) {
        float highest = 0;
        for (int hour = from; hour <= to; hour++) highest = Math.max(highest, state.peak(hour));
        return highest;
    }

    private static void learn(State state, int group, int at, Recent came, boolean maximum) {
        float median = state.half(at);
        float high = state.half(at + 1);
        if (Float.isNaN(median)) return;
        float[] floats = state.floats;
        int move = State.FURTHER_MOVES + 2 * group + (maximum ? 1 : 0);
        double up = came.shareAbove(median) - 0.5;
        if (median <= 0 && up < 0) up = 0;
        floats[move] = (float) Math.clamp(floats[move] + MOVES[group] * up, -MOST_MOVE, MOST_MOVE);
        int factor = State.FURTHER_FACTORS + 2 * group + (maximum ? 1 : 0);
        double wider = came.shareAbove(high) - (1 - Level.P95.probability);
        if (high <= median && wider < 0) wider = 0;
        floats[factor] =
                (float) Math.clamp(floats[factor] * Math.exp(WIDENINGS[group] * wider), LEAST_FACTOR, MOST_FACTOR);
    }

    /** How far quantiles are moved and by what they are widened. */
    record Change(double move, double factor) {
        double of(double quantile, double median, double high) {
            return median + move * (high - median) + factor * (quantile - median);
        }

        private Change mean(Change other) {
            return new Change((move + other.move) / 2, (factor + other.factor) / 2);
        }
    }

    /** By {@link #group}. */
    static Change[] changes(State state, boolean maximum) {
        Change[] changes = new Change[COUNT + 1];
        for (int group = 0; group < COUNT; group++) {
            int at = 2 * group + (maximum ? 1 : 0);
            changes[group] =
                    new Change(state.floats[State.FURTHER_MOVES + at], state.floats[State.FURTHER_FACTORS + at]);
        }
        changes[COUNT] = changes[COUNT - 1];
        changes[COUNT - 1] = changes[COUNT - 2].mean(changes[COUNT]);
        return changes;
    }

    static int group(int hours) {
        return hours <= HOURS[0] ? 0 : hours <= HOURS[1] ? 1 : hours <= MIDDLE ? 2 : 3;
    }

    /** @param hour since the first one */
    private static int slot(int group, int hour) {
        int slots = FIRST_SLOTS[group + 1] - FIRST_SLOTS[group];
        int slot = FIRST_SLOTS[group] + Math.floorMod(Math.floorDiv(hour, STRIDES[group]), slots);
        return State.SAID_FURTHER + slot * PER_SLOT;
    }
}
