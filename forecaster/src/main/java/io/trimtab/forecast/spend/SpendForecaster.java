package io.trimtab.forecast.spend;

import java.util.Arrays;
import java.util.Optional;

/**
 * Continues what was spent by the hour: a level that follows the newest days, times what each day of the week and each hour of the day cost of it. For sums over
 * weeks that is nearer than what foresees single hours best, and it needs no more than a week.
 *
 * @see "docs/cost.md: measured errors and coverage"
 */
public final class SpendForecaster {
    /** Below it nothing tells the days of a week apart. */
    public static final int FEWEST_DAYS = 7;

    /** Weight of a day in the level, relative to the day after it: six days old on average. */
    private static final double LEVEL_KEPT = 0.85;

    /** The same for what a day of the week costs. */
    private static final double SHAPE_KEPT = 0.97;

    /** A day of the week that was seen once is believed to ten elevenths. */
    private static final double DOUBT = 0.1;

    private static final int ROUNDS = 20;

    /** So many days of an error of so much are added to those that were seen, which may be few. */
    private static final double PRIOR_DAYS = 5;

    private static final double PRIOR_ERROR = 0.03;

    private SpendForecaster() {}

    /**
     * @param history by the hour, oldest first; what is not finite is not known, and what precedes the first spend is not looked at
     * @param hours to come, at least 1
     * @return empty while less than {@link #FEWEST_DAYS} days are known
     */
    public static Optional<SpendForecast> forecast(double[] history, int hours) {
        if (hours < 1) throw new IllegalArgumentException("hours (%d) must be >= 1".formatted(hours));
        SpendDays days = SpendDays.of(history);
        if (days.known() < FEWEST_DAYS) return Optional.empty();
        double[] week = new double[SpendDays.WEEK];
        Arrays.fill(week, 1);
        double level = level(days, week);
        // With a week alone each day is its own.
        for (int round = 0; round < ROUNDS && level > 0; round++) {
            week = week(days, week, level);
            level = level(days, week);
        }
        double[] shares = days.hourShares();
        double[] path = new double[hours];
        for (int h = 0; h < hours; h++) {
            int day = days.count() + h / SpendDays.HOURS;
            path[h] = level * week[day % SpendDays.WEEK] * shares[h % SpendDays.HOURS];
        }
        double ahead = (double) hours / SpendDays.HOURS;
        return Optional.of(
                new SpendForecast(path, level * ahead * dayError(days, week, level) * growth(days.known(), ahead)));
    }

    private static double level(SpendDays days, double[] week) {
        double spent = 0;
        double weights = 0;
        double weight = 1;
        for (int day = days.count() - 1; day >= 0; day--) {
            if (days.isKnown(day)) {
                spent += weight * days.total(day);
                weights += weight * week[day % SpendDays.WEEK];
            }
            weight *= LEVEL_KEPT;
        }
        return weights > 0 ? spent / weights : 0;
    }

    /** What each day of the week costs of its week's mean; with less than two weeks of the level. */
    private static double[] week(SpendDays days, double[] before, double level) {
        double[] week = new double[SpendDays.WEEK];
        double[] weights = new double[SpendDays.WEEK];
        Arrays.fill(week, DOUBT);
        Arrays.fill(weights, DOUBT);
        double weight = 1;
        for (int day = days.count() - 1; day >= 0; day--) {
            double around = days.count() < 2 * SpendDays.WEEK ? level : days.levelAround(day, before);
            if (days.isKnown(day) && around > 0) {
                week[day % SpendDays.WEEK] += weight * days.total(day) / around;
                weights[day % SpendDays.WEEK] += weight;
            }
            weight *= SHAPE_KEPT;
        }
        for (int day = 0; day < week.length; day++) week[day] /= weights[day];
        return week;
    }

    /** Of a day from the one before, of the level: what wanders slowly is not in it. */
    private static double dayError(SpendDays days, double[] week, double level) {
        if (level == 0) return 0;
        double squares = PRIOR_DAYS * PRIOR_ERROR * PRIOR_ERROR;
        double count = PRIOR_DAYS;
        for (int day = 1; day < days.count(); day++) {
            if (!days.isKnown(day) || !days.isKnown(day - 1)) continue;
            double change = (days.total(day) - days.total(day - 1)) / level
                    - week[day % SpendDays.WEEK]
                    + week[(day - 1) % SpendDays.WEEK];
            squares += change * change / 2;
            count++;
        }
        return Math.sqrt(squares / count);
    }

    /**
     * The error of the mean of some days in errors of a day. The constants were set on the seeds 5,000,000 and up, with 7 to 80 days known and 1 to 28 to come.
     *
     * @param known days
     * @param ahead days to come
     */
    private static double growth(int known, double ahead) {
        return Math.sqrt(0.7 + 8.0 / known + (1 + 20.0 / known) / ahead);
    }
}
