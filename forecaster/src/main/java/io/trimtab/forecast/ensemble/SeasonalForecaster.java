package io.trimtab.forecast.ensemble;

import io.trimtab.forecast.accuracy.WeightedMedian;
import io.trimtab.forecast.accuracy.Weights;
import io.trimtab.forecast.intermittent.Intermittent;
import io.trimtab.forecast.season.Members;
import io.trimtab.forecast.season.Season;
import java.util.Arrays;

/**
 * Continues an evenly spaced series that has seasons: the weighted median of {@link Members}, with bounds from the errors of the
 * same ensemble at up to eight past origins, each of which knew only what preceded it. A demand that comes now and then, and of which
 * nothing tells when, is {@link Intermittent}.
 *
 * @see "docs/forecasting.md: method, sources, measured accuracy"
 */
public final class SeasonalForecaster {
    /** What is looked at, as floats: 40 days of hours in less than 4 KiB. */
    public static final int NEWEST_VALUES = 960;

    /** A long season is looked at so many times, where that is more. */
    private static final int NEWEST_SEASONS = 4;

    private static final int PAST_ORIGINS = 8;

    /** Weight of a member: exp(-this x (its error over the best member's - 1)). Held out, 0.5 to 1.5 do as well. */
    private static final double SHARPNESS = 1;

    private SeasonalForecaster() {}

    /**
     * @param history oldest first, evenly spaced; a value that is not finite is a gap and repeats the value before it
     * @param horizon steps, at least 1
     * @return finite for every finite history; a constant history is continued with bounds of no width
     * @throws IllegalArgumentException if no value is finite or the horizon is not positive
     */
    public static Fan forecast(double[] history, int horizon, Season season) {
        if (horizon < 1) throw new IllegalArgumentException("horizon (%d) must be >= 1".formatted(horizon));
        double[] filled = filled(history);
        if (filled.length == 0)
            throw new IllegalArgumentException(
                    "the history (%d values) has no finite value; nothing can be continued".formatted(history.length));
        int kept = Math.max(NEWEST_VALUES, Math.multiplyExact(NEWEST_SEASONS, season.longer()));
        double[] newest = Arrays.copyOfRange(filled, Math.max(0, filled.length - kept), filled.length);
        boolean negative = Arrays.stream(newest).anyMatch(value -> value < 0);
        // In units of a power of two near the largest magnitude no sum overflows.
        int exponent =
                Math.getExponent(Arrays.stream(newest).map(Math::abs).max().orElse(0)) + 1;
        double[] values = Arrays.stream(newest)
                .map(value -> (float) Math.scalb(value, -exponent))
                .toArray();
        return fan(values, horizon, season, exponent, negative);
    }

    private static double finite(double value, int exponent, boolean negative) {
        double scaled = Math.scalb(value, exponent);
        return Math.clamp(scaled, negative ? -Double.MAX_VALUE : 0, Double.MAX_VALUE);
    }

    private static double[] filled(double[] history) {
        double[] filled = new double[history.length];
        int count = 0;
        for (double value : history) {
            if (Double.isFinite(value)) filled[count++] = value;
            else if (count > 0) filled[count++] = filled[count - 2];
        }
        return Arrays.copyOf(filled, count);
    }

    private static Fan fan(double[] values, int horizon, Season season, int exponent, boolean negative) {
        int[] past = pastOrigins(values.length, horizon, season);
        int[] origins = Arrays.copyOf(past, past.length + 1);
        origins[past.length] = values.length;
        double[][][] paths = Members.paths(values, origins, horizon, season);
        int seenSteps = past.length == 0 ? 0 : Math.min(horizon, values.length - past[past.length - 1]);
        double[] weights = weights(paths, values, past, seenSteps);
        double[] middle = WeightedMedian.ofPaths(paths, past.length, horizon, weights);
        if (past.length == 0) return alone(middle, exponent, negative);
        double[][] errors = new double[past.length][seenSteps];
        for (int k = 0; k < past.length; k++) {
            double[] path = WeightedMedian.ofPaths(paths, k, seenSteps, weights);
            for (int h = 0; h < seenSteps; h++) errors[k][h] = Math.abs(values[past[k] + h] - path[h]);
        }
        if (Intermittent.fits(values, past, errors))
            return new IntermittentFan(Intermittent.of(values, values.length), horizon, exponent);
        Scale scale = Scale.of(errors, past, season);
        double[] relative = new double[past.length * seenSteps];
        for (int k = 0; k < past.length; k++) {
            for (int h = 0; h < seenSteps; h++) {
                double unit = scale.at(past[k] + h, h);
                relative[k * seenSteps + h] = unit > 0 ? errors[k][h] / unit : 0;
            }
        }
        Arrays.sort(relative);
        double[] units = new double[horizon];
        for (int h = 0; h < horizon; h++) units[h] = scale.at(values.length + h, h);
        return outward(middle, units, relative, exponent, negative);
    }

    private static Fan outward(double[] middle, double[] units, double[] relative, int exponent, boolean negative) {
        return new PathFan(
                Arrays.stream(middle)
                        .map(value -> finite(value, exponent, negative))
                        .toArray(),
                Arrays.stream(units)
                        .map(value -> finite(value, exponent, false))
                        .toArray(),
                relative,
                negative ? -Double.MAX_VALUE : 0);
    }

    /** One value says nothing about errors: as wide as the value is large. */
    private static Fan alone(double[] middle, int exponent, boolean negative) {
        return outward(middle, Arrays.stream(middle).map(Math::abs).toArray(), new double[] {1}, exponent, negative);
    }

    /** Ascending; with a long history each is followed by a whole horizon, a short period apart; with a short one they are closer. */
    private static int[] pastOrigins(int known, int horizon, Season season) {
        int window = Math.min(horizon, Math.max(1, known / 3));
        int newest = known - window;
        int least = Math.max(1, known / 3);
        int stride = Math.clamp((newest - least) / PAST_ORIGINS, 1, season.shorter());
        int count = Math.clamp((newest - least) / stride + 1, 0, PAST_ORIGINS);
        int[] origins = new int[count];
        for (int k = 0; k < count; k++) origins[k] = newest - (count - 1 - k) * stride;
        return origins;
    }

    private static double[] weights(double[][][] paths, double[] values, int[] past, int steps) {
        double[] losses = new double[paths.length];
        for (int m = 0; m < paths.length; m++) {
            for (int k = 0; k < past.length; k++)
                for (int h = 0; h < steps; h++) losses[m] += Math.abs(values[past[k] + h] - paths[m][k][h]);
        }
        return Weights.of(losses, SHARPNESS);
    }
}
