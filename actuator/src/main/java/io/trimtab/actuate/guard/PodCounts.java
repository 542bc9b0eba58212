package io.trimtab.actuate.guard;

import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.WorkloadId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many pods occupy nodes, counted once for a snapshot: to count anew for each recommendation took most of a round over 30,000 pods.
 *
 * @param byOwner without the workloads that have none
 * @param all also those without an owner
 */
public record PodCounts(Map<WorkloadId, Integer> byOwner, int all) {
    public PodCounts {
        byOwner = Map.copyOf(byOwner);
    }

    public static PodCounts of(ClusterSnapshot snapshot) {
        List<Pod> pods = snapshot.pods().stream().filter(Pod::occupiesNode).toList();
        Map<WorkloadId, Integer> byOwner = new HashMap<>();
        for (Pod pod : pods) pod.owner().ifPresent(owner -> byOwner.merge(owner, 1, Integer::sum));
        return new PodCounts(byOwner, pods.size());
    }

    int of(WorkloadId workload) {
        return byOwner.getOrDefault(workload, 0);
    }
}
