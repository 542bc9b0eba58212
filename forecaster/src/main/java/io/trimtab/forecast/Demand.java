package io.trimtab.forecast;

import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.WorkloadId;
import java.time.Instant;
import java.util.Optional;

/**
 * What one container of a workload will need, over all its pods.
 *
 * @param container as the workload's template declares it now
 * @param containersInPod how many containers the template has
 * @param pods how many pods of the workload run now
 * @param cpu in cores; empty without a sample
 * @param memory in bytes, of daily peaks; empty without a sample
 * @param meanCpuCores mean of the newest samples of the running pods, each at most 5 min old; empty without one
 */
public record Demand(
        WorkloadId workload,
        ContainerSpec container,
        int containersInPod,
        int pods,
        Optional<Distribution> cpu,
        Optional<Distribution> memory,
        Optional<Double> meanCpuCores,
        History history) {

    /**
     * What the demand was learned from.
     *
     * @param samples CPU samples seen, as the stock VPA counts them
     */
    public record History(Optional<Instant> firstSampleAt, Optional<Instant> lastSampleAt, long samples) {}
}
