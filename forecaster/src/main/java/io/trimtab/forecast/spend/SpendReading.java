package io.trimtab.forecast.spend;

import java.util.Arrays;
import java.util.Optional;

/**
 * The newest three hours of a spend beside what was to be expected of them: what the same hours of the four weeks before cost of the mean of the week before each, on the
 * level of the 24 hours before in which something was to be expected. It is compared with how far such three hours were off in the four weeks before. Of hours in which nothing
 * was to be expected and nothing was spent, as those of what sleeps at night or at weekends, nothing is said.
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
        Season season = Season.of(history);
        double now = excess(season, last);
        if (!Double.isFinite(now)) return Optional.empty();
        double[] past = new double[4 * Season.WEEK];
        int count = 0;
        for (int t = Math.max(0, last - HOURS - past.length + 1); t <= last - HOURS; t++) {
            double before = excess(season, t);
            if (Double.isFinite(before)) past[count++] = before;
        }
        if (count < Season.DAY) return Optional.empty();
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

    /** Of the three hours that end with one; NaN where nothing is known or nothing was to be expected of them. */
    private static double excess(Season season, int last) {
        int first = last - HOURS + 1;
        if (first < Season.DAY) return Double.NaN;
        double level = level(season, first);
        double sum = 0;
        int count = 0;
        for (int t = first; t <= last; t++) {
            if (season.slept[t]) continue;
            sum += season.relative[t];
            count++;
        }
        return count == 0 ? Double.NaN : sum / count / level - 1;
    }

    /** Of the newest 24 hours of a week before an hour in which something was to be expected, without outliers; NaN where less than half of as many are known. */
    private static double level(Season season, int first) {
        double[] day = new double[Season.DAY];
        int count = 0;
        for (int t = first - 1; t >= Math.max(0, first - Season.WEEK) && count < day.length; t--)
            if (season.expected[t] && Double.isFinite(season.relative[t])) day[count++] = season.relative[t];
        if (count < Season.DAY / 2) return Double.NaN;
        Arrays.sort(day, 0, count);
        int cut = count / 8;
        return Arrays.stream(day, cut, count - cut).average().orElseThrow();
    }

    /** What the same hours of earlier weeks let expect. */
    private static final class Season {
        static final int DAY = 24;
        static final int WEEK = 168;
        private static final int WEEKS = 4;

        /** An hour of less than this part of its week's mean costs next to nothing. */
        private static final double LEAST_PART = 0.05;

        /** Each hour over what its season lets expect; NaN where that is not known. */
        final double[] relative;

        /** Whether more than next to nothing was to be expected of an hour. */
        final boolean[] expected;

        /** Whether nothing was to be expected of an hour and nothing was spent. */
        final boolean[] slept;

        private Season(int hours) {
            relative = new double[hours];
            expected = new boolean[hours];
            slept = new boolean[hours];
        }

        static Season of(double[] history) {
            double[] means = weekMeans(history);
            Season season = new Season(history.length);
            for (int t = 0; t < history.length; t++) {
                double sum = 0;
                int count = 0;
                for (int week = 1; week <= WEEKS && t - week * WEEK >= WEEK; week++) {
                    double once = history[t - week * WEEK] / means[t - week * WEEK];
                    if (!Double.isFinite(once)) continue;
                    sum += once;
                    count++;
                }
                double part = sum / count;
                season.expected[t] = part >= LEAST_PART;
                season.slept[t] = part < LEAST_PART && history[t] <= LEAST_PART * means[t];
                season.relative[t] = history[t] / (means[t] * Math.max(part, LEAST_PART));
            }
            return season;
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
