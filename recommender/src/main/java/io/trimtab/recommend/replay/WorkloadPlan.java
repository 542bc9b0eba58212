package io.trimtab.recommend.replay;

import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.WorkloadId;
import java.util.List;
import java.util.Optional;

/**
 * A workload as the generator made it up; never changes.
 *
 * @param replicas at the start; of a CronJob the pods of one run
 * @param containers the serving container first, then its sidecars
 * @param seed of everything random about this workload
 */
record WorkloadPlan(
        WorkloadId id,
        WorkloadKind kind,
        int replicas,
        List<ContainerSpec> containers,
        Load load,
        Footprint footprint,
        Timing timing,
        Optional<Scaling> scaling,
        long seed) {
    /**
     * CPU over time.
     *
     * @param peakMilli milli-cores at the usual peak: of all pods, or of one where {@link WorkloadKind#demandsPerPod}
     * @param floorShare the night's part of the peak, 0..1
     * @param peakHour the busiest hour of the day, UTC
     * @param weekendShare the weekend's part of a weekday, 0..1
     * @param noise standard deviation relative to the level
     * @param trendPerDay growth a day relative to the first day
     * @param requestCpuMillis milliseconds of CPU that one request costs
     */
    record Load(
            double peakMilli,
            double floorShare,
            double peakHour,
            double weekendShare,
            double noise,
            double trendPerDay,
            double requestCpuMillis) {}

    /** Memory of one pod: what it takes idle, what a full load adds, what leaks each hour. */
    record Footprint(double baseBytes, double loadBytes, double leakBytesPerHour) {}

    /**
     * @param startSeconds from placement to running (image pull)
     * @param readySeconds from running to ready
     * @param warmUpMilli CPU while it gets ready
     * @param everySeconds between two runs of a CronJob
     * @param offsetSeconds of its runs within that span
     * @param runSeconds how long a run takes when nothing holds it back
     */
    record Timing(
            int startSeconds,
            int readySeconds,
            double warmUpMilli,
            long everySeconds,
            long offsetSeconds,
            double runSeconds) {}

    /** A HorizontalPodAutoscaler's bounds and CPU target. */
    record Scaling(int minReplicas, int maxReplicas, int cpuUtilizationPercent) {}

    /** CPU at the usual peak of one pod, in milli-cores. */
    double podPeakMilli() {
        return kind.demandsPerPod() ? load.peakMilli() : load.peakMilli() / Math.max(1, replicas);
    }
}
