package io.trimtab.recommend.pods;

import java.time.Duration;

/**
 * How requests are decided in the cycle.
 *
 * @param minHistory nothing changes before so much has been seen
 * @param band a request this near to its target, as a share of the request, stays
 * @param acceptedOomPerWeek chance in 0..1 that a pod is killed for memory within 7 days
 */
public record PodPolicy(Bounds bounds, LimitRules limits, Duration minHistory, double band, double acceptedOomPerWeek) {
    public static final double ACCEPTED_OOM_PER_WEEK = 0.01;

    public static final PodPolicy DEFAULT =
            new PodPolicy(Bounds.NONE, LimitRules.RATIO, Duration.ofHours(24), 0.1, ACCEPTED_OOM_PER_WEEK);

    public PodPolicy {
        if (minHistory.isNegative())
            throw new IllegalArgumentException("minHistory (%s) must not be negative".formatted(minHistory));
        if (!(band >= 0 && band < 1)) throw new IllegalArgumentException("band (%s) must be in 0..1".formatted(band));
        if (!(acceptedOomPerWeek > 0 && acceptedOomPerWeek < 1))
            throw new IllegalArgumentException(
                    "acceptedOomPerWeek (%s) must be between 0 and 1".formatted(acceptedOomPerWeek));
    }
}
