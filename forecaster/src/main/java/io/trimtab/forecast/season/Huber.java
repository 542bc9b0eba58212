package io.trimtab.forecast.season;

import java.util.Arrays;

/**
 * How far a row of a regression is trusted: fully while its residual is within a bound, less the farther beyond.
 *
 * @param coefficients of a first fit: intercept, then slopes; empty trusts every row
 * @param bound of the residual's magnitude
 * @see "Huber: Robust Estimation of a Location Parameter, Annals of Mathematical Statistics 35, 1964"
 */
record Huber(double[] coefficients, double bound) {
    /** In median magnitudes of the first fit's residuals: about 2.7 standard deviations of a normal one. Held out: 3 to 6 do as well. */
    private static final double MEDIANS = 4;

    static final Huber TRUSTING = new Huber(new double[0], Double.POSITIVE_INFINITY);

    static Huber of(double[] coefficients, double[] values, int[] lags, int end) {
        int first = lags[lags.length - 1];
        double[] magnitudes = new double[end - first];
        for (int t = first; t < end; t++) magnitudes[t - first] = magnitude(coefficients, values, lags, t);
        Arrays.sort(magnitudes);
        double bound = MEDIANS * magnitudes[magnitudes.length / 2];
        return bound > 0 ? new Huber(coefficients, bound) : TRUSTING;
    }

    /** @return a weight in (0, 1] of the row that explains {@code values[t]} */
    double trust(double[] values, int[] lags, int t) {
        if (coefficients.length == 0) return 1;
        double magnitude = magnitude(coefficients, values, lags, t);
        return magnitude <= bound ? 1 : bound / magnitude;
    }

    private static double magnitude(double[] coefficients, double[] values, int[] lags, int t) {
        double fitted = coefficients[0];
        for (int i = 0; i < lags.length; i++) fitted += coefficients[i + 1] * values[t - lags[i]];
        return Math.abs(values[t] - fitted);
    }
}
