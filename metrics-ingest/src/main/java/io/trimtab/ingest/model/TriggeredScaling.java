package io.trimtab.ingest.model;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a workload is scaled by triggers, as an object of the cluster asks for it.
 *
 * @param cooldown empty: learned from idle times
 * @param initialCooldown from the object's creation where the workload was never active
 * @param idleReplicas where an inactive workload rests, below {@code minReplicas}; empty: it rests at {@code minReplicas}
 * @param lastActive as the object's status remembers it
 * @param notSupported paths of fields that are set and that nothing here reads, each with what that means, one line each
 * @param sleep when the workload rests whatever its triggers say
 */
public record TriggeredScaling(
        Owner owner,
        WorkloadId target,
        Duration pollingInterval,
        Optional<Duration> cooldown,
        Duration initialCooldown,
        OptionalInt idleReplicas,
        int minReplicas,
        int maxReplicas,
        List<TriggerSpec> triggers,
        Optional<Fallback> fallback,
        Optional<Modifiers> modifiers,
        Map<String, String> annotations,
        Instant createdAt,
        Optional<Instant> lastActive,
        List<String> notSupported,
        List<SleepWindow> sleep) {
    public static final String SCALED_OBJECT = "ScaledObject";
    public static final Duration POLLING_INTERVAL = Duration.ofSeconds(30);
    public static final Duration COOLDOWN = Duration.ofMinutes(5);
    public static final int MAX_REPLICAS = 100;

    public TriggeredScaling {
        triggers = List.copyOf(triggers);
        annotations = Map.copyOf(annotations);
        notSupported = List.copyOf(notSupported);
        sleep = List.copyOf(sleep);
        if (!pollingInterval.isPositive())
            throw new IllegalArgumentException("spec.pollingInterval (%s) must be positive".formatted(pollingInterval));
        if (initialCooldown.isNegative()
                || cooldown.filter(Duration::isNegative).isPresent())
            throw new IllegalArgumentException("a cool-down of %s must not be negative".formatted(owner));
        if (minReplicas < 0 || maxReplicas < Math.max(1, minReplicas))
            throw new IllegalArgumentException(
                    "spec.minReplicaCount (%d) and spec.maxReplicaCount (%d) are out of order"
                            .formatted(minReplicas, maxReplicas));
        if (idleReplicas.isPresent() && (idleReplicas.getAsInt() < 0 || idleReplicas.getAsInt() >= minReplicas))
            throw new IllegalArgumentException("spec.idleReplicaCount (%d) must be >= 0 and below minReplicaCount (%d)"
                    .formatted(idleReplicas.getAsInt(), minReplicas));
    }

    /** One that never sleeps, as every ScaledObject. */
    public TriggeredScaling(
            Owner owner,
            WorkloadId target,
            Duration pollingInterval,
            Optional<Duration> cooldown,
            Duration initialCooldown,
            OptionalInt idleReplicas,
            int minReplicas,
            int maxReplicas,
            List<TriggerSpec> triggers,
            Optional<Fallback> fallback,
            Optional<Modifiers> modifiers,
            Map<String, String> annotations,
            Instant createdAt,
            Optional<Instant> lastActive,
            List<String> notSupported) {
        this(
                owner,
                target,
                pollingInterval,
                cooldown,
                initialCooldown,
                idleReplicas,
                minReplicas,
                maxReplicas,
                triggers,
                fallback,
                modifiers,
                annotations,
                createdAt,
                lastActive,
                notSupported,
                List.of());
    }

    /** What tells it from all others: one policy asks for many workloads. */
    public Id id() {
        return new Id(owner, target);
    }

    public TriggeredScaling withLastActive(Optional<Instant> other) {
        return new TriggeredScaling(
                owner,
                target,
                pollingInterval,
                cooldown,
                initialCooldown,
                idleReplicas,
                minReplicas,
                maxReplicas,
                triggers,
                fallback,
                modifiers,
                annotations,
                createdAt,
                other,
                notSupported,
                sleep);
    }

    /**
     * The object that asks.
     *
     * @param kind {@link #SCALED_OBJECT}, {@code ScalingPolicy} or {@code ClusterScalingPolicy}
     * @param namespace where what the triggers refer to is looked for; for a ClusterScalingPolicy the workload's
     */
    public record Owner(String kind, String namespace, String name) {
        /** {@code shop/ScaledObject/web}. */
        @Override
        public String toString() {
            return namespace + "/" + kind + "/" + name;
        }
    }

    /** Who asks, and for which workload. */
    public record Id(Owner owner, WorkloadId target) {}

    /** @param behavior as KEDA names it, such as {@code static} */
    public record Fallback(int failureThreshold, int replicas, String behavior) {}

    /** @param metricType {@code AverageValue} or {@code Value}; empty: AverageValue */
    public record Modifiers(
            String formula, BigDecimal target, BigDecimal activationTarget, Optional<String> metricType) {}
}
