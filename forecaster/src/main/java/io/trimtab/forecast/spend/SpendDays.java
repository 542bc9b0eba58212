package io.trimtab.forecast.spend;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What was spent in days of 24 hours that end now, so that the last one is whole.
 *
 * @param hours by day and hour, the oldest first; NaN where it is not known
 * @param totals by day; NaN where it is not known
 */
record SpendDays(double[][] hours, double[] totals) {
    static final int HOURS = 24;
    static final int WEEK = 7;

    /** Older ones say little. */
    private static final int NEWEST = 63;

    /** Of a day of which fewer hours are known nothing is said. */
    private static final int FEWEST_HOURS = 12;

    static SpendDays of(double[] history) {
        int first = IntStream.range(0, history.length)
                .filter(t -> history[t] > 0)
                .findFirst()
                .orElse(history.length);
        int days = Math.min(NEWEST, (history.length - first) / HOURS);
        double[][] hours = new double[days][];
        double[] totals = new double[days];
        for (int day = 0; day < days; day++) {
            int from = history.length - (days - day) * HOURS;
            hours[day] = Arrays.copyOfRange(history, from, from + HOURS);
            double[] known = Arrays.stream(hours[day]).filter(Double::isFinite).toArray();
            totals[day] = known.length < FEWEST_HOURS
                    ? Double.NaN
                    : Arrays.stream(known).sum() * HOURS / known.length;
        }
        return new SpendDays(hours, totals);
    }

    int count() {
        return totals.length;
    }

    int known() {
        return (int) Arrays.stream(totals).filter(Double::isFinite).count();
    }

    boolean isKnown(int day) {
        return Double.isFinite(totals[day]);
    }

    double total(int day) {
        return totals[day];
    }

    /** The mean of the week around a day, where each day of the week counts as much as it costs; NaN where none of it is known. */
    double levelAround(int day, double[] week) {
        double spent = 0;
        double weights = 0;
        for (int d = Math.max(0, day - WEEK / 2); d <= Math.min(count() - 1, day + WEEK / 2); d++) {
            if (!isKnown(d)) continue;
            spent += totals[d];
            weights += week[d % WEEK];
        }
        return spent / weights;
    }

    /** What each hour of a day costs of it; they sum to 1. */
    double[] hourShares() {
        double[] shares = new double[HOURS];
        for (int hour = 0; hour < HOURS; hour++) {
            int at = hour;
            shares[hour] = Arrays.stream(hours)
                    .mapToDouble(day -> day[at])
                    .filter(Double::isFinite)
                    .average()
                    .orElse(0);
        }
        double sum = Arrays.stream(shares).sum();
        return Arrays.stream(shares)
                .map(share -> sum > 0 ? share / sum : 1.0 / HOURS)
                .toArray();
    }
}
