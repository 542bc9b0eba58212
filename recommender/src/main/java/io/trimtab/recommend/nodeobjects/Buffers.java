package io.trimtab.recommend.nodeobjects;

import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.Resources;
import io.trimtab.forecast.online.Level;
import io.trimtab.forecast.online.Outlook;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.HorizontalAutoscaler;
import io.trimtab.ingest.model.Node;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.headroom.Headroom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Room for the pods that autoscalers are expected to ask for while a node starts. */
final class Buffers {
    /** Those that an autoscaler which reads buffers finds a pod template in. */
    private static final Set<String> KINDS = Set.of("Deployment", "StatefulSet", "ReplicaSet");

    /** Cuts the pending pod-seconds by four fifths for half a percent of the cost (docs/nodes.md). */
    private static final Level LEVEL = Level.P95;

    /** What Kubernetes says that it is made for, over all workloads. */
    private static final int MOST_PODS = 150_000;

    private Buffers() {}

    static List<NodeObject.Buffer> of(ClusterSnapshot snapshot, Map<WorkloadId, Outlook> ahead) {
        Map<WorkloadId, Integer> most = new HashMap<>();
        for (HorizontalAutoscaler scaler : snapshot.autoscalers())
            most.merge(scaler.target(), Math.min(scaler.maxReplicas(), MOST_PODS), Math::min);
        Map<WorkloadId, String> pools = pools(snapshot);
        List<NodeObject.Buffer> buffers = new ArrayList<>();
        for (Workload workload : snapshot.workloads()) {
            Outlook outlook = ahead.get(workload.id());
            if (outlook == null || !KINDS.contains(workload.id().kind())) continue;
            double expected = outlook.maximum(LEVEL);
            int pods = Headroom.pods(workload.replicas(), expected, most.getOrDefault(workload.id(), MOST_PODS));
            if (pods == 0) continue;
            buffers.add(new NodeObject.Buffer(
                    workload.id(),
                    pools.getOrDefault(workload.id(), ""),
                    workload.replicas(),
                    expected,
                    NodeObjects.NODE_START,
                    pods,
                    room(workload, pods)));
        }
        return buffers;
    }

    private static Resources room(Workload workload, int pods) {
        Resources each = workload.requestedPerPod();
        return new Resources(
                each.cpu().times(pods),
                each.memory().times(pods),
                new GpuMilli(each.gpu().value() * pods));
    }

    /** Where most of a workload's pods are; of equally many the first by name. */
    private static Map<WorkloadId, String> pools(ClusterSnapshot snapshot) {
        Map<String, String> poolOf =
                snapshot.nodes().stream().collect(Collectors.toMap(Node::name, Node::pool, (one, _) -> one));
        Map<WorkloadId, Map<String, Integer>> counts = new HashMap<>();
        for (Pod pod : snapshot.pods())
            if (pod.occupiesNode() && pod.owner().isPresent())
                counts.computeIfAbsent(pod.owner().get(), _ -> new TreeMap<>())
                        .merge(poolOf.getOrDefault(pod.node().orElseThrow(), ""), 1, Integer::sum);
        Map<WorkloadId, String> pools = new HashMap<>();
        counts.forEach((workload, byPool) -> {
            int best = 0;
            for (Map.Entry<String, Integer> entry : byPool.entrySet()) {
                if (entry.getValue() <= best) continue;
                best = entry.getValue();
                pools.put(workload, entry.getKey());
            }
        });
        return pools;
    }
}
