package io.trimtab.service.view;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One policy: what it allows, what it governs, and what became of it in the last round.
 *
 * @param id {@code ScalingPolicy shop/web} or {@code ClusterScalingPolicy base}
 * @param namespace empty text for a ClusterScalingPolicy
 * @param mode as it asks for
 * @param modeInForce no more than Trimtab's own
 * @param kinds empty: every kind
 * @param selector empty text: every workload
 * @param workloads how many it governs
 * @param recommendations how many changes are recommended for them
 * @param conditions Ready, Conflict and Paused
 */
public record PolicyView(
        String id,
        String kind,
        String namespace,
        String name,
        String mode,
        String modeInForce,
        List<String> kinds,
        String selector,
        int workloads,
        int recommendations,
        MoneyChange perMonth,
        List<ConditionView> conditions) {
    /**
     * @param status True or False
     * @param since null until the object's own status says so
     */
    public record ConditionView(
            String type,
            String status,
            String reason,
            String message,
            @Nullable Instant since) {}
}
