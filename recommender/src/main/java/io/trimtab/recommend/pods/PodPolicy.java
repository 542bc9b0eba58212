package io.trimtab.recommend.pods;

import java.time.Duration;

/**
 * How requests are decided in the cycle.
 *
 * @param minHistory nothing changes before so much has been seen
 * @param band a request this near to its target, as a share of the request, stays
 * @param byHour whether the CPU request may be that of the time of the week
 * @param startupBoost whether it is said what containers want while they start
 * @param followed whether what is recommended is done at once, at any time: only then it is
 */
public record PodPolicy(
        Bounds bounds,
        LimitRules limits,
        Duration minHistory,
        double band,
        AcceptedRisk risk,
        boolean byHour,
        boolean startupBoost,
        boolean followed) {
    public static final PodPolicy DEFAULT =
            new PodPolicy(Bounds.NONE, LimitRules.RATIO, Duration.ofHours(24), 0.1, AcceptedRisk.DEFAULT);

    /** One of which nobody knows whether it is followed. */
    public PodPolicy(Bounds bounds, LimitRules limits, Duration minHistory, double band, AcceptedRisk risk) {
        this(bounds, limits, minHistory, band, risk, true, true, false);
    }

    /** The same, of a workload whose recommendations are followed at once. */
    public PodPolicy thatIsFollowed() {
        return new PodPolicy(bounds, limits, minHistory, band, risk, byHour, startupBoost, true);
    }

    public PodPolicy {
        if (minHistory.isNegative())
            throw new IllegalArgumentException("minHistory (%s) must not be negative".formatted(minHistory));
        if (!(band >= 0 && band < 1)) throw new IllegalArgumentException("band (%s) must be in 0..1".formatted(band));
    }
}
