package io.trimtab.recommend.plan;

import io.trimtab.cost.units.Resources;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.PodPhase;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.Recommendation;
import io.trimtab.recommend.nodes.NodePlanner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The pods as they would be after the recommendations; where requests of CPU follow the hours, at their highest of the day, so that there is room for all of it. */
final class After {
    private After() {}

    static List<NodePlanner.Load> loads(ClusterSnapshot snapshot, List<Recommendation> decided) {
        RecommendedRequests requests = RecommendedRequests.of(decided);
        Map<WorkloadId, Integer> scaled = new HashMap<>();
        for (Recommendation recommendation : decided)
            if (recommendation instanceof Recommendation.Scale scale) scaled.put(scale.workload(), scale.to());
        List<NodePlanner.Load> loads = new ArrayList<>();
        Map<WorkloadId, Integer> counted = new HashMap<>();
        Map<WorkloadId, NodePlanner.Load> example = new HashMap<>();
        for (Pod pod : snapshot.pods()) {
            boolean gone = pod.phase() == PodPhase.SUCCEEDED
                    || pod.phase() == PodPhase.FAILED
                    || pod.deletedAt().isPresent();
            if (gone) continue;
            Resources requested = requests.after(pod).stream()
                    .map(container -> container.requirements().requested())
                    .reduce(Resources.ZERO, Resources::plus);
            var load = new NodePlanner.Load(pod.id().toString(), requested, pod.node(), pod.isDaemon());
            int place = pod.owner()
                    .map(owner -> counted.merge(owner, 1, Integer::sum))
                    .orElse(0);
            int wanted = pod.owner()
                    .map(owner -> scaled.getOrDefault(owner, Integer.MAX_VALUE))
                    .orElse(Integer.MAX_VALUE);
            pod.owner().ifPresent(owner -> example.putIfAbsent(owner, load));
            if (place <= wanted) loads.add(load);
        }
        scaled.forEach((workload, wanted) -> {
            NodePlanner.Load like = example.get(workload);
            for (int i = counted.getOrDefault(workload, 0); like != null && i < wanted; i++) {
                loads.add(new NodePlanner.Load(workload + "+" + i, like.requested(), like.node(), false));
            }
        });
        return loads;
    }
}
