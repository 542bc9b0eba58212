package io.trimtab.recommend.nodes;

import io.trimtab.recommend.nodes.PackingProblem.Objective;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** First fit onto nodes of one shape in the orders of the stock autoscalers, for comparison. */
public final class StockPacking {
    private final Layout layout;
    private final Machine machine;
    private final Map<String, PodKind> kinds = new HashMap<>();
    /** By kind: the nodes before it have no room for one. */
    private final int[] first;

    private StockPacking(Instance instance) {
        layout = Layout.start(instance);
        machine = instance.machines().getFirst();
        instance.kinds().forEach(kind -> kind.members().forEach(pod -> kinds.put(pod.name(), kind)));
        first = new int[instance.kinds().size()];
    }

    /** What the pods are sorted by; neither looks at GPUs. */
    public enum Order {
        /** Falling sum of the shares of a node's CPU and memory, as its estimator's bin packing sorts. */
        CLUSTER_AUTOSCALER,
        /** Falling CPU, then falling memory. */
        KARPENTER
    }

    /**
     * @param pods of equal ones the first comes first
     * @return nodes for all pods that fit the shape
     */
    public static int nodes(List<PodGroup> pods, NodeShape shape, Order order) {
        var problem = new PackingProblem(pods, List.of(), List.of(shape), Objective.NODES, 0);
        var packing = new StockPacking(Instance.of(problem));
        pods.stream()
                .filter(pod -> pod.count() > 0)
                .sorted(Comparator.comparing(packing::kind, packing.comparator(order)))
                .forEach(packing::place);
        return packing.layout.addedNodes().size();
    }

    private PodKind kind(PodGroup pod) {
        return Objects.requireNonNull(kinds.get(pod.name()));
    }

    private Comparator<PodKind> comparator(Order order) {
        return switch (order) {
            case CLUSTER_AUTOSCALER -> Comparator.comparingDouble((PodKind kind) -> -score(kind));
            case KARPENTER ->
                Comparator.comparingLong((PodKind kind) -> -kind.cpuMilli())
                        .thenComparingLong(kind -> -kind.memoryBytes());
        };
    }

    private double score(PodKind kind) {
        return part(kind.cpuMilli(), machine.cpuMilli()) + part(kind.memoryBytes(), machine.memoryBytes());
    }

    private static double part(long amount, long whole) {
        return whole == 0 ? 0 : (double) amount / whole;
    }

    private void place(PodGroup pod) {
        PodKind kind = kind(pod);
        for (int copy = 0; copy < pod.count(); copy++) {
            List<NodeState> nodes = layout.nodes();
            int node = first[kind.index()];
            while (node < nodes.size() && !nodes.get(node).takes(kind)) node++;
            first[kind.index()] = node;
            if (node == nodes.size() && !layout.mayAddFor(machine, kind)) return;
            layout.place(node == nodes.size() ? layout.add(machine) : nodes.get(node), kind);
        }
    }
}
