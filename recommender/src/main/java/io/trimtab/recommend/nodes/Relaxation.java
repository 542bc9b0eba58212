package io.trimtab.recommend.nodes;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.SingularMatrixException;

/**
 * Prices of a node's measures, under which no contents can be worth more than {@link #bound}: Lagrange's relaxation of the knapsack. The best prices are nearly
 * found by Newton's method on a smooth function that comes ever nearer to the bound. Any prices give a bound, so rounding harms nothing.
 *
 * @see "Kellerer, Pferschy, Pisinger: Knapsack Problems, 2004, chapter 9; Boyd, Vandenberghe: Convex Optimization, 2004, chapter 11"
 */
final class Relaxation {
    /** From the first smoothness to the last, relative to the node's worth. */
    private static final double SMOOTH = 0.1;

    private static final double ALMOST_SMOOTH = 0.01;
    private static final double SHARP = 2e-4;
    private static final double SHARPER = 0.25;
    /** At each smoothness: when the prices before are near, and when they are not. */
    private static final int STEPS = 3;

    private static final int STEPS_ANEW = 10;
    private static final double TO_THE_EDGE = 0.9;
    private static final int HALVINGS = 8;

    private final Knapsack knapsack;
    private final double scale;
    private final int measures;
    /** As parts of the node's worth. */
    private double[] prices;

    private final double[] worth;
    /** What a copy is worth more than the measures that it takes. */
    private final double[] surplus;

    /** Whether the prices were fitted to something like what is to come. */
    private boolean near;

    private double bound;

    Relaxation(Knapsack knapsack) {
        this.knapsack = knapsack;
        scale = knapsack.machine.worth();
        measures = knapsack.measures();
        prices = new double[measures];
        worth = new double[knapsack.size()];
        surplus = new double[knapsack.size()];
        Arrays.fill(prices, 1.0 / Math.max(1, measures));
    }

    /** Starts from prices that were near for another knapsack of the same machine. */
    Relaxation(Knapsack knapsack, double[] prices) {
        this(knapsack);
        if (prices.length != measures) return;
        this.prices = prices.clone();
        near = true;
    }

    /** Of each measure, to start another one from. */
    double[] prices() {
        return prices.clone();
    }

    /**
     * With the prices as they are, which is quick, and enough where the bound is low.
     *
     * @param byKind what a copy of each kind is worth, at least 0
     */
    void see(double[] byKind, Work work) {
        for (int i = 0; i < worth.length; i++) worth[i] = byKind[knapsack.kinds[i]];
        evaluate(prices);
        work.spend((long) measures * worth.length / 8 + 1);
    }

    /** Fits the prices to what was {@link #see seen}. */
    void fit(Work work) {
        boolean anew = !near;
        near = true;
        double[] before = prices.clone();
        for (double smooth = anew ? SMOOTH : ALMOST_SMOOTH; smooth >= SHARP; smooth *= SHARPER)
            for (int step = 0; step < (anew ? STEPS_ANEW : STEPS) && descend(smooth); step++)
                work.spend((long) measures * worth.length / 2 + 1);
        double[] after = prices;
        evaluate(before);
        double boundBefore = bound;
        evaluate(after);
        if (boundBefore < bound) evaluate(before);
    }

    double bound() {
        return bound;
    }

    double worth(int copy) {
        return worth[copy];
    }

    double surplus(int copy) {
        return surplus[copy];
    }

    /** As part of the node's worth. */
    double price(int measure) {
        return prices[measure];
    }

    double value(int[] counts) {
        double sum = 0;
        for (int i = 0; i < counts.length; i++) sum += counts[i] * worth[i];
        return sum;
    }

    private void evaluate(double[] some) {
        prices = some;
        bound = 0;
        for (double price : prices) bound += price * scale;
        for (int i = 0; i < worth.length; i++) {
            surplus[i] = surplus(i, prices) * scale;
            if (surplus[i] > 0) bound += surplus[i] * knapsack.most[i];
        }
    }

    private double surplus(int copy, double[] some) {
        double sum = worth[copy] / scale;
        double[] parts = knapsack.parts[copy];
        for (int measure = 0; measure < measures; measure++) sum -= some[measure] * parts[measure];
        return sum;
    }

    /** The bound made smooth, and infinite where a price is not above 0. */
    private double smoothed(double[] some, double smooth) {
        double sum = 0;
        for (double price : some) {
            if (price <= 0) return Double.POSITIVE_INFINITY;
            sum += price - smooth * Math.log(price);
        }
        for (int i = 0; i < worth.length; i++) {
            double ratio = surplus(i, some) / smooth;
            sum += knapsack.most[i] * smooth * (Math.max(0, ratio) + Math.log1p(Math.exp(-Math.abs(ratio))));
        }
        return sum;
    }

    /** One step of Newton's method; whether it got further down. */
    private boolean descend(double smooth) {
        double[] gradient = new double[measures];
        double[][] curvature = new double[measures][measures];
        for (int measure = 0; measure < measures; measure++) {
            gradient[measure] = 1 - smooth / prices[measure];
            curvature[measure][measure] = smooth / (prices[measure] * prices[measure]);
        }
        for (int i = 0; i < worth.length; i++) {
            double taken = 1 / (1 + Math.exp(-surplus(i, prices) / smooth));
            double bend = knapsack.most[i] * taken * (1 - taken) / smooth;
            double[] parts = knapsack.parts[i];
            for (int one = 0; one < measures; one++) {
                gradient[one] -= knapsack.most[i] * taken * parts[one];
                double bent = bend * parts[one];
                if (bent == 0) continue;
                for (int other = 0; other < measures; other++) curvature[one][other] += bent * parts[other];
            }
        }
        double[] step;
        try {
            step = new LUDecomposition(new Array2DRowRealMatrix(curvature, false))
                    .getSolver()
                    .solve(new ArrayRealVector(gradient, false))
                    .toArray();
        } catch (SingularMatrixException e) {
            return false;
        }
        double length = 1;
        for (int measure = 0; measure < measures; measure++)
            if (step[measure] > 0) length = Math.min(length, TO_THE_EDGE * prices[measure] / step[measure]);
        double before = smoothed(prices, smooth);
        for (int halving = 0; halving < HALVINGS; halving++, length /= 2) {
            double[] next = new double[measures];
            for (int measure = 0; measure < measures; measure++)
                next[measure] = prices[measure] - length * step[measure];
            if (!(smoothed(next, smooth) < before)) continue;
            prices = next;
            return true;
        }
        return false;
    }
}
