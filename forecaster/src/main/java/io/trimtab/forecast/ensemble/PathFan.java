package io.trimtab.forecast.ensemble;

import java.util.Arrays;

/**
 * A path with quantiles as far below it as above.
 *
 * @param middle one value per step, the median
 * @param scale size of the errors at each step, not negative
 * @param errors magnitudes of past errors over their scale, ascending; empty: there were none, and the fan is the path
 * @param floor no quantile is below it: 0 when no value of the history was negative
 */
record PathFan(double[] middle, double[] scale, double[] errors, double floor) implements Fan {
    /** Half-widths at these coverages are widened by these factors: the past errors are those of a fit chosen by them. */
    private static final double[] COVERAGES = {0, 0.8, 0.95, 1};

    private static final double[] FACTORS = {1, 1.07, 1.18, 1.25};

    /** Few errors say little about the tails: the factor grows by this over their number. */
    private static final double FEW = 8;

    PathFan {
        if (middle.length != scale.length)
            throw new IllegalArgumentException(
                    "scale (%d) must have the path's length %d".formatted(scale.length, middle.length));
    }

    @Override
    public double quantile(double probability, int step) {
        double coverage = Math.abs(2 * Math.clamp(probability, 0, 1) - 1);
        double width = scale[step] * halfWidth(coverage);
        double value = probability < 0.5 ? middle[step] - width : middle[step] + width;
        return Math.clamp(value, floor, Double.MAX_VALUE);
    }

    @Override
    public String method() {
        return "weighted median of members";
    }

    private double halfWidth(double coverage) {
        if (errors.length == 0) return 0;
        double position = Math.clamp(coverage * (errors.length + 1) - 1, -1, errors.length - 1);
        int below = (int) Math.floor(position);
        double low = below < 0 ? 0 : errors[below];
        double high = errors[Math.min(below + 1, errors.length - 1)];
        int band = Arrays.binarySearch(COVERAGES, coverage);
        int right = Math.clamp(band < 0 ? -band - 1 : band, 1, COVERAGES.length - 1);
        double share = (coverage - COVERAGES[right - 1]) / (COVERAGES[right] - COVERAGES[right - 1]);
        double factor = FACTORS[right - 1] + share * (FACTORS[right] - FACTORS[right - 1]) + FEW / errors.length;
        return factor * (low + (position - below) * (high - low));
    }
}
