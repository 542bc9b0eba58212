package io.trimtab.recommend.zero;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What one trigger's source said.
 *
 * @param name unique among the triggers; formulas use it
 * @param value in the source's unit; empty where there is none
 * @param failed consecutive reads that failed, the newest included; above 0 the value is not used
 * @param activationThreshold the trigger is active strictly above it
 * @param active overrides that comparison, for triggers that know it themselves, such as a cron window
 * @param fallsBack whether a fall-back may stand in for it; not for CPU and memory, whose pods are the source
 */
public record TriggerReading(
        String name,
        Target target,
        Optional<BigDecimal> value,
        int failed,
        BigDecimal activationThreshold,
        Optional<Boolean> active,
        boolean fallsBack) {
    public TriggerReading {
        if (failed < 0) throw new IllegalArgumentException("failed (%d) must be >= 0".formatted(failed));
    }

    boolean isRead() {
        return failed == 0 && value.isPresent();
    }

    boolean isActive() {
        return isRead() && active.orElseGet(() -> value.orElseThrow().compareTo(activationThreshold) > 0);
    }
}
