package io.trimtab.ingest.model;

import java.util.List;
import java.util.Optional;

/**
 * One workload as it is now, and all that has a say in it.
 *
 * @param workload empty where it is no more, or where it is a bare pod
 * @param owners above it, the nearest first
 * @param priority of its pods; empty where they name none
 * @param limitRanges of its namespace, likewise {@code quotas}
 * @param monitors that have its pods scraped, the one that counts most first
 * @param terminations of its containers, newest first
 */
public record WorkloadState(
        WorkloadId id,
        Optional<Workload> workload,
        List<WorkloadId> owners,
        List<Pod> pods,
        List<HorizontalAutoscaler> autoscalers,
        List<VerticalAutoscaler> verticalAutoscalers,
        List<DisruptionBudget> disruptionBudgets,
        List<VolumeClaim> volumeClaims,
        Optional<PriorityClass> priority,
        List<LimitRange> limitRanges,
        List<ResourceQuota> quotas,
        List<ScrapeMonitor> monitors,
        List<ContainerTermination> terminations) {
    public WorkloadState {
        owners = List.copyOf(owners);
        pods = List.copyOf(pods);
        autoscalers = List.copyOf(autoscalers);
        verticalAutoscalers = List.copyOf(verticalAutoscalers);
        disruptionBudgets = List.copyOf(disruptionBudgets);
        volumeClaims = List.copyOf(volumeClaims);
        limitRanges = List.copyOf(limitRanges);
        quotas = List.copyOf(quotas);
        monitors = List.copyOf(monitors);
        terminations = List.copyOf(terminations);
    }

    /** What a snapshot knows of it. */
    public static Optional<WorkloadState> of(
            ClusterSnapshot snapshot, WorkloadId id, List<ContainerTermination> terminations) {
        return snapshot.workloads().stream()
                .filter(workload -> workload.id().equals(id))
                .findFirst()
                .map(workload -> new WorkloadState(
                        id,
                        Optional.of(workload),
                        List.of(),
                        snapshot.pods().stream()
                                .filter(pod -> pod.owner().filter(id::equals).isPresent())
                                .toList(),
                        snapshot.autoscalers().stream()
                                .filter(autoscaler -> autoscaler.target().equals(id))
                                .toList(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        snapshot.limits().of(id.namespace()).ranges(),
                        snapshot.limits().of(id.namespace()).quotas(),
                        List.of(),
                        terminations));
    }
}
