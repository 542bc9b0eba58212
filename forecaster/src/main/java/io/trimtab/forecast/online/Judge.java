package io.trimtab.forecast.online;

import io.trimtab.forecast.accuracy.Pinball;

/** Compares what was said of an hour's maximum at its start with what came, once the hour is over. */
final class Judge {
    /** Means of: the error, the errors of the hour before and of the day before, the loss of P95, the maximum itself. */
    static final int AMOUNTS = 5;

    /** What stays as it is, what was highest, and the path are compared at these; those above the first follow the second. */
    static final Level[] LEVELS = {Level.P50, Level.P95};

    private static final double KEPT = Math.pow(0.5, 1.0 / State.WEEK);
    private static final double LOSS_KEPT = Math.pow(0.5, 1.0 / 48);
    private static final int DAY = 24;

    /** What is kept of an hour lies above its highest minute by so much of it at most, and by so much of what that is above the mean. */
    private static final double ROUNDED_UP = 0.007;

    private static final double ROUNDED_UP_ABOVE_MEAN = 0.03;

    private Judge() {}

    /** @param peak of the hour, which is not among the kept ones yet */
    static void judge(State state, int hour, float peak) {
        float[] floats = state.floats;
        float median = NextHour.saidAtStart(state, Level.P50);
        float hourBefore = state.peak(hour - 1);
        if (Float.isNaN(median) || Float.isNaN(hourBefore)) return;
        double high = Level.P95.probability;
        float said = NextHour.saidAtStart(state, Level.P95);
        float dayBefore = state.peak(hour - DAY);
        double kept = Math.min(KEPT, 1 - 1.0 / (state.judgedHours + 1));
        double[] amounts = {
            Math.abs(peak - median),
            errorOf(state, hour - 1, peak),
            errorOf(state, Float.isNaN(dayBefore) ? hour - 1 : hour - DAY, peak),
            Pinball.loss(peak, said, high),
            peak
        };
        for (int i = 0; i < AMOUNTS; i++) mix(floats, State.JUDGED + i, amounts[i], kept);
        mix(floats, State.COVERED, peak <= said ? 1 : 0, kept);
        double lossKept = Math.min(LOSS_KEPT, 1 - 1.0 / (state.judgedHours + 1));
        for (int i = 0; i < LEVELS.length; i++) {
            double probability = LEVELS[i].probability;
            double ofLast = Pinball.loss(peak, floats[State.PENDING_OF_LAST + i], probability);
            double ofPath = Pinball.loss(peak, floats[State.PENDING_OF_PATH + i], probability);
            mix(floats, State.LOSSES + i, ofLast, lossKept);
            double ofHighest = Pinball.loss(peak, floats[State.PENDING_OF_HIGHEST + i], probability);
            mix(floats, State.LOSSES_OF_PATH + i, ofPath, lossKept);
            mix(floats, State.LOSSES_OF_HIGHEST + i, ofHighest, lossKept);
        }
        state.judgedHours = Math.min(state.judgedHours + 1, Integer.MAX_VALUE - 1);
    }

    /** Of a rule that repeats an hour: what may have been rounded away when that was kept is no error. */
    private static double errorOf(State state, int repeated, float peak) {
        float kept = state.peak(repeated);
        double rounded = ROUNDED_UP * kept + ROUNDED_UP_ABOVE_MEAN * (kept - state.mean(repeated));
        double above = kept - peak;
        return above >= 0 && above <= rounded ? 0 : Math.abs(above);
    }

    /** What was not said is not judged. */
    private static void mix(float[] floats, int at, double value, double kept) {
        if (Double.isNaN(value)) return;
        floats[at] = (float) (floats[at] * kept + value * (1 - kept));
    }

    static Accuracy accuracy(State state) {
        float[] floats = state.floats;
        double error = floats[State.JUDGED];
        double ofHour = floats[State.JUDGED + 1];
        double ofDay = floats[State.JUDGED + 2];
        double level = floats[State.JUDGED + 4];
        return new Accuracy(
                state.judgedHours,
                ofDay > 0 ? error / ofDay : 1,
                level > 0 ? floats[State.JUDGED + 3] / level : 0,
                floats[State.COVERED],
                state.judgedHours >= DAY && error < Math.min(ofHour, ofDay));
    }
}
