package io.trimtab.recommend;

/** Reasons for replica counts. */
public sealed interface ReplicaReason extends Reason {
    /** Nothing scales this workload. */
    record NoAutoscaler() implements ReplicaReason {}

    /** No pod has a sample of the metric. */
    record NoMetric() implements ReplicaReason {}

    /** The measured utilisation proposes another count. */
    record UtilizationDiffers(int utilizationPercent, int targetPercent, int proposedReplicas)
            implements ReplicaReason {}

    /** The ratio of measured to target is within the tolerance. */
    record WithinTolerance(int utilizationPercent, int targetPercent, double tolerance) implements ReplicaReason {}
}
