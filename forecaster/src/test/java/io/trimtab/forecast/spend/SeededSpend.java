package io.trimtab.forecast.spend;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * What a namespace might spend in each hour from a day on: a day and a week of its own, a level that wanders from day to day, noise that lasts for some hours.
 *
 * @param weekly whether its weekends are cheaper than its other days
 * @param hours in dollars, from midnight
 */
record SeededSpend(LocalDate first, boolean weekly, double[] hours) {
    private static final int HOURS = 24;
    /** Of a change of the day's level that is left after a day. */
    private static final double DAY_KEPT = 0.6;
    /** Of an hour's noise that is left after an hour. */
    private static final double HOUR_KEPT = 0.5;

    /** @param weekly whether it has cheaper weekends */
    static SeededSpend of(long seed, LocalDate first, int days, boolean weekly) {
        Random random = new Random(seed);
        double level = Math.exp(2 * random.nextGaussian());
        double swing = 0.1 + 0.5 * random.nextDouble();
        double peak = random.nextInt(HOURS);
        double weekend = weekly ? 0.45 + 0.4 * random.nextDouble() : 1;
        double hourNoise = 0.02 + 0.05 * random.nextDouble();
        double dayNoise = 0.01 + 0.03 * random.nextDouble();
        double drift = 0.002 + 0.004 * random.nextDouble();
        double[] hours = new double[days * HOURS];
        double day = 0;
        double hour = 0;
        double trend = 0;
        for (int t = 0; t < hours.length; t++) {
            if (t % HOURS == 0) {
                day = DAY_KEPT * day + dayNoise * random.nextGaussian();
                trend += drift * random.nextGaussian();
            }
            hour = HOUR_KEPT * hour + hourNoise * random.nextGaussian();
            double shape = 1 + swing * Math.cos(2 * Math.PI * (t % HOURS - peak) / HOURS);
            hours[t] =
                    level * shape * (isWeekend(first.plusDays(t / HOURS)) ? weekend : 1) * Math.exp(day + hour + trend);
        }
        return new SeededSpend(first, weekly, hours);
    }

    /** The same, dearer by a share from an hour on. */
    SeededSpend steppedUp(int from, double share) {
        double[] stepped = IntStream.range(0, hours.length)
                .mapToDouble(t -> t < from ? hours[t] : hours[t] * (1 + share))
                .toArray();
        return new SeededSpend(first, weekly, stepped);
    }

    private static boolean isWeekend(LocalDate day) {
        return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
    }
}
