package io.trimtab.recommend.replicas;

import java.util.List;
import java.util.Optional;

/**
 * All that a decision on one workload's replicas needs.
 *
 * @param currentReplicas the count asked for now; 0 switches scaling off
 * @param behavior empty for objects without one, which are scaled under the older rules
 * @param demand the first metric's past, for a forecast; empty for none
 */
public record ScalingInput(
        int currentReplicas,
        int minReplicas,
        int maxReplicas,
        List<ScalingMetric> metrics,
        List<PodSample> pods,
        Tolerance tolerance,
        Optional<Behavior> behavior,
        ScalingHistory history,
        Optional<PastDemand> demand) {
    public ScalingInput {
        metrics = List.copyOf(metrics);
        pods = List.copyOf(pods);
        if (currentReplicas < 0)
            throw new IllegalArgumentException("currentReplicas (%d) must be >= 0".formatted(currentReplicas));
        if (minReplicas < 0 || maxReplicas < Math.max(1, minReplicas)) {
            throw new IllegalArgumentException(
                    "replica bounds (%d..%d) are out of order".formatted(minReplicas, maxReplicas));
        }
        if (metrics.isEmpty()) throw new IllegalArgumentException("scaling needs at least one metric");
    }

    /** The tolerance in force: what the behavior says of a direction goes before the general one. */
    Tolerance effectiveTolerance() {
        return behavior.map(rules -> new Tolerance(
                        rules.scaleUp().tolerance().orElse(tolerance.up()),
                        rules.scaleDown().tolerance().orElse(tolerance.down())))
                .orElse(tolerance);
    }
}
