package io.trimtab.recommend;

import io.trimtab.ingest.model.PolicyId;
import java.time.Instant;

/** Reasons for replica counts. Amounts that end in {@code Milli} are thousandths of the metric's unit. */
public sealed interface ReplicaReason extends Reason {
    /** Nothing scales this workload. */
    record NoAutoscaler() implements ReplicaReason {}

    /** The workload has been switched off: its count is 0. */
    record ScalingDisabled() implements ReplicaReason {}

    /** Why a metric cannot be evaluated. */
    enum MetricFailure {
        NO_PODS,
        NO_SAMPLES,
        MISSING_REQUEST,
        ZERO_REQUESTS,
        NO_VALUE
    }

    /** The metric cannot be evaluated; as long as one cannot, nothing is removed. */
    record MetricFailed(String metric, MetricFailure failure) implements ReplicaReason {}

    /** The measured utilisation proposes another count. */
    record UtilizationDiffers(int utilizationPercent, int targetPercent, int proposedReplicas)
            implements ReplicaReason {}

    /** The measured average for each pod proposes another count. */
    record AverageDiffers(String metric, long averageMilli, long targetMilli, int proposedReplicas)
            implements ReplicaReason {}

    /** The measured total proposes another count. */
    record ValueDiffers(String metric, long valueMilli, long targetMilli, int proposedReplicas)
            implements ReplicaReason {}

    /** The ratio of measured to target utilisation is within the tolerance. */
    record WithinTolerance(int utilizationPercent, int targetPercent, double tolerance) implements ReplicaReason {}

    /** The ratio of measured to target amount is within the tolerance. */
    record RatioWithinTolerance(String metric, double ratio, double tolerance) implements ReplicaReason {}

    /** With what is assumed for pods without a usable sample the change would turn round, so nothing changes. */
    record DirectionUncertain(String metric, double ratio, double ratioWithAssumed) implements ReplicaReason {}

    /** A recent recommendation inside the stabilization window holds the number. */
    record Stabilized(int proposedReplicas, int stabilizedReplicas) implements ReplicaReason {}

    /** No more may be added in this period. */
    record ScaleUpLimited(int wantedReplicas, int allowedReplicas) implements ReplicaReason {}

    /** No more may be removed in this period. */
    record ScaleDownLimited(int wantedReplicas, int allowedReplicas) implements ReplicaReason {}

    /** The number would be, or is, above the upper bound. */
    record AboveMaximum(int wantedReplicas, int maxReplicas) implements ReplicaReason {}

    /** The number would be, or is, below the lower bound. */
    record BelowMinimum(int wantedReplicas, int minReplicas) implements ReplicaReason {}

    /** The number would be, or is, above the upper bound of the policy. */
    record AbovePolicyMaximum(PolicyId policy, int wantedReplicas, int maxReplicas) implements ReplicaReason {}

    /** The number would be, or is, below the lower bound of the policy. */
    record BelowPolicyMinimum(PolicyId policy, int wantedReplicas, int minReplicas) implements ReplicaReason {}

    /**
     * The number would be, or is, below what the policy has scheduled for this time.
     *
     * @param schedule cron line and time zone
     * @param until when the floor ends
     */
    record BelowScheduledFloor(PolicyId policy, int wantedReplicas, int floor, String schedule, Instant until)
            implements ReplicaReason {}

    /** By the time that a new pod serves, more will be needed. */
    record ForecastHigher(double value, int reactiveReplicas, int predictedReplicas) implements ReplicaReason {}

    /**
     * As {@link ForecastHigher}, but a quota admits no more pods.
     *
     * @param allowedReplicas that it admits; what the metrics ask for may be more
     * @param entry such as {@code requests.cpu}
     */
    record ForecastBeyondQuota(double value, int predictedReplicas, int allowedReplicas, String quota, String entry)
            implements ReplicaReason {}

    /** As {@link ForecastHigher}, but the nodes carry no more pods, and nothing adds nodes. */
    record ForecastBeyondNodes(double value, int predictedReplicas, int allowedReplicas) implements ReplicaReason {}

    /** What will be needed by the time that a new pod serves is no more than what is needed now. */
    record ForecastNotHigher(double value, int reactiveReplicas, int predictedReplicas) implements ReplicaReason {}

    /**
     * Over the given past no forecast erred less than the last value, and none would have left fewer moments short of the target at little more pod-time.
     *
     * @param shortMoments that were short without a forecast
     */
    record ForecastNotBetter(int shortMoments) implements ReplicaReason {}

    /** Too few values to find out whether a forecast is any good. */
    record ForecastTooShort(int trials, int neededTrials) implements ReplicaReason {}

    /** Whether a forecast of this workload is any good is found out in one of the next rounds. */
    record ForecastNotTried() implements ReplicaReason {}

    /** The newest values, which the forecast starts from, are missing. */
    record ForecastWithoutValues() implements ReplicaReason {}

    /** What a pod can carry is not known, so a forecast says nothing about replicas. */
    record ForecastWithoutCapacity() implements ReplicaReason {}
}
