package io.trimtab.forecast.ensemble;

import io.trimtab.forecast.intermittent.Intermittent;
import java.util.Arrays;

/**
 * The same at each step, since nothing tells when the next demand comes.
 *
 * @param steps at least 1
 * @param exponent amounts are in units of its power of two
 */
record IntermittentFan(Intermittent demand, int steps, int exponent) implements Fan {
    @Override
    public double[] middle() {
        double[] middle = new double[steps];
        Arrays.fill(middle, outward(demand.mean()));
        return middle;
    }

    @Override
    public double quantile(double probability, int step) {
        return outward(demand.quantile(Math.clamp(probability, 0, 1)));
    }

    @Override
    public String method() {
        return "chance and size of intermittent demand";
    }

    private double outward(double amount) {
        return Math.min(Math.scalb(amount, exponent), Double.MAX_VALUE);
    }
}
