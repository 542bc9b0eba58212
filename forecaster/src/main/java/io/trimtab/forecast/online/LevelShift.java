package io.trimtab.forecast.online;

import java.util.Arrays;
import java.util.Optional;

/**
 * A lasting change of level: since some hour of the last week the hours differ from those of a week before to one side, and by much
 * more than they used to. What lies before it is scaled to the new level, so that the season is kept and the level is not. Where a
 * deploy says from when on to look, two hours tell, if a week and a day were known before it.
 *
 * @param start the first hour of the new level
 * @param repeated hours that repeat those of the week before, since they are unknown or were a holiday: they say nothing of a change
 */
record LevelShift(int start, boolean[] repeated) {
    private static final int DAY = 24;
    private static final int LEAST_HOURS = 4;

    /** Beyond so many median differences an hour counts as changed. */
    private static final double MEDIANS = 5;

    private static final int LEAST_HOURS_SINCE_DEPLOY = 2;

    private static final double SHARE_CHANGED = 0.9;

    /** A larger factor is no change of level but another workload. */
    private static final double LARGEST_FACTOR = 20;

    /**
     * @param values hours, oldest first, not negative
     * @param repeated which of them repeat the week before
     * @param sinceDeploy whole hours at their end that passed since the last deploy; 0 when there was none
     * @return what changed, and when
     */
    static Optional<LevelShift> find(double[] values, boolean[] repeated, int sinceDeploy) {
        int start = start(values, repeated);
        if (start == 0) start = sinceDeploy(values, repeated, sinceDeploy);
        return start == 0 ? Optional.empty() : Optional.of(new LevelShift(start, repeated));
    }

    /** The first whole hour since the deploy, where nearly all hours since differ to one side; 0 where they do not. */
    private static int sinceDeploy(double[] values, boolean[] repeated, int hours) {
        int start = values.length - hours;
        if (hours < LEAST_HOURS_SINCE_DEPLOY || hours >= State.WEEK || start < State.WEEK + DAY) return 0;
        double[] before = new double[start - State.WEEK];
        for (int i = 0; i < before.length; i++) before[i] = Math.abs(values[State.WEEK + i] - values[i]);
        Arrays.sort(before);
        double bound = MEDIANS * before[before.length / 2];
        int known = 0;
        int more = 0;
        int less = 0;
        for (int t = start; t < values.length; t++) {
            if (repeated[t]) continue;
            known++;
            double difference = values[t] - values[t - State.WEEK];
            if (difference > bound) more++;
            if (-difference > bound) less++;
        }
        return known >= LEAST_HOURS_SINCE_DEPLOY && Math.max(more, less) >= SHARE_CHANGED * known ? start : 0;
    }

    /** The first hour of the new level; 0 when there was none. */
    private static int start(double[] values, boolean[] repeated) {
        int count = values.length;
        if (count < 2 * State.WEEK) return 0;
        double[] differences = new double[count];
        for (int t = State.WEEK; t < count; t++) differences[t] = values[t] - values[t - State.WEEK];
        double[] before = new double[count - 2 * State.WEEK + 1];
        for (int i = 0; i < before.length; i++) before[i] = Math.abs(differences[State.WEEK + i]);
        if (before.length < State.WEEK) before = earlier(values);
        Arrays.sort(before);
        double bound = MEDIANS * before[before.length / 2];
        double sign = 0;
        int known = 0;
        int changed = 0;
        int start = 0;
        for (int back = 1; back < State.WEEK; back++) {
            if (repeated[count - back]) continue;
            known++;
            if (known == 1) sign = Math.signum(differences[count - back]);
            double difference = sign * differences[count - back];
            if (difference > bound && difference > 0) {
                changed++;
                if (known >= LEAST_HOURS && changed >= SHARE_CHANGED * known) start = count - back;
            } else if (known <= LEAST_HOURS) return 0;
        }
        return start;
    }

    /** In the third week the differences to the week before are few; those to the day before are added. */
    private static double[] earlier(double[] values) {
        double[] differences = new double[2 * State.WEEK - DAY];
        for (int i = 0; i < differences.length; i++) differences[i] = Math.abs(values[i + DAY] - values[i]);
        return differences;
    }

    /** Scales what lies before it, and what repeats that; the hour before it is of both levels, and repeats the season. */
    void remove(double[] values) {
        double now = 0;
        double before = 0;
        for (int t = start; t < values.length; t++) {
            if (repeated[t]) continue;
            now += values[t];
            before += values[t - State.WEEK];
        }
        if (!(now > 0 && before > 0)) return;
        double factor = Math.clamp(now / before, 1 / LARGEST_FACTOR, LARGEST_FACTOR);
        for (int t = 0; t < values.length; t++) if (t < start || repeated[t]) values[t] *= factor;
        values[start - 1] = values[start - 1 - State.WEEK];
    }
}
