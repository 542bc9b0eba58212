package io.trimtab.forecast.online;

/**
 * Errors of "it stays as it is" a few minutes ahead: for each of these horizons the quantiles of what came less the value before, kept
 * by stochastic steps of the pinball loss.
 *
 * @see "Gibbs, Candès: Adaptive Conformal Inference Under Distribution Shift, NeurIPS 2021"
 */
final class Steps {
    static final int[] MINUTES_AHEAD = {1, 5, 15, 60};
    static final int COUNT = MINUTES_AHEAD.length;

    /** Of a step, in mean errors; larger while few errors were seen. */
    private static final Rate RATE = new Rate(0.08, 2);

    private static final double UNIT_KEPT = 0.995;

    /** An error counts as at most so many mean ones: one burst must not set the unit. */
    private static final double LARGEST_ERROR = 6;

    /**
     * How far a quantile moves, in mean errors.
     *
     * @param first with the first error; falls with the root of their number
     */
    record Rate(double lasting, double first) {
        double at(double count) {
            return Math.max(lasting, first / Math.sqrt(count));
        }
    }

    private Steps() {}

    static int errors(int horizon, boolean maximum) {
        return State.ERRORS + (2 * horizon + (maximum ? 1 : 0)) * Level.COUNT;
    }

    static int unit(int horizon, boolean maximum) {
        return State.ERROR_UNITS + 2 * horizon + (maximum ? 1 : 0);
    }

    /** After the minute was put among the recent ones. */
    static void learn(State state, int minute) {
        float now = state.half(State.minuteSlot(minute));
        float highest = now;
        int back = 1;
        for (int horizon = 0; horizon < COUNT; horizon++) {
            for (; back < MINUTES_AHEAD[horizon]; back++) {
                float before = state.half(State.minuteSlot(minute - back));
                if (before > highest) highest = before;
            }
            float base = state.half(State.minuteSlot(minute - MINUTES_AHEAD[horizon]));
            if (Float.isNaN(base)) continue;
            float count = Math.min(state.floats[State.COUNTS + horizon] + 1, 1e6f);
            state.floats[State.COUNTS + horizon] = count;
            step(state.floats, errors(horizon, false), unit(horizon, false), now - base, count, RATE);
            step(state.floats, errors(horizon, true), unit(horizon, true), highest - base, count, RATE);
        }
    }

    /** @param count of errors, this one included */
    static void step(float[] floats, int quantiles, int unitAt, double error, double count, Rate rate) {
        double unit = floats[unitAt];
        double magnitude = Math.abs(error);
        if (unit > 0) magnitude = Math.min(magnitude, LARGEST_ERROR * unit);
        double kept = Math.min(UNIT_KEPT, 1 - 1 / count);
        unit = unit * kept + magnitude * (1 - kept);
        floats[unitAt] = (float) unit;
        double by = unit * rate.at(count);
        for (Level level : Level.ALL) {
            int at = quantiles + level.index;
            double up = error > floats[at] ? level.probability : level.probability - 1;
            floats[at] += (float) (by * up);
        }
    }
}
