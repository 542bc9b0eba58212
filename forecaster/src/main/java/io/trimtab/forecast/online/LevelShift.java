package io.trimtab.forecast.online;

import java.util.Arrays;
import java.util.Optional;

/**
 * A lasting change of level: since some hour of the last week the hours differ from those of a week before to one side, and by much
 * more than they used to. What lies before it is scaled to the new level, so that the season is kept and the level is not. Where a
 * deploy says from when on to look, two hours tell, and with less than two weeks known they are set beside those of the day before.
 *
 * @param start the first hour of the new level
 * @param season hours back to those that it is compared with
 */
record LevelShift(int start, int season) {
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
     * @param sinceDeploy whole hours at their end that passed since the last deploy; 0 when there was none
     * @return what changed, and when
     */
    static Optional<LevelShift> find(double[] values, int sinceDeploy) {
        int start = start(values);
        if (start > 0) return Optional.of(new LevelShift(start, State.WEEK));
        return sinceDeploy(values, sinceDeploy);
    }

    /** Every hour since differs to the same side. */
    private static Optional<LevelShift> sinceDeploy(double[] values, int hours) {
        int start = values.length - hours;
        if (hours < LEAST_HOURS_SINCE_DEPLOY || hours >= State.WEEK) return Optional.empty();
        int season = start >= 2 * State.WEEK ? State.WEEK : DAY;
        if (start < 2 * season || hours > season) return Optional.empty();
        double[] before = new double[start - season];
        for (int t = season; t < start; t++) before[t - season] = Math.abs(values[t] - values[t - season]);
        Arrays.sort(before);
        double bound = MEDIANS * before[before.length / 2];
        double sign = Math.signum(values[start] - values[start - season]);
        for (int t = start; t < values.length; t++) {
            double difference = sign * (values[t] - values[t - season]);
            // A Saturday differs from a Friday without any deploy, but not from the Saturday before.
            double ofWeek = t < State.WEEK ? difference : sign * (values[t] - values[t - State.WEEK]);
            if (!(Math.min(difference, ofWeek) > bound && difference > 0)) return Optional.empty();
        }
        return Optional.of(new LevelShift(start, season));
    }

    /** The first hour of the new level; 0 when there was none. */
    private static int start(double[] values) {
        int count = values.length;
        if (count < 2 * State.WEEK) return 0;
        double[] differences = new double[count];
        for (int t = State.WEEK; t < count; t++) differences[t] = values[t] - values[t - State.WEEK];
        double[] before = new double[count - 2 * State.WEEK + 1];
        for (int i = 0; i < before.length; i++) before[i] = Math.abs(differences[State.WEEK + i]);
        if (before.length < State.WEEK) before = earlier(values);
        Arrays.sort(before);
        double bound = MEDIANS * before[before.length / 2];
        double sign = Math.signum(differences[count - 1]);
        int changed = 0;
        int start = 0;
        for (int hours = 1; hours < State.WEEK; hours++) {
            double difference = sign * differences[count - hours];
            if (difference > bound && difference > 0) {
                changed++;
                if (hours >= LEAST_HOURS && changed >= SHARE_CHANGED * hours) start = count - hours;
            } else if (hours <= LEAST_HOURS) return 0;
        }
        return start;
    }

    /** In the third week the differences to the week before are few; those to the day before are added. */
    private static double[] earlier(double[] values) {
        double[] differences = new double[2 * State.WEEK - 24];
        for (int i = 0; i < differences.length; i++) differences[i] = Math.abs(values[i + 24] - values[i]);
        return differences;
    }

    /** Scales what lies before it; the hour before it is of both levels, and repeats the season. */
    void remove(double[] values) {
        double now = 0;
        double before = 0;
        for (int t = start; t < values.length; t++) {
            now += values[t];
            before += values[t - season];
        }
        if (!(now > 0 && before > 0)) return;
        double factor = Math.clamp(now / before, 1 / LARGEST_FACTOR, LARGEST_FACTOR);
        for (int t = 0; t < start; t++) values[t] *= factor;
        values[start - 1] = values[start - 1 - season];
    }
}
