package io.trimtab.forecast.online;

/** Ends minutes and hours: what was gathered in them is put where it is kept, and what was said of them is judged. */
final class Clock {
    private static final int MINUTES_PER_HOUR = 60;

    /** What comes one time in a hundred adds a hundredth of itself to the mean error: so it is at most a hundred of these. */
    private static final double LARGEST_SCORE = 100;

    /** The fit has said where the quantiles are to begin. */
    private static final Steps.Rate RATE = new Steps.Rate(0.02, 0.2);

    private static final float MOST_COUNTED = 1e6f;

    /** In place of how many minutes were learned from: none is. */
    static final float SETTLED = Float.MAX_VALUE;

    private Clock() {}

    static void advance(State state, int minute) {
        int before = state.minute;
        if (before != State.NEVER) endMinute(state, before, minute);
        int hour = Math.floorDiv(minute, MINUTES_PER_HOUR);
        int hourBefore = Math.floorDiv(before, MINUTES_PER_HOUR);
        state.minute = minute;
        state.minuteSamples = 0;
        state.minuteMean = 0;
        if (before == State.NEVER) {
            begin(state, hour);
            return;
        }
        NextHour.learn(state, before);
        if (hour != hourBefore) endHour(state, hourBefore, before, hour);
        else NextHour.say(state, before);
    }

    private static void begin(State state, int hour) {
        boolean lent =
                state.newestHour != State.NEVER && hour - state.newestHour < State.HOURS && hour > state.firstHour;
        state.firstHour = lent ? Math.max(state.firstHour, hour - State.HOURS) : hour;
        state.ownSince = hour;
        if (lent) forget(state, state.newestHour, hour);
        state.newestHour = lent ? hour - 1 : State.NEVER;
    }

    /** The hours between. */
    private static void forget(State state, int hour, int next) {
        for (int gap = hour + 1; gap < Math.min((long) next, (long) hour + State.HOURS + 1); gap++) {
            state.putHour(gap, Float.NaN, Float.NaN);
            state.saidNothingOf(gap);
        }
    }

    private static void endMinute(State state, int minute, int next) {
        float value = state.minuteMean;
        state.half(State.minuteSlot(minute), value);
        // What is read later is what was kept, not what was rounded away.
        Steps.learn(state, minute);
        learnValue(state, minute, value);
        for (int gap = minute + 1; gap < Math.min(next, minute + State.RECENT); gap++)
            state.half(State.minuteSlot(gap), Float.NaN);
        state.hourMinutes++;
        state.hourMean += (value - state.hourMean) / state.hourMinutes;
        state.hourPeak = Math.max(state.hourPeak, value);
    }

    /** How far minutes lie from the path of hourly means, in units of its errors. */
    private static void learnValue(State state, int minute, float value) {
        if (state.fittedHour == State.NEVER || isSettled(state)) return;
        int step = Math.floorDiv(minute, MINUTES_PER_HOUR) - state.fittedHour - 1;
        if (step < 0 || step >= State.WEEK) return;
        float path = state.path(step);
        double size = state.floats[State.MEAN_BASE] + state.floats[State.MEAN_SLOPE] * path;
        if (!(size > 0)) return;
        double score = Math.clamp((value - path) / size, -LARGEST_SCORE, LARGEST_SCORE);
        float count = Math.min(state.floats[State.VALUE_COUNT] + 1, MOST_COUNTED);
        state.floats[State.VALUE_COUNT] = count;
        Steps.step(state.floats, State.VALUE_SCORES, State.VALUE_UNIT, score, count, RATE);
    }

    static boolean isSettled(State state) {
        return state.floats[State.VALUE_COUNT] > MOST_COUNTED;
    }

    private static void endHour(State state, int hour, int newestMinute, int next) {
        if (state.hourMinutes > 0) {
            Judge.judge(state, hour, state.hourPeak);
            NextHour.learnHour(state, state.hourPeak, newestMinute);
            Siblings.compare(state, hour);
            state.putHour(hour, state.hourMean, state.hourPeak);
        }
        forget(state, hour, next);
        if (next - hour > State.HOURS) {
            state.firstHour = next;
            state.ownSince = next;
            state.newestHour = State.NEVER;
            state.fittedHour = State.NEVER;
        } else {
            state.newestHour = next - 1;
        }
        state.hourMinutes = 0;
        state.hourMean = 0;
        state.hourPeak = 0;
        if (next == hour + 1) {
            Further.learn(state, hour, newestMinute);
            say(state);
        } else {
            state.forgetWhatWasSaid();
            state.saidNothingOf(next);
        }
    }

    /** What is to be judged when the hour that begins is over. */
    static void say(State state) {
        Sight sight = new Sight(state, false);
        NextHour.sayHour(state, sight);
        state.sayOfHour(
                Math.floorDiv(state.minute, MINUTES_PER_HOUR),
                NextHour.saidAtStart(state, Level.P50),
                NextHour.saidAtStart(state, Level.P95));
        for (int i = 0; i < Judge.LEVELS.length; i++) {
            double last = sight.ofLast(Judge.LEVELS[i], true);
            state.floats[State.PENDING_OF_LAST + i] = (float) last;
            state.floats[State.PENDING_OF_HIGHEST + i] = (float) sight.ofHighest(Judge.LEVELS[i]);
            state.floats[State.PENDING_OF_PATH + i] =
                    (float) (state.fittedHour == State.NEVER ? last : sight.ofPath(Judge.LEVELS[i]));
        }
        Further.say(state, sight);
    }
}
