package io.trimtab.forecast.season;

/** How far a path may go: beyond the range of what was seen lately by half of it. */
record Reach(double low, double high) {
    private static final double BEYOND = 0.5;

    /** The range is that of four weeks of hours, or of a comparable number of samples. */
    private static final int OVER = 672;

    /** @param known at least 1: how many of the values were seen */
    static Reach of(double[] values, int known) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int t = Math.max(0, known - OVER); t < known; t++) {
            low = Math.min(low, values[t]);
            high = Math.max(high, values[t]);
        }
        double beyond = BEYOND * (high - low);
        return new Reach(low - beyond, high + beyond);
    }

    double clamp(double value) {
        return Math.clamp(value, low, high);
    }
}
