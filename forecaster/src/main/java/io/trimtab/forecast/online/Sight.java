package io.trimtab.forecast.online;

import java.time.Duration;

/** Reads an outlook off the state: nothing is fitted, so that it takes microseconds. */
final class Sight {
    /** Without any error seen, P99 is as far from the value as the value is large; the others as in a normal distribution. */
    private static final double[] UNKNOWN = {0, 0.36, 0.55, 0.71, 1};

    private static final double SHARPNESS = 4;

    /** So long the errors of the highest of an hour are learned before that rule is followed. */
    private static final int HOURS_TO_LEARN = 24;

    private static final int HOUR = Steps.COUNT - 1;
    private static final int MINUTES_PER_HOUR = 60;

    private final State state;
    private final int newestMinute;
    private final double newest;
    private final double highestOfHour;

    /** When the next sample is due, at the pace of the last two. */
    private final int nextMinute;

    private final double[][] valueScores;
    private final Further.Change[] ofMaxima;

    /** @param open whether the minute that is not over yet counts */
    Sight(State state, boolean open) {
        this.state = state;
        int lastMinute = lastMinute();
        boolean counts = open && state.minuteSamples > 0;
        newestMinute = counts ? state.minute : lastMinute;
        nextMinute = counts ? state.minute + Math.min(state.minute - lastMinute, MINUTES_PER_HOUR) : state.minute;
        newest = newestMinute == state.minute ? state.minuteMean : ofMinute(newestMinute);
        highestOfHour = highest(lastMinute);
        ofMaxima = Further.changes(state, true);
        Further.Change[] ofValue = Further.changes(state, false);
        valueScores = new double[ofValue.length][Level.COUNT];
        for (int group = 0; group < ofValue.length; group++)
            for (int i = 0; i < Level.COUNT; i++)
                valueScores[group][i] = ofValue[group].of(
                        state.floats[State.VALUE_SCORES + i],
                        state.floats[State.VALUE_SCORES],
                        state.floats[State.VALUE_SCORES + Level.P95.index]);
    }

    /** Of those that are over. */
    private int lastMinute() {
        for (int back = 1; back < State.RECENT; back++)
            if (!Float.isNaN(state.half(State.minuteSlot(state.minute - back)))) return state.minute - back;
        return state.minute - State.RECENT;
    }

    /** Of the sixty minutes up to the last one that is over, and of the newest. */
    private double highest(int lastMinute) {
        double highest = newest;
        for (int minute = lastMinute - MINUTES_PER_HOUR + 1; minute <= lastMinute; minute++) {
            float value = state.half(State.minuteSlot(minute));
            if (value > highest) highest = value;
        }
        return highest;
    }

    double highestOfHour() {
        return highestOfHour;
    }

    private double ofMinute(int minute) {
        float value = state.half(State.minuteSlot(minute));
        return Float.isNaN(value) ? state.hourMean : value;
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

    double value(Level level, double minutes) {
        if (minutes <= MINUTES_PER_HOUR) return near(level, minutes, false);
        return fitted() ? valueOfPath(level, stepAfterNewest(minutes)) : spreading(level, minutes, false);
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
        // The hour's maximum is the one that is judged and moved: what is nearer is not more.
        double most = hour(level, true);
        double before = newest;
        double minutesBefore = 0;
        double highest = 0;
        for (int h = 0; h < Steps.COUNT; h++) {
            if (h < HOUR && state.floats[State.COUNTS + h] == 0) continue;
            highest = Math.max(highest, h == HOUR ? most : Math.min(most, newest + error(level, h, true)));
            double here = maximum ? highest : Math.min(highest, ofValue(level, h));
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

    private double ofValue(Level level, int horizon) {
        return horizon == HOUR ? hour(level, false) : newest + error(level, horizon, false);
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
        double shift = NextHour.shift(state, level, maximum);
        boolean followsPath = fitted() && stepOf(0) + 2 < State.PEAK_HOURS;
        double path = !followsPath
                ? last
                : maximum
                        ? ofPath(level)
                        : valueOfPath(
                                stepAfterNewest(MINUTES_PER_HOUR), state.floats[State.VALUE_SCORES + level.index]);
        boolean followsHighest = maximum && state.judgedHours >= HOURS_TO_LEARN;
        double[] rules = {last, path, followsHighest ? ofHighest(level) : last};
        return Math.max(0, mixed(rules, level, followsPath, followsHighest) + shift);
    }

    /** By the losses of each rule: one that was much worse than the best does not count. */
    private double mixed(double[] rules, Level level, boolean followsPath, boolean followsHighest) {
        int judged = level == Level.P50 ? 0 : 1;
        double[] losses = {
            state.floats[State.LOSSES + judged],
            followsPath ? state.floats[State.LOSSES_OF_PATH + judged] : Double.POSITIVE_INFINITY,
            followsHighest ? state.floats[State.LOSSES_OF_HIGHEST + judged] : Double.POSITIVE_INFINITY
        };
        double best = Math.min(losses[0], Math.min(losses[1], losses[2]));
        double sum = 0;
        double weights = 0;
        for (int i = 0; i < rules.length; i++) {
            double weight = best > 0 ? Math.exp(-SHARPNESS * (losses[i] / best - 1)) : losses[i] > 0 ? 0 : 1;
            sum += weight * rules[i];
            weights += weight;
        }
        return sum / weights;
    }

    /** As high as the last hour, with the errors of that. */
    double ofHighest(Level level) {
        return Math.max(0, highestOfHour + state.floats[State.ERRORS_OF_HIGHEST + level.index]);
    }

    double ofLast(Level level, boolean maximum) {
        return newest + error(level, HOUR, maximum);
    }

    /** The maximum of the hour that the next sample begins: that of a clock hour at its start, of the one after it at its end. */
    double ofPath(Level level) {
        int step = stepOf(nextMinute - state.minute);
        double passed = Math.floorMod(nextMinute, MINUTES_PER_HOUR) / (double) MINUTES_PER_HOUR;
        return (1 - passed) * peak(level, step) + passed * peak(level, step + 1);
    }

    private boolean fitted() {
        return state.fittedHour != State.NEVER && stepOf(0) >= 0 && stepOf(0) < State.WEEK;
    }

    private int stepAfterNewest(double minutesAhead) {
        return Math.max(0, stepOf(minutesAhead - (state.minute - newestMinute)));
    }

    /** Of the path: its first hour follows the newest that was fitted. A path that ends before is followed by its last week. */
    private int stepOf(double minutesAhead) {
        int hour = Math.floorDiv(state.minute + (int) Math.min(minutesAhead, 1 << 20), MINUTES_PER_HOUR);
        return hour - state.fittedHour - 1;
    }

    private double peak(Level level, int step) {
        float path = state.half(State.PEAK_PATH + Math.min(step, State.PEAK_HOURS - 1));
        double size = (state.floats[State.PEAK_BASE] + state.floats[State.PEAK_SLOPE] * path) * growth(step);
        return path + size * state.floats[State.PEAK_SCORES + level.index];
    }

    private double valueOfPath(Level level, int step) {
        return valueOfPath(step, valueScores[Further.group(step)][level.index]);
    }

    private double valueOfPath(int step, double score) {
        int at = Math.floorMod(step, State.WEEK);
        float path = state.path(at);
        double size = (state.floats[State.MEAN_BASE] + state.floats[State.MEAN_SLOPE] * path) * growth(step);
        return path + size * score;
    }

    private double growth(int step) {
        return state.floats[State.GROWTH + Spread.band(step)];
    }

    private double maximumOfPath(Level level, double minutes) {
        double hours = minutes / MINUTES_PER_HOUR;
        double before = 0;
        int hoursBefore = 0;
        for (int i = 0; i < State.HORIZONS; i++) {
            int hoursHere = Maxima.HOURS_AHEAD[i];
            int at = State.MAXIMA + i * Level.COUNT;
            double here = ofMaxima[Further.group(hoursHere)].of(
                    state.half(at + level.index), state.half(at), state.half(at + Level.P95.index));
            here = Math.max(before, here);
            if (hours <= hoursHere && i > 0)
                return before + (here - before) * (hours - hoursBefore) / (hoursHere - hoursBefore);
            before = here;
            hoursBefore = hoursHere;
        }
        return before;
    }
}
