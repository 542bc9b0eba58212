package io.trimtab.recommend.pods;

import java.time.Duration;

/**
 * How requests are decided in the cycle.
 *
 * @param minHistory nothing changes before so much has been seen
 * @param band a request this near to its target, as a share of the request, stays
 */
public record PodPolicy(Bounds bounds, LimitRules limits, Duration minHistory, double band, AcceptedRisk risk) {
    public static final PodPolicy DEFAULT =
            new PodPolicy(Bounds.NONE, LimitRules.RATIO, Duration.ofHours(24), 0.1, AcceptedRisk.DEFAULT);

    public PodPolicy {
        if (minHistory.isNegative())
            throw new IllegalArgumentException("minHistory (%s) must not be negative".formatted(minHistory));
        if (!(band >= 0 && band < 1)) throw new IllegalArgumentException("band (%s) must be in 0..1".formatted(band));
    }
}
