package io.trimtab.forecast.online;

import java.util.Arrays;

/**
 * A lasting change of level: since some hour of the last week the hours differ from those of a week before to one side, and by much
 * more than they used to. What lies before it is scaled to the new level, so that the season is kept and the level is not.
 */
final class LevelShift {
    private static final int LEAST_HOURS = 4;

    /** Beyond so many median differences an hour counts as changed. */
    private static final double MEDIANS = 5;

    private static final double SHARE_CHANGED = 0.9;

    /** A larger factor is no change of level but another workload. */
    private static final double LARGEST_FACTOR = 20;

    private LevelShift() {}

    /**
     * @param values hours, oldest first, not negative
     * @return the first hour of the new level; 0 when there was none
     */
    static int find(double[] values) {
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

    /** Scales what lies before {@code start}. */
    static void remove(double[] values, int start) {
        double now = 0;
        double before = 0;
        for (int t = start; t < values.length; t++) {
            now += values[t];
            before += values[t - State.WEEK];
        }
        if (!(now > 0 && before > 0)) return;
        double factor = Math.clamp(now / before, 1 / LARGEST_FACTOR, LARGEST_FACTOR);
        for (int t = 0; t < start; t++) values[t] *= factor;
    }
}
