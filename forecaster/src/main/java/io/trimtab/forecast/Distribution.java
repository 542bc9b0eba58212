package io.trimtab.forecast;

/** A distribution of demand, in the unit of its resource. */
public interface Distribution {
    /**
     * @param probability in 0..1; beyond acts as the nearer end
     * @return the end of the bucket in which the quantile lies, so that it covers it
     */
    double quantile(double probability);
}
