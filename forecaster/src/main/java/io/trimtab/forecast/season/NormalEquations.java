package io.trimtab.forecast.season;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.NonPositiveDefiniteMatrixException;

/**
 * Weighted least squares of a series on its own past, kept as normal equations so that later rows are added to what is there:
 * the coefficients at nine origins cost little more than those at one. Sums of products are loops of our own, four rows at a time
 * (bin/trimtab bench Season); the equations are solved by the library.
 */
final class NormalEquations {
    private static final int ROWS_AT_ONCE = 4;

    /** Below this share of the mean's square a variance is rounding. */
    private static final double ROUNDING = 1e-18;

    private final double[] values;
    private final int[] lags;
    private final double decay;
    private final Huber huber;

    /** Upper triangle of the products of 1, the lagged values and, last, the value itself. */
    private final double[][] products;

    private final double[][] rows;
    private int nextRow;

    private NormalEquations(double[] values, int[] lags, double decay, Huber huber) {
        this.values = values;
        this.lags = lags;
        this.decay = decay;
        this.huber = huber;
        int size = lags.length + 2;
        products = new double[size][size];
        rows = new double[ROWS_AT_ONCE][size];
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
        trusting.advanceTo(end);
        double[] coefficients = trusting.solve(ridge);
        if (coefficients.length == 0) return trusting;
        return new NormalEquations(values, lags, decay, Huber.of(coefficients, values, lags, end));
    }

    /** Adds the rows whose value lies before {@code end}; what was there decays with its age. */
    void advanceTo(int end) {
        if (end <= nextRow) return;
        double aged = Math.pow(decay, end - nextRow);
        for (double[] line : products) for (int j = 0; j < line.length; j++) line[j] *= aged;
        double weight = Math.pow(decay, end - 1 - nextRow);
        for (int t = nextRow; t < end; t += ROWS_AT_ONCE) {
            for (int k = 0; k < ROWS_AT_ONCE; k++) {
                if (t + k < end) fill(rows[k], t + k, Math.sqrt(weight * huber.trust(values, lags, t + k)));
                else Arrays.fill(rows[k], 0);
                weight /= decay;
            }
            add();
        }
        nextRow = end;
    }

    private void fill(double[] row, int t, double root) {
        row[0] = root;
        for (int i = 0; i < lags.length; i++) row[i + 1] = root * values[t - lags[i]];
        row[lags.length + 1] = root * values[t];
    }

    private void add() {
        double[] a = rows[0];
        double[] b = rows[1];
        double[] c = rows[2];
        double[] d = rows[3];
        for (int i = 0; i < a.length; i++) {
            double[] line = products[i];
            double ai = a[i];
            double bi = b[i];
            double ci = c[i];
            double di = d[i];
            for (int j = i; j < line.length; j++) line[j] += ai * a[j] + bi * b[j] + ci * c[j] + di * d[j];
        }
    }

    /**
     * @param ridge penalty on each slope, in units of the values' weighted variance
     * @return intercept and one slope per lag; empty when the rows so far decide nothing, as those of a constant series
     */
    double[] solve(double ridge) {
        int size = lags.length + 1;
        double total = products[0][0];
        double mean = products[0][size] / total;
        double variance = products[size][size] / total - mean * mean;
        if (!(total > 0) || !(variance > ROUNDING * mean * mean)) return new double[0];
        double[][] left = new double[size][size];
        double[] right = new double[size];
        for (int i = 0; i < size; i++) {
            for (int j = i; j < size; j++) left[i][j] = left[j][i] = products[i][j];
            if (i > 0) left[i][i] += ridge * total * variance;
            right[i] = products[i][size];
        }
        try {
            return new CholeskyDecomposition(new Array2DRowRealMatrix(left, false), 1e-9, 0)
                    .getSolver()
                    .solve(new ArrayRealVector(right, false))
                    .toArray();
        } catch (NonPositiveDefiniteMatrixException singular) {
            return new double[0];
        }
    }
}
