package io.trimtab.forecast;

import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.PodNames;
import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whose each pod is. One that is gone has no owner any more and is told by its name, so that a history from before a rollout counts: the
 * stock VPA takes it by the labels that its store has.
 */
final class PodOwners {
    /** Their pods' names say whose they are; those of other kinds may be anything. */
    private static final Set<String> KINDS = Set.of(
            "Deployment",
            "StatefulSet",
            "DaemonSet",
            "ReplicaSet",
            "ReplicationController",
            "Job",
            "CronJob",
            "Service",
            "Configuration");

    /** Of Knative's pods: the revision, {@code deployment}, the hash of its ReplicaSet, and the pod's own. */
    private static final int MOST_PARTS = 4;

    private final ClusterSnapshot snapshot;
    private final Map<PodId, Optional<WorkloadId>> owners = new HashMap<>();
    private final Map<String, List<Named>> byName = new HashMap<>();

    private record Named(WorkloadId workload, Pattern pods) {}

    PodOwners(ClusterSnapshot snapshot) {
        this.snapshot = snapshot;
        for (Pod pod : snapshot.pods()) owners.put(pod.id(), pod.owner());
    }

    /** Of a pod that is there, what its owner references say; of another one, the workload with the longest name that fits. */
    Optional<WorkloadId> owner(PodId pod) {
        return owners.computeIfAbsent(pod, this::byName);
    }

    private Optional<WorkloadId> byName(PodId pod) {
        if (byName.isEmpty())
            for (Workload workload : snapshot.workloads())
                if (KINDS.contains(workload.id().kind()))
                    byName.computeIfAbsent(
                                    key(workload.id().namespace(), workload.id().name()), _ -> new ArrayList<>())
                            .add(new Named(workload.id(), Pattern.compile(PodNames.of(workload.id()))));
        int end = pod.name().length();
        for (int part = 0; part < MOST_PARTS; part++) {
            end = pod.name().lastIndexOf('-', end - 1);
            if (end < 1) return Optional.empty();
            String stem = key(pod.namespace(), pod.name().substring(0, end));
            for (Named named : byName.getOrDefault(stem, List.of()))
                if (named.pods().matcher(pod.name()).matches()) return Optional.of(named.workload());
        }
        return Optional.empty();
    }

    private static String key(String namespace, String name) {
        return namespace + "/" + name;
    }
}
