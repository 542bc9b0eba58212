package io.trimtab.forecast;

import io.trimtab.forecast.groups.UsageGroups;
import io.trimtab.forecast.online.Accuracy;
import io.trimtab.forecast.online.Leak;
import io.trimtab.forecast.starts.StartUse;
import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.WorkloadId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What one container of a workload will need, over all its pods.
 *
 * @param container as the workload's template declares it now
 * @param containersInPod how many containers the template has
 * @param pods how many pods of the workload run now
 * @param cpu in cores; empty without a sample
 * @param memory in bytes, of daily peaks; empty without a sample
 * @param recent the newest two weeks by day
 * @param leak whether memory rises without end, as far as that is known
 * @param foreseen how good the forecasts of CPU were; empty where nobody judges them
 * @param cpuCoresNow the newest sample of each running pod, at most 5 min old; pods without one are absent
 * @param memoryBytesNow likewise, of memory
 * @param start what it uses while it starts; empty until some starts were seen
 * @param groups two groups of its pods that differ in CPU for good; empty where they are alike
 */
public record Demand(
        WorkloadId workload,
        ContainerSpec container,
        int containersInPod,
        int pods,
        Optional<Distribution> cpu,
        Optional<Distribution> memory,
        RecentDays recent,
        Optional<Leak> leak,
        Optional<Accuracy> foreseen,
        Map<PodId, Double> cpuCoresNow,
        Map<PodId, Double> memoryBytesNow,
        History history,
        Optional<StartUse> start,
        Optional<UsageGroups> groups) {
    public Demand {
        cpuCoresNow = Map.copyOf(cpuCoresNow);
        memoryBytesNow = Map.copyOf(memoryBytesNow);
    }

    /** Of a container whose starts nobody has seen, in pods that are alike. */
    public Demand(
            WorkloadId workload,
            ContainerSpec container,
            int containersInPod,
            int pods,
            Optional<Distribution> cpu,
            Optional<Distribution> memory,
            RecentDays recent,
            Optional<Leak> leak,
            Optional<Accuracy> foreseen,
            Map<PodId, Double> cpuCoresNow,
            Map<PodId, Double> memoryBytesNow,
            History history) {
        this(
                workload,
                container,
                containersInPod,
                pods,
                cpu,
                memory,
                recent,
                leak,
                foreseen,
                cpuCoresNow,
                memoryBytesNow,
                history,
                Optional.empty(),
                Optional.empty());
    }

    /** With what is known of its series. */
    Demand with(Optional<Leak> found, Optional<Accuracy> judged) {
        return new Demand(
                workload,
                container,
                containersInPod,
                pods,
                cpu,
                memory,
                recent,
                found,
                judged,
                cpuCoresNow,
                memoryBytesNow,
                history,
                start,
                groups);
    }

    /**
     * What the demand was learned from.
     *
     * @param samples CPU samples seen, as the stock VPA counts them
     */
    public record History(Optional<Instant> firstSampleAt, Optional<Instant> lastSampleAt, long samples) {}
}
