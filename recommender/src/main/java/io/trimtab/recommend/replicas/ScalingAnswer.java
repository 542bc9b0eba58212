package io.trimtab.recommend.replicas;

import io.trimtab.recommend.ReplicaReason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How many replicas there should be.
 *
 * @param metrics one for each metric of the input, in its order; none when scaling is off
 * @param limitedBy the last step that changed the number; empty when what the metrics propose stands
 * @param reasons the first is the decisive one
 */
public record ScalingAnswer(
        int desiredReplicas,
        List<Measured> metrics,
        Optional<Limit> limitedBy,
        Optional<Predicted> predicted,
        List<ReplicaReason> reasons) {
    public ScalingAnswer {
        metrics = List.copyOf(metrics);
        reasons = List.copyOf(reasons);
        if (reasons.isEmpty()) throw new IllegalArgumentException("a scaling answer needs a reason");
    }

    /** The steps that can change what the metrics propose. */
    public enum Limit {
        TOLERANCE,
        STABILIZATION,
        SCALE_UP_POLICY,
        SCALE_DOWN_POLICY,
        MIN_REPLICAS,
        MAX_REPLICAS
    }

    /**
     * What one metric measured and proposes.
     *
     * @param utilizationPercent of the ready pods with samples, truncated; for targets in percent
     * @param averageMilli of the same pods in thousandths, truncated; for a total the share of each replica, rounded up
     * @param valueMilli the total, for targets that are totals
     * @param proposedReplicas empty when the metric could not be evaluated
     */
    public record Measured(
            Optional<Integer> utilizationPercent,
            Optional<Long> averageMilli,
            Optional<Long> valueMilli,
            Optional<Integer> proposedReplicas) {}

    /**
     * What the forecast says.
     *
     * @param value the first metric's total at that moment, in its unit; empty when the past is too short for a forecast
     * @param replicas that it needs; empty when that cannot be known
     * @param used whether it counted: only where it has been better than naive over the given values
     */
    public record Predicted(Instant at, Optional<Double> value, Optional<Integer> replicas, boolean used) {}
}
