package io.trimtab.forecast.ensemble;

/** A forecast with quantiles. They never cross and are always finite. */
public sealed interface Fan permits PathFan, IntermittentFan {
    /** One value per step: the median, or the mean of a demand that comes now and then, whose median is 0. */
    double[] middle();

    /**
     * @param probability in 0..1; beyond acts as the nearer end
     * @param step from 0: the one after the last value
     */
    double quantile(double probability, int step);

    /** How it was made, in words. */
    String method();
}
