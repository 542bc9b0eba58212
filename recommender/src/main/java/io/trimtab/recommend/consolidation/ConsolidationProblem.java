package io.trimtab.recommend.consolidation;

import io.trimtab.recommend.nodes.NodeShape;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The nodes that run and what may be added; kept in the order of names, so that no decision depends on the order given.
 *
 * @param terms what is asked for
 * @param allowed how many pods of each disruption budget may be away at once
 * @param shapes that may be added
 * @param pools by name: those that say themselves how their nodes may go
 */
public record ConsolidationProblem(
        Instant now,
        Terms terms,
        List<ClusterNode> nodes,
        Map<String, Integer> allowed,
        List<NodeShape> shapes,
        Map<String, PoolTerms> pools) {
    /** Who decides. */
    public enum Policy {
        TRIMTAB,
        CLUSTER_AUTOSCALER,
        KARPENTER
    }

    /**
     * @param threshold share of a node's requests below which the Cluster Autoscaler looks at it
     * @param ignoreDaemonSets whether that share leaves daemons out
     * @param spotToSpot whether a spot node may be replaced by another
     * @param consolidateAfter how long a node's pods must have stayed as they are, where its pool does not say it; likewise {@code budgets}
     * @param budgets for all such nodes together; where there is none a tenth goes at once
     */
    public record Terms(
            Policy policy,
            double threshold,
            boolean ignoreDaemonSets,
            boolean spotToSpot,
            Duration consolidateAfter,
            List<NodeBudget> budgets) {
        public Terms {
            if (!(threshold >= 0 && threshold <= 1))
                throw new IllegalArgumentException("threshold (%s) must be in 0..1".formatted(threshold));
            budgets = List.copyOf(budgets);
        }

        public static Terms of(Policy policy) {
            return new Terms(policy, 0.5, false, false, Duration.ZERO, List.of());
        }
    }

    /** One whose nodes are all of no such pool. */
    public ConsolidationProblem(
            Instant now, Terms terms, List<ClusterNode> nodes, Map<String, Integer> allowed, List<NodeShape> shapes) {
        this(now, terms, nodes, allowed, shapes, Map.of());
    }

    public ConsolidationProblem {
        nodes = nodes.stream().sorted(Comparator.comparing(ClusterNode::name)).toList();
        shapes = shapes.stream().sorted(Comparator.comparing(NodeShape::name)).toList();
        allowed = Map.copyOf(allowed);
        pools = Map.copyOf(pools);
        unique("node", nodes.stream().map(ClusterNode::name).toList());
        unique("shape", shapes.stream().map(NodeShape::name).toList());
        unique(
                "pod",
                nodes.stream()
                        .flatMap(node -> node.pods().stream())
                        .map(NodePod::id)
                        .toList());
    }

    private static void unique(String what, List<String> names) {
        Set<String> seen = new TreeSet<>();
        for (String name : names)
            if (!seen.add(name)) throw new IllegalArgumentException("%s %s is given twice".formatted(what, name));
    }
}
