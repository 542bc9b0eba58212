package io.trimtab.forecast.online;

import java.util.Arrays;
import java.util.Optional;

/**
 * A steady rise that is no part of the daily shape and that nothing before it explains, as memory that is never given back.
 *
 * @param sharePerHour by how much of its level the series rises each hour
 * @param hours since when, at least
 */
public record Leak(double sharePerHour, int hours) {
    private static final int DAY = 24;

    /** Shorter rises are ramps of ordinary days; longer ones are found from their newest part. */
    private static final int FEWEST_HOURS = 6;

    private static final int MOST_HOURS = 96;

    /** A rise must be so much steeper than any other of its length was; in the first days not many were seen. */
    private static final double STEEPER = 1.5;

    private static final double STEEPER_AT_FIRST = 3;

    /** What rises by more of its level each hour is load. */
    private static final double LARGEST_SHARE = 0.1;

    /** The rise over the mean size of what the line leaves; ordinary ramps bend. */
    private static final double STRAIGHT = 10;

    /** From end to end, of the level. */
    private static final double LEAST_RISE = 0.03;

    /**
     * @param hourly means, oldest first; NaN is a gap
     * @return empty where nothing leaks, or less than a day before it is known
     */
    public static Optional<Leak> find(double[] hourly) {
        int end = hourly.length;
        if (!newHigh(hourly)) return Optional.empty();
        double[] shapeless = withoutDay(hourly);
        double steeper = end < 2 * DAY + FEWEST_HOURS ? STEEPER_AT_FIRST : STEEPER;
        for (int hours = FEWEST_HOURS; hours <= Math.min(MOST_HOURS, end - DAY); hours++) {
            Line rise = Line.of(hourly, end - hours, hours);
            Line own = Line.of(shapeless, end - hours, hours);
            if (!(steep(rise) && steep(own) && keepsRising(shapeless, hours))) continue;
            double before = Math.max(steepest(shapeless, end - hours, hours), 0);
            boolean unlike = own.slope() > steeper * before
                    && own.rise() > LEAST_RISE * own.mean()
                    && rise.slope() > steeper * Math.max(0, steepest(hourly, end - hours, hours));
            if (unlike) return Optional.of(new Leak(rise.slope() / rise.mean(), hours));
        }
        return Optional.empty();
    }

    private static boolean steep(Line line) {
        return line.slope() > 0 && line.slope() < LARGEST_SHARE * line.mean() && line.rise() > STRAIGHT * line.left();
    }

    /** What leaks is not given back: no hour is below the one two before it, which noise alone would hardly lower so far. A slow one is as high as that where hours are kept in steps. */
    private static boolean keepsRising(double[] values, int hours) {
        for (int t = values.length - hours + 2; t < values.length; t++) if (!(values[t] >= values[t - 2])) return false;
        return true;
    }

    private static boolean newHigh(double[] hourly) {
        int end = hourly.length;
        if (end < DAY + FEWEST_HOURS) return false;
        double last = hourly[end - 1];
        for (int t = 0; t < end - 1; t++) if (hourly[t] >= last) return false;
        return last > 0;
    }

    /** Over the mean of the same hour of up to a week of days before; in the first two days there is no such shape. */
    private static double[] withoutDay(double[] hourly) {
        if (hourly.length < 2 * DAY + FEWEST_HOURS) return hourly;
        double[] shapeless = new double[hourly.length - DAY];
        for (int t = DAY; t < hourly.length; t++) {
            double sum = 0;
            int days = 0;
            for (int before = t - DAY; before >= 0 && days < 7; before -= DAY) {
                if (!(hourly[before] > 0)) continue;
                sum += hourly[before];
                days++;
            }
            shapeless[t - DAY] = days == 0 ? Double.NaN : hourly[t] / (sum / days);
        }
        double[] aligned = new double[hourly.length];
        Arrays.fill(aligned, 0, DAY, Double.NaN);
        System.arraycopy(shapeless, 0, aligned, DAY, shapeless.length);
        return aligned;
    }

    /** Of all runs of this length before the end; infinite when too few are known to tell. */
    private static double steepest(double[] values, int end, int hours) {
        double steepest = Double.NEGATIVE_INFINITY;
        int seen = 0;
        for (int start = 0; start + hours <= end; start++) {
            double slope = Line.of(values, start, hours).slope();
            if (Double.isNaN(slope)) continue;
            steepest = Math.max(steepest, slope);
            seen++;
        }
        return seen < DAY / 2 ? Double.POSITIVE_INFINITY : steepest;
    }

    /** Least squares over the hours; all NaN where there is a gap. */
    private record Line(double slope, double rise, double left, double mean) {
        static Line of(double[] values, int start, int count) {
            double mean = 0;
            for (int i = 0; i < count; i++) mean += values[start + i] / count;
            double centre = (count - 1) / 2.0;
            double products = 0;
            double squares = 0;
            double total = 0;
            for (int i = 0; i < count; i++) {
                double off = values[start + i] - mean;
                products += (i - centre) * off;
                squares += (i - centre) * (i - centre);
                total += off * off;
            }
            double slope = products / squares;
            double left = Math.max(0, total - slope * products);
            return new Line(slope, slope * count, Math.sqrt(left / (count - 2)), mean);
        }
    }
}
