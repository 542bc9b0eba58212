package io.trimtab.forecast;

import java.time.Duration;
import java.time.Instant;

/**
 * What the pods of a workload that served used together, minute by minute, without what starting took.
 *
 * @param newest the moment of the last value
 * @param cores oldest first, at most two days; NaN is a gap
 * @param podStart how long its pods take from their creation until they are ready
 */
public record PastUse(Instant newest, double[] cores, Duration podStart) {
    public static final Duration STEP = Duration.ofMinutes(1);

    /** Two days of minutes: a day that is tried, and the same time of the day before. */
    public static final int MINUTES = 2880;

    /** Pods that take longer are not counted. */
    public static final Duration LONGEST_START = StartUp.LONGEST;
}
