package io.trimtab.forecast;

/** A distribution of demand, in the unit of its resource. */
public interface Distribution {
    /**
     * @param probability in 0..1; beyond acts as the nearer end
     * @return the end of the bucket in which the quantile lies, so that it covers it
     */
    double quantile(double probability);

    /** The share of demand, 0..1, that may exceed {@code amount}; never less than the share that does. */
    double shareAbove(double amount);
}
