package io.trimtab.recommend.feasible;

import io.trimtab.cost.units.Resources;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.Node;
import io.trimtab.ingest.model.NodePool;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Whether more nodes may come. A pool that nothing but its nodes' labels tell of may always grow. */
final class NodeGrowth {
    private NodeGrowth() {}

    static boolean possible(ClusterSnapshot snapshot) {
        Map<String, List<Node>> byPool = snapshot.nodes().stream()
                .filter(node -> !node.pool().isEmpty())
                .collect(Collectors.groupingBy(Node::pool));
        List<NodePool> known = snapshot.supply().pools();
        boolean unknown = byPool.keySet().stream()
                .anyMatch(name -> known.stream().noneMatch(pool -> pool.name().equals(name)));
        return unknown || known.stream().anyMatch(pool -> grows(pool, byPool.getOrDefault(pool.name(), List.of())));
    }

    /** One whose size is set and which has no maximum is somebody's own to grow. */
    private static boolean grows(NodePool pool, List<Node> nodes) {
        boolean larger = pool.maxSize()
                .map(most -> nodes.size() < most)
                .orElse(pool.replicas().isEmpty());
        Resources capacity = nodes.stream().map(Node::capacity).reduce(Resources.ZERO, Resources::plus);
        boolean cpuLeft = pool.limits()
                .cpu()
                .map(limit -> capacity.cpu().compareTo(limit) < 0)
                .orElse(true);
        boolean memoryLeft = pool.limits()
                .memory()
                .map(limit -> capacity.memory().compareTo(limit) < 0)
                .orElse(true);
        return larger && cpuLeft && memoryLeft;
    }
}
