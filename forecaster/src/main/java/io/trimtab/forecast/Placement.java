package io.trimtab.forecast;

import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.WorkloadId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** On which pool of nodes each pod runs. One that was gone before anybody saw it counts for the pools that its workload's pods run on, as they are spread now. */
final class Placement {
    /** Samples of a pod may come after it is gone. */
    private static final Duration REMEMBERED = HistogramForecaster.FRESH.multipliedBy(2);

    private final Map<PodId, Seen> seen = new HashMap<>();
    private Map<WorkloadId, Map<String, Double>> spread = Map.of();

    private record Seen(Optional<String> pool, Instant at) {}

    void update(ClusterSnapshot snapshot) {
        Map<String, String> pools = NamespacesAndPools.poolsOfNodes(snapshot);
        Map<WorkloadId, Map<String, Double>> found = new HashMap<>();
        Map<WorkloadId, Integer> counts = new HashMap<>();
        for (Pod pod : snapshot.pods()) {
            if (!pod.occupiesNode()) continue;
            Optional<String> pool = NamespacesAndPools.pool(pod, pools);
            seen.put(pod.id(), new Seen(pool, snapshot.at()));
            pod.owner().ifPresent(owner -> {
                counts.merge(owner, 1, Integer::sum);
                pool.ifPresent(name ->
                        found.computeIfAbsent(owner, _ -> new HashMap<>()).merge(name, 1.0, Double::sum));
            });
        }
        found.forEach((owner, shares) -> shares.replaceAll((_, pods) -> pods / counts.getOrDefault(owner, 1)));
        spread = found;
        Instant oldest = snapshot.at().minus(REMEMBERED);
        seen.values().removeIf(one -> one.at().isBefore(oldest));
    }

    /** What part of a pod's use counts for which pool; at most 1 in sum. */
    Map<String, Double> shares(PodId pod, PodOwners owners) {
        Seen known = seen.get(pod);
        if (known != null) return known.pool().map(pool -> Map.of(pool, 1.0)).orElse(Map.of());
        return owners.owner(pod).map(this::spread).orElse(Map.of());
    }

    /** What part of a workload's pods runs on which pool; at most 1 in sum. */
    Map<String, Double> spread(WorkloadId workload) {
        return spread.getOrDefault(workload, Map.of());
    }
}
