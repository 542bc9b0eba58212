package io.trimtab.ingest.kubernetes;

import io.trimtab.ingest.model.Pod;
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

/** Puts pods under the workloads at the top of their owner references. */
final class Ownership {
    private final Map<WorkloadId, WorkloadId> above = new HashMap<>();

    /** @param between the kinds that stand between pods and what people write: ReplicaSets and Jobs */
    Ownership(Collection<Owned<Workload>> between) {
        for (Owned<Workload> owned : between) {
            owned.controller().ifPresent(controller -> above.put(owned.record().id(), controller));
        }
    }

    /** At most one step: what a ReplicaSet or a Job has above itself is what people scale. */
    WorkloadId top(WorkloadId direct) {
        return above.getOrDefault(direct, direct);
    }

    List<Pod> pods(Collection<Owned<Pod>> pods) {
        return pods.stream()
                .map(owned -> withOwner(owned.record(), owned.controller().map(this::top)))
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
     * are pods that have not ended, and the containers of the newest.
     */
    static List<Workload> unwatched(Collection<Workload> known, List<Pod> pods) {
        Map<WorkloadId, List<Pod>> byOwner = new TreeMap<>();
        for (Pod pod : pods)
            pod.owner()
                    .ifPresent(owner -> byOwner.computeIfAbsent(owner, unseen -> new ArrayList<>())
                            .add(pod));
        known.forEach(workload -> byOwner.remove(workload.id()));
        return byOwner.entrySet().stream()
                .map(entry -> fromPods(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Workload fromPods(WorkloadId id, List<Pod> pods) {
        Comparator<Pod> byAge = Comparator.comparing(Pod::createdAt).thenComparing(Pod::id);
        Pod oldest = pods.stream().min(byAge).orElseThrow();
        Pod newest = pods.stream().max(byAge).orElseThrow();
        long running = pods.stream()
                .filter(pod -> pod.phase() != PodPhase.SUCCEEDED && pod.phase() != PodPhase.FAILED)
                .count();
        return new Workload(
                id, Math.toIntExact(running), newest.containers(), newest.labels(), Map.of(), oldest.createdAt());
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
                pod.deletedAt());
    }
}
