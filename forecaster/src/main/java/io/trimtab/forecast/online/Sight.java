package io.trimtab.forecast.online;

import java.time.Duration;

/** Reads an outlook off the state: nothing is fitted, so that it takes microseconds. */
final class Sight {
    /** Without any error seen, P99 is as far from the value as the value is large; the others as in a normal distribution. */
    private static final double[] UNKNOWN = {0, 0.36, 0.55, 0.71, 1};

    private static final double SHARPNESS = 4;
    private static final int HOUR = Steps.COUNT - 1;
    private static final int MINUTES_PER_HOUR = 60;

    private final State state;
    private final double newest;
    private final int minuteOfHour;

    /** @param open whether the minute that is not over yet counts */
    Sight(State state, boolean open) {
        this.state = state;
        newest = open && state.minuteSamples > 0 ? state.minuteMean : newestMinute();
        minuteOfHour = Math.floorMod(state.minute, MINUTES_PER_HOUR);
    }

    private double newestMinute() {
        for (int back = 1; back < State.RECENT; back++) {
            float value = state.half(State.minuteSlot(state.minute - back));
            if (!Float.isNaN(value)) return value;
        }
        return state.hourMean;
    }

    Outlook at(Duration horizon) {
        double minutes = Math.max(1, horizon.toSeconds() / 60.0);
        double[] value = new double[Level.COUNT];
        double[] maximum = new double[Level.COUNT];
        double value0 = 0;
        double maximum0 = 0;
        for (Level level : Level.ALL) {
            int i = level.index;
            value0 = Math.max(value0, value(level, minutes));
            maximum0 = Math.max(Math.max(maximum0, value0), maximum(level, minutes));
            value[i] = state.outward(value0);
            maximum[i] = state.outward(maximum0);
        }
        return new Outlook(value, maximum);
    }

    private double value(Level level, double minutes) {
        if (minutes <= MINUTES_PER_HOUR) return near(level, minutes, false);
        return fitted() ? valueOfPath(level, stepOf(minutes)) : spreading(level, minutes, false);
    }

    /** Of what lies nearer, none is more: neither a maximum nor a value. */
    double maximum(Level level, double minutes) {
        if (minutes <= MINUTES_PER_HOUR) return near(level, minutes, true);
        double highest = near(level, MINUTES_PER_HOUR, true);
        if (!fitted()) return Math.max(highest, spreading(level, minutes, true));
        int first = stepOf(MINUTES_PER_HOUR);
        int last = Math.min(stepOf(minutes), first + State.WEEK - 1);
        for (int step = first; step <= last; step++) highest = Math.max(highest, valueOfPath(level, step));
        return Math.max(highest, maximumOfPath(level, minutes));
    }

    /** Without a path errors are taken to grow with the root of the time. */
    private double spreading(Level level, double minutes, boolean maximum) {
        double hour = near(level, MINUTES_PER_HOUR, maximum);
        return newest + (hour - newest) * Math.sqrt(minutes / MINUTES_PER_HOUR);
    }

    /** Up to an hour, between the horizons whose errors are known. */
    private double near(Level level, double minutes, boolean maximum) {
        double before = newest;
        double minutesBefore = 0;
        for (int h = 0; h < Steps.COUNT; h++) {
            if (h < HOUR && state.floats[State.COUNTS + h] == 0) continue;
            double here = known(level, h, false);
            if (maximum) here = Math.max(Math.max(here, known(level, h, true)), minutesBefore == 0 ? 0 : before);
            double minutesHere = Steps.MINUTES_AHEAD[h];
            if (minutes <= minutesHere) {
                if (minutesBefore == 0) return here;
                return before + (here - before) * (minutes - minutesBefore) / (minutesHere - minutesBefore);
            }
            before = here;
            minutesBefore = minutesHere;
        }
        return before;
    }

    private double known(Level level, int horizon, boolean maximum) {
        return horizon == HOUR ? hour(level, maximum) : newest + error(level, horizon, maximum);
    }

    private double error(Level level, int horizon, boolean maximum) {
        double error = state.floats[Steps.errors(horizon, maximum) + level.index];
        double count = state.floats[State.COUNTS + horizon];
        double unknown = UNKNOWN[level.index] * newest;
        double known = Math.min(1, count / MINUTES_PER_HOUR);
        return error * known + Math.max(error, unknown) * (1 - known);
    }

    /** One hour ahead: what stays as it is and the path, by how well each did. */
    double hour(Level level, boolean maximum) {
        double last = ofLast(level, maximum);
        if (!fitted()) return last;
        double share = shareOfLast(level);
        double path = maximum ? ofPath(level) : valueOfPath(level, stepOf(MINUTES_PER_HOUR));
        double shift = maximum ? state.floats[State.SHIFT + level.index] : 0;
        return Math.max(0, share * last + (1 - share) * path + shift);
    }

    double ofLast(Level level, boolean maximum) {
        return newest + error(level, HOUR, maximum);
    }

    /** This hour's maximum at its start, the next one's at its end. */
    double ofPath(Level level) {
        int step = stepOf(0);
        double passed = minuteOfHour / (double) MINUTES_PER_HOUR;
        return (1 - passed) * peak(level, step) + passed * peak(level, step + 1);
    }

    private double shareOfLast(Level level) {
        int judged = level == Level.P50 ? 0 : 1;
        double last = state.floats[State.LOSSES + judged];
        double path = state.floats[State.LOSSES_OF_PATH + judged];
        double best = Math.min(last, path);
        if (!(best > 0)) return last <= path ? (path > last ? 1 : 0.5) : 0;
        double ofLast = Math.exp(-SHARPNESS * (last / best - 1));
        double ofPath = Math.exp(-SHARPNESS * (path / best - 1));
        return ofLast / (ofLast + ofPath);
    }

    private boolean fitted() {
        return state.fittedHour != State.NEVER && stepOf(0) >= 0 && stepOf(0) < State.WEEK;
    }

    /** Of the path: its first hour follows the newest that was fitted. A path that ends before is followed by its last week. */
    private int stepOf(double minutesAhead) {
        int hour = Math.floorDiv(state.minute + (int) Math.min(minutesAhead, 1 << 20), MINUTES_PER_HOUR);
        return hour - state.fittedHour - 1;
    }

    private double peak(Level level, int step) {
        int at = Math.floorMod(step, State.WEEK);
        float path = state.half(State.PEAK_PATH + at);
        double size = (state.floats[State.PEAK_BASE] + state.floats[State.PEAK_SLOPE] * path) * growth(at);
        return path + size * state.floats[State.PEAK_SCORES + level.index];
    }

    private double valueOfPath(Level level, int step) {
        int at = Math.floorMod(step, State.WEEK);
        float path = state.half(State.MEAN_PATH + at);
        double size = (state.floats[State.MEAN_BASE] + state.floats[State.MEAN_SLOPE] * path) * growth(at);
        return path + size * state.floats[State.VALUE_SCORES + level.index];
    }

    private double growth(int step) {
        return state.floats[State.GROWTH + Spread.band(step)];
    }

    private double maximumOfPath(Level level, double minutes) {
        double hours = minutes / MINUTES_PER_HOUR;
        double before = 0;
        int hoursBefore = 0;
        for (int i = 0; i < State.HORIZONS; i++) {
            double here = state.half(State.MAXIMA + i * Level.COUNT + level.index);
            int hoursHere = Maxima.HOURS_AHEAD[i];
            if (hours <= hoursHere && i > 0)
                return before + (here - before) * (hours - hoursBefore) / (hoursHere - hoursBefore);
            before = here;
            hoursBefore = hoursHere;
        }
        return before;
    }
}
