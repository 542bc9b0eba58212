package io.trimtab.forecast.season;

/** One way to continue a series. */
interface Member {
    /**
     * @param values n finite values, oldest first, evenly spaced
     * @param origins ascending, each in 1..n: how many values a path may use
     * @return one path of {@code horizon} finite values for each origin
     */
    double[][] paths(double[] values, int[] origins, int horizon);
}
