package io.trimtab.recommend.pods;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import java.time.Duration;

/**
 * How requests are decided.
 *
 * @param minHistory less is not acted on
 * @param tolerance a request this near to its target, as a share of itself, stays
 */
public record PodPolicy(
        Duration minHistory,
        double tolerance,
        MilliCores minCpu,
        MilliCores maxCpu,
        Bytes minMemory,
        Bytes maxMemory,
        Limits limits) {
    /** A day of history, a band of 10 % as the stock VPA updater has it, and no bounds of one's own. */
    public static final PodPolicy DEFAULT = new PodPolicy(
            Duration.ofHours(24),
            0.10,
            MilliCores.ZERO,
            new MilliCores(Long.MAX_VALUE),
            Bytes.ZERO,
            new Bytes(Long.MAX_VALUE),
            new Limits.RequestsAndLimits());

    public PodPolicy {
        if (!(tolerance >= 0 && tolerance < 1))
            throw new IllegalArgumentException("tolerance (%s) must be in 0..1".formatted(tolerance));
    }
}
