package io.trimtab.forecast.season;

import java.util.Arrays;

/**
 * A ridge regression of a value on values before it, continued step by step.
 *
 * @param difference 0, or the lag whose value is taken off first
 * @param lags in samples, ascending
 * @param decay weight of a row relative to the one after it
 * @param ridge penalty on the slopes in units of the weighted variance
 */
record Autoregression(int difference, int[] lags, double decay, double ridge) implements Member {
    /** How far a path of differences may go, in mean magnitudes. */
    private static final int MAGNITUDES = 8;

    @Override
    public double[][] paths(double[] values, int[] origins, int horizon) {
        double centre = difference > 0 ? 0 : mean(values, origins[0]);
        double[] series = lessened(values, centre);
        int first = origins[0] - difference;
        int[] used = fitting(first);
        // Too little is known for a fit: the season repeats, or the last value does.
        if (used.length == 0) return new SeasonalNaive(Math.max(1, difference)).paths(values, origins, horizon);
        double[][] paths = new double[origins.length][];
        NormalEquations equations = NormalEquations.robust(series, used, decay, ridge, first);
        for (int k = 0; k < origins.length; k++) {
            int known = origins[k] - difference;
            equations.advanceTo(known);
            double[] slopes = equations.solve(ridge);
            paths[k] =
                    slopes.length == 0 ? flat(series, known, horizon) : continued(series, known, horizon, used, slopes);
            integrate(paths[k], values, origins[k], centre);
        }
        return paths;
    }

    private static double mean(double[] values, int count) {
        double sum = 0;
        for (int t = 0; t < count; t++) sum += values[t];
        return sum / count;
    }

    /** The differences, or the values without the centre. */
    private double[] lessened(double[] values, double centre) {
        double[] series = new double[Math.max(0, values.length - difference)];
        for (int t = 0; t < series.length; t++)
            series[t] = values[t + difference] - (difference > 0 ? values[t] : centre);
        return series;
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
        Reach reach = reach(series, known);
        int longest = used[used.length - 1];
        double[] path = Arrays.copyOfRange(series, known - longest, known + horizon);
        for (int h = 0; h < horizon; h++) {
            double next = slopes[0];
            for (int i = 0; i < used.length; i++) next += slopes[i + 1] * path[longest + h - used[i]];
            path[longest + h] = reach.clamp(next);
        }
        return Arrays.copyOfRange(path, longest, longest + horizon);
    }

    private Reach reach(double[] series, int known) {
        if (difference == 0) return Reach.of(series, known);
        double magnitudes = 0;
        for (int t = 0; t < known; t++) magnitudes += Math.abs(series[t]);
        double most = MAGNITUDES * magnitudes / known;
        return new Reach(-most, most);
    }

    private void integrate(double[] path, double[] values, int origin, double centre) {
        for (int h = 0; h < path.length; h++) {
            if (difference == 0) path[h] += centre;
            else path[h] += h < difference ? values[origin - difference + h] : path[h - difference];
        }
    }
}
