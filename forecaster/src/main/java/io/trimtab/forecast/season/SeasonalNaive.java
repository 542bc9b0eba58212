package io.trimtab.forecast.season;

/** Repeats the last full period. */
record SeasonalNaive(int period) implements Member {
    @Override
    public double[][] paths(double[] values, int[] origins, int horizon) {
        double[][] paths = new double[origins.length][horizon];
        for (int k = 0; k < origins.length; k++) {
            int step = Math.min(period, origins[k]);
            for (int h = 0; h < horizon; h++) paths[k][h] = values[origins[k] - step + h % step];
        }
        return paths;
    }
}
