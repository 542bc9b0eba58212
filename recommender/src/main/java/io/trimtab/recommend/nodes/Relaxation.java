package io.trimtab.recommend.nodes;

import java.util.Arrays;

/**
 * Prices of a node's measures, under which no contents can be worth more than {@link #bound}: Lagrange's relaxation of the knapsack, made small one measure at a
 * time. Any prices give a bound; these need not be the best.
 *
 * @see "Kellerer, Pferschy, Pisinger: Knapsack Problems, 2004, chapter 9"
 */
final class Relaxation {
    private static final double ENOUGH = 1e-6;

    private final Knapsack knapsack;
    private final double[] prices;
    private final double[] worth;
    /** What a copy is worth more than the measures that it takes. */
    private final double[] surplus;

    private double bound;

    Relaxation(Knapsack knapsack) {
        this.knapsack = knapsack;
        prices = new double[knapsack.measures()];
        worth = new double[knapsack.size()];
        surplus = new double[knapsack.size()];
        if (prices.length > 0) Arrays.fill(prices, knapsack.machine.worth() / prices.length);
    }

    /** @param byKind what a copy of each kind is worth, at least 0 */
    void fit(double[] byKind, int passes, Work work) {
        for (int i = 0; i < worth.length; i++) worth[i] = byKind[knapsack.kinds[i]];
        double before = Double.POSITIVE_INFINITY;
        evaluate();
        for (int pass = 0; pass < passes && bound < before - ENOUGH * knapsack.machine.worth(); pass++) {
            before = bound;
            for (int measure = 0; measure < prices.length; measure++) descend(measure);
            work.spend((long) prices.length * worth.length);
            evaluate();
        }
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

    double price(int measure) {
        return prices[measure];
    }

    double value(int[] counts) {
        double sum = 0;
        for (int i = 0; i < counts.length; i++) sum += counts[i] * worth[i];
        return sum;
    }

    private void evaluate() {
        bound = 0;
        for (double price : prices) bound += price;
        for (int i = 0; i < worth.length; i++) {
            surplus[i] = worth[i] - charge(i);
            if (surplus[i] > 0) bound += surplus[i] * knapsack.most[i];
        }
    }

    private double charge(int copy) {
        double sum = 0;
        double[] parts = knapsack.parts[copy];
        for (int measure = 0; measure < prices.length; measure++) sum += prices[measure] * parts[measure];
        return sum;
    }

    private record Break(double price, double slope) {}

    /** The price of one measure that makes the bound least while the others stay: where the copies that are worth it fill the node. */
    private void descend(int measure) {
        Break[] breaks = new Break[worth.length];
        int count = 0;
        for (int i = 0; i < worth.length; i++) {
            double part = knapsack.parts[i][measure];
            double rest = worth[i] - charge(i) + prices[measure] * part;
            if (part > 0 && rest > 0) breaks[count++] = new Break(rest / part, part * knapsack.most[i]);
        }
        Arrays.sort(breaks, 0, count, (a, b) -> Double.compare(b.price(), a.price()));
        double free = 1;
        prices[measure] = 0;
        for (int i = 0; i < count; i++) {
            free -= breaks[i].slope();
            if (free > 0) continue;
            prices[measure] = breaks[i].price();
            return;
        }
    }
}
