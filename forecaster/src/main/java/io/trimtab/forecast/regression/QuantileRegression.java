package io.trimtab.forecast.regression;

import java.util.Arrays;

/**
 * A linear quantile: least squares, reweighted until the loss is that of the quantile.
 *
 * @see "Koenker, Bassett: Regression Quantiles, Econometrica 46, 1978; Schlossmacher, JASA 68, 1973 for the reweighting"
 */
public final class QuantileRegression {
    /** Residuals below this share of the mean magnitude count as that share. */
    private static final double SMOOTH = 0.01;

    /** Of the sum of weights, on standardised regressors. Held out, 0.01 to 0.2 do as well. */
    private static final double RIDGE = 0.05;

    private static final int ROUNDS_AT_FIRST = 20;
    private static final int ROUNDS_AGAIN = 8;

    private final double probability;
    private final int size;
    private final double[] centre;
    private final double[] spread;
    private double[] coefficients = new double[0];
    private final double[][] block;

    /** @param regressors how many, without the constant */
    public QuantileRegression(double probability, int regressors) {
        this.probability = probability;
        size = regressors + 2;
        centre = new double[size];
        spread = new double[size];
        block = new double[Products.ROWS_AT_ONCE][size];
    }

    public boolean fitted() {
        return coefficients.length > 0;
    }

    /**
     * @param rows the regressors
     * @param values what is to be explained
     * @param weights positive
     */
    public void fit(double[][] rows, double[] values, double[] weights) {
        // The old coefficients in the units of the regressors, so that they survive another centre and spread.
        double[] start = coefficients.length == 0 ? coefficients : plain();
        standardise(rows, values, weights);
        double[] fitted = start.length == 0 ? start : standardised(start);
        Products products = new Products(size);
        int rounds = fitted.length == 0 ? ROUNDS_AT_FIRST : ROUNDS_AGAIN;
        double[] residuals = new double[rows.length];
        for (int round = 0; round < rounds; round++) {
            double magnitude = residuals(rows, values, fitted, residuals);
            products.clear();
            double least = Math.max(SMOOTH * magnitude, Double.MIN_NORMAL);
            double total = 0;
            for (int i = 0; i < rows.length; i += block.length) {
                for (int k = 0; k < block.length; k++) {
                    if (i + k >= rows.length) {
                        Arrays.fill(block[k], 0);
                        continue;
                    }
                    double residual = residuals[i + k];
                    double weight = weights[i + k];
                    if (fitted.length > 0)
                        weight *= magnitude
                                * (residual > 0 ? probability : 1 - probability)
                                / Math.max(Math.abs(residual), least);
                    total += weight;
                    fill(block[k], rows[i + k], values[i + k], Math.sqrt(weight));
                }
                products.add(block);
            }
            double[] next = products.solve(RIDGE * total);
            if (next.length == 0) return;
            fitted = next;
        }
        coefficients = fitted;
    }

    private void fill(double[] into, double[] row, double value, double root) {
        into[0] = root;
        for (int j = 1; j < size - 1; j++) into[j] = root * (row[j - 1] - centre[j]) / spread[j];
        into[size - 1] = root * (value - centre[size - 1]) / spread[size - 1];
    }

    private double residuals(double[][] rows, double[] values, double[] fitted, double[] into) {
        if (fitted.length == 0) return 1;
        double sum = 0;
        for (int i = 0; i < rows.length; i++) {
            into[i] = (values[i] - centre[size - 1]) / spread[size - 1] - at(rows[i], fitted);
            sum += Math.abs(into[i]);
        }
        return Math.max(sum / rows.length, Double.MIN_NORMAL);
    }

    private double at(double[] row, double[] fitted) {
        double sum = fitted[0];
        for (int j = 1; j < size - 1; j++) sum += fitted[j] * (row[j - 1] - centre[j]) / spread[j];
        return sum;
    }

    private void standardise(double[][] rows, double[] values, double[] weights) {
        Arrays.fill(centre, 0);
        Arrays.fill(spread, 0);
        double total = 0;
        for (int i = 0; i < rows.length; i++) {
            total += weights[i];
            for (int j = 1; j < size; j++) centre[j] += weights[i] * (j < size - 1 ? rows[i][j - 1] : values[i]);
        }
        for (int j = 1; j < size; j++) centre[j] /= total;
        for (int i = 0; i < rows.length; i++) {
            for (int j = 1; j < size; j++) {
                double off = (j < size - 1 ? rows[i][j - 1] : values[i]) - centre[j];
                spread[j] += weights[i] * off * off;
            }
        }
        for (int j = 1; j < size; j++) {
            double root = Math.sqrt(spread[j] / total);
            spread[j] = root > 1e-9 * Math.abs(centre[j]) ? root : Math.max(Math.abs(centre[j]), 1);
        }
    }

    private double[] plain() {
        double[] plain = new double[size - 1];
        plain[0] = centre[size - 1] + spread[size - 1] * coefficients[0];
        for (int j = 1; j < size - 1; j++) {
            plain[j] = coefficients[j] * spread[size - 1] / spread[j];
            plain[0] -= plain[j] * centre[j];
        }
        return plain;
    }

    private double[] standardised(double[] plain) {
        double[] fitted = new double[size - 1];
        double constant = plain[0] - centre[size - 1];
        for (int j = 1; j < size - 1; j++) {
            fitted[j] = plain[j] * spread[j] / spread[size - 1];
            constant += plain[j] * centre[j];
        }
        fitted[0] = constant / spread[size - 1];
        return fitted;
    }

    /** The quantile at these regressors; a fit must have succeeded. */
    public double at(double[] row) {
        return centre[size - 1] + spread[size - 1] * at(row, coefficients);
    }
}
