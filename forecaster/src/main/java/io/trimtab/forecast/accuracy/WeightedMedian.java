package io.trimtab.forecast.accuracy;

/** The value with half of the weight on either side, interpolated between the two nearest. */
public final class WeightedMedian {
    private WeightedMedian() {}

    /**
     * @param values at least one; sorted here, together with their weights
     * @param weights not negative, at least one positive
     */
    public static double of(double[] values, double[] weights) {
        sortTogether(values, weights);
        double half = 0;
        for (double weight : weights) half += weight / 2;
        double before = 0;
        double previousCentre = 0;
        double previous = values[0];
        boolean first = true;
        for (int i = 0; i < values.length; i++) {
            if (weights[i] <= 0) continue;
            double centre = before + weights[i] / 2;
            if (centre >= half) {
                if (first) return values[i];
                double share = (half - previousCentre) / (centre - previousCentre);
                return previous + share * (values[i] - previous);
            }
            previousCentre = centre;
            previous = values[i];
            before += weights[i];
            first = false;
        }
        return previous;
    }

    /**
     * Step by step of what several members say at one origin.
     *
     * @param paths by member, then origin, then step
     * @param weights by member; not changed
     * @return {@code steps} values
     */
    public static double[] ofPaths(double[][][] paths, int origin, int steps, double[] weights) {
        double[] median = new double[steps];
        double[] values = new double[paths.length];
        double[] shares = new double[paths.length];
        for (int h = 0; h < steps; h++) {
            for (int m = 0; m < paths.length; m++) values[m] = paths[m][origin][h];
            System.arraycopy(weights, 0, shares, 0, shares.length);
            median[h] = of(values, shares);
        }
        return median;
    }

    /** By insertion: there are a dozen. */
    private static void sortTogether(double[] values, double[] weights) {
        for (int i = 1; i < values.length; i++) {
            double value = values[i];
            double weight = weights[i];
            int at = i;
            for (; at > 0 && values[at - 1] > value; at--) {
                values[at] = values[at - 1];
                weights[at] = weights[at - 1];
            }
            values[at] = value;
            weights[at] = weight;
        }
    }
}
