package io.trimtab.ingest.kubernetes;

import io.trimtab.ingest.model.ContainerTermination;
import io.trimtab.ingest.model.DisruptionBudget;
import io.trimtab.ingest.model.HorizontalAutoscaler;
import io.trimtab.ingest.model.LimitRange;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.PriorityClass;
import io.trimtab.ingest.model.ResourceQuota;
import io.trimtab.ingest.model.VerticalAutoscaler;
import io.trimtab.ingest.model.VolumeClaim;
import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.ingest.model.WorkloadState;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gathers what the watches know of one workload. */
final class States {
    private final WatchedKinds kinds;
    private final Snapshots snapshots;
    private final TerminationLog terminations;

    States(WatchedKinds kinds, Snapshots snapshots, TerminationLog terminations) {
        this.kinds = kinds;
        this.snapshots = snapshots;
        this.terminations = terminations;
    }

    Optional<WorkloadState> state(WorkloadId id) {
        List<WatchedPod> watched = kinds.pods.records(id.namespace()).stream()
                .filter(pod -> workloadOf(pod).equals(id))
                .sorted(Comparator.comparing(pod -> pod.pod().id()))
                .toList();
        List<Pod> pods = Ownership.pods(watched, snapshots.chain()::workload);
        Optional<Workload> workload = snapshots.workload(id, pods);
        List<ContainerTermination> ended = terminations.of(id);
        if (workload.isEmpty() && pods.isEmpty() && ended.isEmpty()) return Optional.empty();
        return Optional.of(new WorkloadState(
                id,
                workload,
                owners(id, watched),
                pods,
                kinds.autoscalers.records(id.namespace()).stream()
                        .filter(it -> it.target().equals(id))
                        .sorted(Comparator.comparing(HorizontalAutoscaler::name))
                        .toList(),
                kinds.verticalAutoscalers.records().stream()
                        .filter(it -> it.target().equals(id))
                        .sorted(Comparator.comparing(VerticalAutoscaler::name))
                        .toList(),
                kinds.disruptionBudgets.records(id.namespace()).stream()
                        .filter(budget -> pods.stream().anyMatch(budget::covers))
                        .sorted(Comparator.comparing(DisruptionBudget::name))
                        .toList(),
                claims(id.namespace(), watched),
                priority(watched),
                kinds.limitRanges.records(id.namespace()).stream()
                        .sorted(Comparator.comparing(LimitRange::name))
                        .toList(),
                kinds.quotas.records(id.namespace()).stream()
                        .sorted(Comparator.comparing(ResourceQuota::name))
                        .toList(),
                kinds.monitors.of(id.namespace(), podLabels(id, pods), kinds.services.records(id.namespace())),
                ended));
    }

    /** Of its template, also while it has no pods; of a kind that is not watched those of its pods. */
    private List<Map<String, String>> podLabels(WorkloadId id, List<Pod> pods) {
        return snapshots
                .template(id)
                .map(it -> List.of(it.podLabels()))
                .orElseGet(() -> pods.stream().map(Pod::labels).distinct().toList());
    }

    private WorkloadId workloadOf(WatchedPod pod) {
        return pod.controller()
                .map(snapshots.chain()::workload)
                .orElseGet(() -> Ownership.barePod(pod.pod().id()));
    }

    /** What stands above it; also above one that has no pods now, if its template is known. */
    private List<WorkloadId> owners(WorkloadId id, List<WatchedPod> pods) {
        Optional<ControllerRef> direct = snapshots
                .template(id)
                .flatMap(Owned::controller)
                .or(() ->
                        pods.stream().flatMap(pod -> pod.controller().stream()).findFirst());
        List<WorkloadId> chain = direct.map(snapshots.chain()::above).orElse(List.of()).stream()
                .map(ControllerRef::id)
                .toList();
        // Of a watched kind the chain begins above it, of others below; where nobody has read so far, nothing above is
        // known.
        if (kinds.workload(id).isPresent()) return chain;
        return chain.contains(id) ? chain.subList(chain.indexOf(id) + 1, chain.size()) : List.of();
    }

    private List<VolumeClaim> claims(String namespace, List<WatchedPod> pods) {
        return pods.stream()
                .flatMap(pod -> pod.claims().stream())
                .distinct()
                .sorted()
                .flatMap(name -> kinds.volumeClaims.record(namespace, name).stream())
                .toList();
    }

    private Optional<PriorityClass> priority(List<WatchedPod> pods) {
        return pods.stream()
                .map(WatchedPod::priorityClass)
                .filter(name -> !name.isEmpty())
                .findFirst()
                .flatMap(name -> kinds.priorityClasses.record("", name));
    }
}
