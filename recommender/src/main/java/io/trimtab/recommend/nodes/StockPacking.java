package io.trimtab.recommend.nodes;

import io.trimtab.recommend.nodes.PackingProblem.Objective;
import java.util.Comparator;
import java.util.List;

/** First fit onto nodes of one shape in the orders of the stock autoscalers, for comparison. */
public final class StockPacking {
    private StockPacking() {}

    /** What the pods are sorted by; none of them looks at GPUs. */
    public enum Order {
        /** Falling sum of the shares of a node's CPU and memory, as its estimator's bin packing sorts. */
        CLUSTER_AUTOSCALER,
        /** Falling CPU, then falling memory. */
        KARPENTER
    }

    /** @return nodes for all pods that fit the shape */
    public static int nodes(List<PodGroup> pods, NodeShape shape, Order order) {
        Instance instance = Instance.of(new PackingProblem(pods, List.of(), List.of(shape), Objective.NODES, 0));
        Machine machine = instance.machines().getFirst();
        List<PodKind> kinds = instance.kinds().stream()
                .sorted(
                        switch (order) {
                            case CLUSTER_AUTOSCALER ->
                                Comparator.comparingDouble((PodKind kind) -> -score(kind, machine));
                            case KARPENTER ->
                                Comparator.comparingLong((PodKind kind) -> -kind.cpuMilli())
                                        .thenComparingLong(kind -> -kind.memoryBytes());
                        })
                .toList();
        return FirstFit.pack(Layout.start(instance), kinds, Opening.cheapest(), Work.unlimited())
                .orElseThrow()
                .addedNodes()
                .size();
    }

    private static double score(PodKind kind, Machine machine) {
        return part(kind.cpuMilli(), machine.cpuMilli()) + part(kind.memoryBytes(), machine.memoryBytes());
    }

    private static double part(long amount, long whole) {
        return whole == 0 ? 0 : (double) amount / whole;
    }
}
