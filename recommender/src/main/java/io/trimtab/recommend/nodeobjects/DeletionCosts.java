package io.trimtab.recommend.nodeobjects;

import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.consolidation.ConsolidationPlan;
import io.trimtab.recommend.consolidation.ConsolidationPlan.Removal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which pods a scale-down should take first: those on nodes that go, the soonest first, so that fewer have to be moved. */
final class DeletionCosts {
    /** Whose pods a ReplicaSet deletes. */
    private static final Set<String> KINDS = Set.of("Deployment", "ReplicaSet");

    private DeletionCosts() {}

    static List<NodeObject.DeletionCost> of(ClusterSnapshot snapshot, ConsolidationPlan plan) {
        Map<String, Integer> waves = plan.remove().stream().collect(Collectors.toMap(Removal::node, Removal::wave));
        int last = waves.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        Map<WorkloadId, List<Pod>> byOwner = new TreeMap<>();
        for (Pod pod : snapshot.pods())
            if (pod.occupiesNode()
                    && pod.deletedAt().isEmpty()
                    && pod.owner().filter(id -> KINDS.contains(id.kind())).isPresent())
                byOwner.computeIfAbsent(pod.owner().get(), _ -> new ArrayList<>())
                        .add(pod);
        List<NodeObject.DeletionCost> costs = new ArrayList<>();
        byOwner.values().forEach(pods -> {
            // Where all go in one wave, or none goes, it does not matter which is deleted.
            if (pods.stream().map(pod -> wave(pod, waves)).distinct().count() < 2) return;
            for (Pod pod : pods) {
                int wave = wave(pod, waves);
                // A cost that somebody has set is theirs.
                if (wave == 0 || pod.annotations().containsKey(Pod.DELETION_COST)) continue;
                costs.add(new NodeObject.DeletionCost(pod.id(), pod.node().orElseThrow(), wave, wave - last - 1));
            }
        });
        return costs;
    }

    /** 0 where the pod's node stays. */
    private static int wave(Pod pod, Map<String, Integer> waves) {
        return waves.getOrDefault(pod.node().orElseThrow(), 0);
    }
}
