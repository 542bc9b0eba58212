package io.trimtab.forecast.season;

import java.util.Arrays;

/**
 * A ridge regression of a value on values before it, continued step by step.
 *
 * @param logarithm of logarithms; all values must be positive then
 * @param difference 0, or the lag whose value is taken off first
 * @param lags in samples, ascending
 * @param decay weight of a row relative to the one after it
 * @param ridge penalty on the slopes in units of the weighted variance
 */
record Autoregression(boolean logarithm, int difference, int[] lags, double decay, double ridge) implements Member {
    /** How far a path may leave the range of what was seen lately, as a share of that range. */
    private static final double BEYOND = 0.5;

    /** How far a path of differences may go, in mean magnitudes. */
    private static final int MAGNITUDES = 8;

    /** The range is that of four weeks of hours, or of a comparable number of samples. */
    private static final int RANGE_OVER = 672;

    @Override
    public double[][] paths(double[] values, int[] origins, int horizon) {
        double[] level = logarithm ? Arrays.stream(values).map(Math::log).toArray() : values;
        double[] series = centred(level, origins[0]);
        double centre = difference > 0 ? 0 : level[0] - series[0];
        int first = origins[0] - difference;
        int[] used = fitting(first);
        double[][] paths = new double[origins.length][];
        if (used.length == 0) {
            for (int k = 0; k < origins.length; k++)
                paths[k] = integrated(new double[horizon], level, origins[k], lastLevel(level, origins[k]));
        } else {
            NormalEquations equations = NormalEquations.robust(series, used, decay, ridge, first);
            for (int k = 0; k < origins.length; k++) {
                int known = origins[k] - difference;
                equations.advanceTo(known);
                double[] slopes = equations.solve(ridge);
                double[] path = slopes.length == 0
                        ? flat(series, known, horizon)
                        : continued(series, known, horizon, used, slopes);
                paths[k] = integrated(path, level, origins[k], centre);
            }
        }
        return paths;
    }

    private double lastLevel(double[] level, int origin) {
        return difference > 0 ? 0 : level[origin - 1];
    }

    /** The differences, or the values without the mean of those before the first origin. */
    private double[] centred(double[] level, int first) {
        if (difference == 0) {
            double mean = Arrays.stream(level, 0, first).average().orElse(0);
            return Arrays.stream(level).map(value -> value - mean).toArray();
        }
        double[] differences = new double[Math.max(0, level.length - difference)];
        for (int t = 0; t < differences.length; t++) differences[t] = level[t + difference] - level[t];
        return differences;
    }

    /** The lags that leave at least twice as many rows as there are coefficients. */
    private int[] fitting(int known) {
        int count = lags.length;
        while (count > 0 && known - lags[count - 1] < 2 * (count + 1)) count--;
        return Arrays.copyOf(lags, count);
    }

    private static double[] flat(double[] series, int known, int horizon) {
        double[] path = new double[horizon];
        Arrays.fill(path, series[known - 1]);
        return path;
    }

    private double[] continued(double[] series, int known, int horizon, int[] used, double[] slopes) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        if (difference > 0) {
            high = MAGNITUDES
                    * Arrays.stream(series, 0, known).map(Math::abs).average().orElse(0);
            low = -high;
        } else {
            for (int t = Math.max(0, known - RANGE_OVER); t < known; t++) {
                low = Math.min(low, series[t]);
                high = Math.max(high, series[t]);
            }
            double beyond = BEYOND * (high - low);
            low -= beyond;
            high += beyond;
        }
        int longest = used[used.length - 1];
        double[] path = Arrays.copyOfRange(series, known - longest, known + horizon);
        for (int h = 0; h < horizon; h++) {
            double next = slopes[0];
            for (int i = 0; i < used.length; i++) next += slopes[i + 1] * path[longest + h - used[i]];
            path[longest + h] = Math.clamp(next, low, high);
        }
        return Arrays.copyOfRange(path, longest, longest + horizon);
    }

    private double[] integrated(double[] path, double[] level, int origin, double centre) {
        for (int h = 0; h < path.length; h++) {
            if (difference == 0) path[h] += centre;
            else path[h] += h < difference ? level[origin - difference + h] : path[h - difference];
        }
        return logarithm ? Arrays.stream(path).map(Math::exp).toArray() : path;
    }
}
