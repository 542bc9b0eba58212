package io.trimtab.forecast.spend;

import java.util.Arrays;
import java.util.Optional;

/**
 * The newest three hours of a spend beside what was to be expected of them: what the same hours of the four weeks before cost of the mean of the week before each, on the
 * level of the day before. It is compared with how far such three hours were off in the four weeks before.
 *
 * @param spent in an hour, on average of the three
 * @param expected likewise
 * @param excess over what was expected, as a share of it
 * @param limit of the usual: an excess above it is not
 */
public record SpendReading(double spent, double expected, double excess, double limit) {
    /** Hours that are looked at together: one alone is noise. */
    public static final int HOURS = 3;

    /** Hours of a history that lets something be said: a week for the mean, one for the season, and one of readings to compare with. */
    public static final int FEWEST = 3 * Season.WEEK + Season.DAY;

    /** In root mean squares of the past; set on the seeds 7,000,000 and up, where it found nine steps of ten with less than one false alarm a month. */
    private static final double UNUSUAL = 3.0;

    /** What is less is nobody's concern, however steady a spend is. */
    private static final double LEAST = 0.10;

    /**
     * @param history by the hour, oldest first; what is not finite is not known
     * @return empty while too little is known
     */
    public static Optional<SpendReading> newest(double[] history) {
        if (history.length < FEWEST) return Optional.empty();
        int last = history.length - 1;
        double[] relative = Season.relative(history);
        double now = excess(relative, last);
        if (!Double.isFinite(now)) return Optional.empty();
        double[] past = new double[4 * Season.WEEK];
        int count = 0;
        for (int t = Math.max(0, last - HOURS - past.length + 1); t <= last - HOURS; t++) {
            double before = excess(relative, t);
            if (Double.isFinite(before)) past[count++] = before;
        }
        if (count < Season.WEEK) return Optional.empty();
        double squares = Arrays.stream(past, 0, count).map(it -> it * it).sum();
        double limit = Math.max(LEAST, UNUSUAL * Math.sqrt(squares / count));
        double spent = Arrays.stream(history, last - HOURS + 1, history.length)
                .average()
                .orElseThrow();
        return Optional.of(new SpendReading(spent, spent / (1 + now), now, limit));
    }

    public boolean isUnusual() {
        return excess > limit;
    }

    /** Whether what was unusual is over; between both nothing changes, so that one is not told twice of the same. */
    public boolean isUsual() {
        return excess <= limit / 2;
    }

    /** Of the three hours that end with one; NaN where it is not known. */
    private static double excess(double[] relative, int last) {
        int first = last - HOURS + 1;
        if (first < Season.DAY) return Double.NaN;
        double level = level(relative, first);
        double sum = 0;
        for (int t = first; t <= last; t++) sum += relative[t];
        return sum / HOURS / level - 1;
    }

    /** Of the day before an hour, without its outliers; NaN where less than half of it is known. */
    private static double level(double[] relative, int first) {
        double[] day = Arrays.stream(relative, first - Season.DAY, first)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        if (day.length < Season.DAY / 2) return Double.NaN;
        int cut = day.length / 8;
        return Arrays.stream(day, cut, day.length - cut).average().orElseThrow();
    }

    /** What the same hours of earlier weeks let expect. */
    private static final class Season {
        static final int DAY = 24;
        static final int WEEK = 168;
        private static final int WEEKS = 4;

        /** An hour that costs next to nothing is compared with this part of its week's mean. */
        private static final double LEAST_PART = 0.05;

        private Season() {}

        /** Each hour over what its season lets expect; NaN where it is not known. */
        static double[] relative(double[] history) {
            double[] means = weekMeans(history);
            double[] relative = new double[history.length];
            for (int t = 0; t < history.length; t++) {
                double sum = 0;
                int count = 0;
                for (int week = 1; week <= WEEKS && t - week * WEEK >= WEEK; week++) {
                    double part = history[t - week * WEEK] / means[t - week * WEEK];
                    if (!Double.isFinite(part)) continue;
                    sum += part;
                    count++;
                }
                relative[t] = count == 0 ? Double.NaN : history[t] / (means[t] * Math.max(sum / count, LEAST_PART));
            }
            return relative;
        }

        /** Of the week before each hour; NaN where less than half of it is known. */
        private static double[] weekMeans(double[] history) {
            double[] sums = new double[history.length + 1];
            int[] counts = new int[history.length + 1];
            for (int t = 0; t < history.length; t++) {
                boolean known = Double.isFinite(history[t]);
                sums[t + 1] = sums[t] + (known ? history[t] : 0);
                counts[t + 1] = counts[t] + (known ? 1 : 0);
            }
            double[] means = new double[history.length];
            for (int t = 0; t < history.length; t++) {
                int from = Math.max(0, t - WEEK);
                int count = counts[t] - counts[from];
                means[t] = count < WEEK / 2 ? Double.NaN : (sums[t] - sums[from]) / count;
            }
            return means;
        }
    }
}
