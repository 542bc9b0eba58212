package io.trimtab.recommend.nodeobjects;

import io.trimtab.cost.units.Resources;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.Node;
import io.trimtab.ingest.model.NodePool;
import io.trimtab.recommend.plan.UnitPrices;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The order in which Karpenter should try its pools: those first whose cores and memory are cheapest. */
final class PoolWeights {
    /** Pools whose prices differ by less are equally good, so that a small change of prices moves no weight. */
    private static final double ALIKE = 1.05;

    private static final String ARCHITECTURE = "kubernetes.io/arch";

    /** Of a NodePool. */
    private static final int MOST = 100;

    private PoolWeights() {}

    /**
     * @param kind architectures and capacity types of its nodes
     * @param share as of {@link NodeObject.PoolWeight}
     */
    private record Priced(NodePool pool, Set<String> kind, double share) {
        int weight() {
            return pool.weight().orElse(0);
        }
    }

    static List<NodeObject.PoolWeight> of(ClusterSnapshot snapshot, NodeObjects.Prices prices) {
        List<Priced> priced = priced(snapshot, prices);
        // Which architecture or kind of capacity comes first is its owner's to say, whatever it costs.
        if (priced.stream().map(Priced::kind).distinct().count() > 1) return List.of();
        List<List<Priced>> ranks = ranks(priced);
        if (ranks.size() < 2 || isInOrder(ranks)) return List.of();
        List<NodeObject.PoolWeight> weights = new ArrayList<>();
        for (int rank = 0; rank < ranks.size(); rank++) {
            int weight = Math.clamp(ranks.size() - rank, 1, MOST);
            for (Priced one : ranks.get(rank))
                if (one.weight() != weight)
                    weights.add(new NodeObject.PoolWeight(
                            one.pool().name(), one.pool().weight(), weight, one.share()));
        }
        weights.sort(Comparator.comparing(NodeObject.PoolWeight::pool));
        return weights;
    }

    /**
     * Pools that can be compared by what they cost: with nodes, of no fixed number, and without GPUs, on which pods that want none must not come first. In the order of the
     * share, then the name.
     */
    private static List<Priced> priced(ClusterSnapshot snapshot, NodeObjects.Prices prices) {
        Map<String, List<Node>> byPool = snapshot.nodes().stream()
                .collect(Collectors.groupingBy(node -> node.labels().getOrDefault(Node.KARPENTER_POOL, "")));
        UnitPrices average = UnitPrices.of(snapshot.nodes(), node -> prices.price(node, node.capacityType()));
        List<Priced> priced = new ArrayList<>();
        for (NodePool pool : snapshot.supply().pools()) {
            List<Node> nodes = byPool.getOrDefault(pool.name(), List.of());
            if (!pool.kind().equals(NodePool.KARPENTER) || pool.replicas().isPresent() || nodes.isEmpty()) continue;
            Resources capacity = nodes.stream().map(Node::capacity).reduce(Resources.ZERO, Resources::plus);
            BigDecimal usual = average.perHour(capacity);
            if (!capacity.gpu().isZero() || usual.signum() == 0) continue;
            BigDecimal paid = nodes.stream()
                    .map(node -> prices.price(node, node.capacityType()))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            Set<String> kind = nodes.stream()
                    .map(node -> node.labels().getOrDefault(ARCHITECTURE, "") + " " + node.capacityType())
                    .collect(Collectors.toSet());
            priced.add(new Priced(
                    pool, kind, paid.divide(usual, MathContext.DECIMAL64).doubleValue()));
        }
        priced.sort(Comparator.comparingDouble(Priced::share)
                .thenComparing(one -> one.pool().name()));
        return priced;
    }

    private static List<List<Priced>> ranks(List<Priced> priced) {
        List<List<Priced>> ranks = new ArrayList<>();
        for (Priced one : priced) {
            if (ranks.isEmpty()
                    || one.share() > ALIKE * ranks.getLast().getFirst().share()) ranks.add(new ArrayList<>());
            ranks.getLast().add(one);
        }
        return ranks;
    }

    /** Whether every pool comes before all dearer ones already, by whatever weights. */
    private static boolean isInOrder(List<List<Priced>> ranks) {
        int least = Integer.MAX_VALUE;
        for (List<Priced> rank : ranks) {
            int highest = rank.stream().mapToInt(Priced::weight).max().orElseThrow();
            if (highest >= least) return false;
            least = rank.stream().mapToInt(Priced::weight).min().orElseThrow();
        }
        return true;
    }
}
