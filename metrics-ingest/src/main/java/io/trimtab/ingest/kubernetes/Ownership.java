package io.trimtab.ingest.kubernetes;

import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.PodPhase;
import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Puts pods under the workloads among their controllers. */
final class Ownership {
    private Ownership() {}

    static List<Pod> pods(Collection<WatchedPod> pods, Function<ControllerRef, WorkloadId> workload) {
        // Of each controller's pods the first asks for all.
        Map<ControllerRef, WorkloadId> known = new HashMap<>();
        return pods.stream()
                .map(it -> withOwner(it.pod(), it.controller().map(direct -> known.computeIfAbsent(direct, workload))))
                .toList();
    }

    /** Those that nothing controls. */
    static List<Workload> free(Collection<Owned<Workload>> between) {
        return between.stream()
                .filter(owned -> owned.controller().isEmpty())
                .map(Owned::record)
                .toList();
    }

    /**
     * The workloads of kinds that are not watched (an Argo Rollout, a Strimzi pod set), known by their pods alone: as many replicas as there
     * are pods that have not ended, unless their scale tells, and the containers of the newest.
     *
     * @param replicas that scales ask for, as far as they are known
     */
    static List<Workload> unwatched(Collection<Workload> known, List<Pod> pods, Map<WorkloadId, Integer> replicas) {
        Map<WorkloadId, List<Pod>> byOwner = new TreeMap<>();
        for (Pod pod : pods)
            pod.owner()
                    .ifPresent(owner -> byOwner.computeIfAbsent(owner, unseen -> new ArrayList<>())
                            .add(pod));
        known.forEach(workload -> byOwner.remove(workload.id()));
        return byOwner.entrySet().stream()
                .map(entry ->
                        fromPods(entry.getKey(), entry.getValue(), Optional.ofNullable(replicas.get(entry.getKey()))))
                .toList();
    }

    private static Workload fromPods(WorkloadId id, List<Pod> pods, Optional<Integer> replicas) {
        Comparator<Pod> byAge = Comparator.comparing(Pod::createdAt).thenComparing(Pod::id);
        Pod oldest = pods.stream().min(byAge).orElseThrow();
        Pod newest = pods.stream().max(byAge).orElseThrow();
        long running = pods.stream()
                .filter(pod -> pod.phase() != PodPhase.SUCCEEDED && pod.phase() != PodPhase.FAILED)
                .count();
        return new Workload(
                id,
                replicas.orElse(Math.toIntExact(running)),
                newest.containers(),
                newest.labels(),
                Map.of(),
                oldest.createdAt(),
                newest.scheduling(),
                0);
    }

    /** What a pod that nothing controls is called where a workload is asked for. */
    static WorkloadId barePod(PodId pod) {
        return new WorkloadId(pod.namespace(), "Pod", pod.name());
    }

    static Pod withOwner(Pod pod, Optional<WorkloadId> owner) {
        return new Pod(
                pod.id(),
                owner,
                pod.node(),
                pod.phase(),
                pod.containers(),
                pod.labels(),
                pod.annotations(),
                pod.createdAt(),
                pod.startedAt(),
                pod.readyAt(),
                pod.deletedAt(),
                pod.scheduling(),
                pod.uid());
    }
}
