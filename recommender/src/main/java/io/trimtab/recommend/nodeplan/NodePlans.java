package io.trimtab.recommend.nodeplan;

import io.trimtab.ingest.model.CapacityType;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.Node;
import io.trimtab.ingest.model.Pod;
import io.trimtab.recommend.consolidation.ConsolidationProblem;
import io.trimtab.recommend.consolidation.Consolidator;
import io.trimtab.recommend.feasible.Feasibility;
import io.trimtab.recommend.nodes.NodePlan;
import io.trimtab.recommend.nodes.NodePlanner;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Plans how a cluster's nodes become fewer or cheaper ones. The same snapshot has the same plan. */
public final class NodePlans {
    private NodePlans() {}

    /** What a node costs, USD per hour. */
    public interface Prices {
        BigDecimal price(Node node, CapacityType as);
    }

    /** Whether a pod ends with its node, and so moves nowhere. */
    public static boolean stays(Pod pod) {
        return pod.isDaemon() || pod.isStatic() || pod.deletedAt().isPresent();
    }

    /** Nodes of one shape have the same name of it, such as {@code m5.xlarge on-demand}. */
    public static String shape(Node node) {
        return AddableShapes.name(node);
    }

    /** @return empty where it is not known how many pods may be away at once */
    public static Optional<PlannedNodes> plan(ClusterSnapshot snapshot, Prices prices) {
        if (!snapshot.limitsKnown()) return Optional.empty();
        ConsolidationProblem problem = new ClusterReading(snapshot, prices).problem();
        List<NodePlanner.Load> loads = snapshot.pods().stream()
                .filter(Pod::occupiesNode)
                .map(pod -> new NodePlanner.Load(pod.id().toString(), Feasibility.counted(pod), pod.node(), stays(pod)))
                .toList();
        NodePlan repack = NodePlanner.plan(snapshot.nodes(), loads, node -> prices.price(node, node.capacityType()));
        return Optional.of(new PlannedNodes(problem, Consolidator.plan(problem), repack));
    }
}
