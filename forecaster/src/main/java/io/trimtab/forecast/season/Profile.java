package io.trimtab.forecast.season;

/**
 * The weighted mean of the same phase of earlier periods, plus a level that dies away: the mean error of that profile over the
 * newest short period.
 *
 * @param kept weight of a period relative to the one after it
 */
record Profile(Season season, double kept) implements Member {
    private static final double LEVEL_KEPT_PER_STEP = 0.97;

    @Override
    public double[][] paths(double[] values, int[] origins, int horizon) {
        double[][] paths = new double[origins.length][horizon];
        for (int k = 0; k < origins.length; k++) {
            int origin = origins[k];
            double level = 0;
            int seen = Math.min(season.shorter(), origin - 1);
            for (int t = origin - seen; t < origin; t++) level += (values[t] - before(values, t, origin)) / seen;
            for (int h = 0; h < horizon; h++) {
                level *= LEVEL_KEPT_PER_STEP;
                paths[k][h] = before(values, origin + h, origin) + level;
            }
        }
        return paths;
    }

    /** The profile of time t from values before both t and the origin. */
    private double before(double[] values, int t, int origin) {
        int step = Math.min(season.longer(), Math.max(1, origin - 1));
        int newest = t - step;
        while (newest >= origin) newest -= step;
        double sum = 0;
        double total = 0;
        double weight = 1;
        for (int u = newest; u >= 0; u -= step) {
            sum += weight * values[u];
            total += weight;
            weight *= kept;
        }
        return total > 0 ? sum / total : values[Math.min(t, origin - 1)];
    }
}
