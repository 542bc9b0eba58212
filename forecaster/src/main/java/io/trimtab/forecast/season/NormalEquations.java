package io.trimtab.forecast.season;

import io.trimtab.forecast.regression.Products;
import java.util.Arrays;

/**
 * Weighted least squares of a series on its own past, kept as normal equations so that later rows are added to what is there:
 * the coefficients at nine origins cost little more than those at one.
 */
final class NormalEquations {
    /** The first fit only says what is an outlier: with so many rows that one of three is enough, it takes one of three. */
    private static final int FIRST_FIT_EVERY = 3;

    private static final int ENOUGH_ROWS_PER_LAG = 30;

    /** Below this share of the mean's square a variance is rounding. */
    private static final double ROUNDING = 1e-18;

    private final double[] values;
    private final int[] lags;
    private final double decay;
    private final Huber huber;
    private final Products products;
    private final double[][] rows;
    private int nextRow;

    private NormalEquations(double[] values, int[] lags, double decay, Huber huber) {
        this.values = values;
        this.lags = lags;
        this.decay = decay;
        this.huber = huber;
        products = new Products(lags.length + 2);
        rows = new double[Products.ROWS_AT_ONCE][lags.length + 2];
        nextRow = lags[lags.length - 1];
    }

    /**
     * @param lags ascending, at least one
     * @param decay weight of a row relative to the one after it
     * @param ridge of the first fit, which says what is an outlier
     * @param end the rows before it make the first fit
     */
    static NormalEquations robust(double[] values, int[] lags, double decay, double ridge, int end) {
        NormalEquations trusting = new NormalEquations(values, lags, decay, Huber.TRUSTING);
        boolean enough = end - trusting.nextRow > ENOUGH_ROWS_PER_LAG * lags.length;
        trusting.advanceTo(end, enough ? FIRST_FIT_EVERY : 1);
        double[] coefficients = trusting.solve(ridge);
        Huber huber = coefficients.length == 0 ? Huber.TRUSTING : Huber.of(coefficients, values, lags, end);
        return new NormalEquations(values, lags, decay, huber);
    }

    /** Adds the rows whose value lies before {@code end}; what was there decays with its age. */
    void advanceTo(int end) {
        advanceTo(end, 1);
    }

    private void advanceTo(int end, int every) {
        if (end <= nextRow) return;
        products.decay(Math.pow(decay, end - nextRow));
        double weight = Math.pow(decay, end - 1 - nextRow);
        double ageing = Math.pow(decay, every);
        for (int t = nextRow; t < end; t += rows.length * every) {
            for (int k = 0; k < rows.length; k++) {
                int row = t + k * every;
                if (row < end) fill(rows[k], row, Math.sqrt(weight * huber.trust(values, lags, row)));
                else Arrays.fill(rows[k], 0);
                weight /= ageing;
            }
            products.add(rows);
        }
        nextRow = end;
    }

    private void fill(double[] row, int t, double root) {
        row[0] = root;
        for (int i = 0; i < lags.length; i++) row[i + 1] = root * values[t - lags[i]];
        row[lags.length + 1] = root * values[t];
    }

    /**
     * @param ridge penalty on each slope, in units of the values' weighted variance
     * @return intercept and one slope per lag; empty when the rows so far decide nothing, as those of a constant series
     */
    double[] solve(double ridge) {
        double weight = products.weight();
        if (!(weight > 0)) return new double[0];
        double variance = products.variance();
        double mean = products.mean();
        if (!(variance > ROUNDING * mean * mean)) return new double[0];
        return products.solve(ridge * weight * variance);
    }
}
