package io.trimtab.recommend.nodes;

import io.trimtab.recommend.NodeReason;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds nodes for pods, and beside them the bound that no other packing can beat. */
public final class Packer {
    private Packer() {}

    /**
     * Fills what runs, then adds nodes. The same problem, its lists in any order, has the same answer.
     *
     * @throws IllegalArgumentException if a running node has an unknown shape or holds more than it can
     */
    public static Packing pack(PackingProblem problem) {
        Instance instance = Instance.of(problem);
        Search.Found found = Search.best(instance, new Work(problem.work()));
        Layout layout = found.layout();
        layout.addedNodes().sort(Comparator.comparingInt(node -> node.machine().index()));
        BigDecimal cost = layout.addedNodes().stream()
                .map(node -> node.machine().shape().offer().paid())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        int nodes = layout.addedNodes().size();
        Packing.Bound bound = found.bounds().below(nodes, cost);
        double gap = switch (problem.objective()) {
            case COST -> gap(cost.doubleValue(), bound.costPerHour().doubleValue());
            case NODES -> gap(nodes, bound.nodes());
        };
        List<Packing.Unplaced> unplaced = Unplaceable.of(layout);
        List<NodeReason> reasons = new ArrayList<>();
        reasons.add(new NodeReason.Packed(nodes, bound.nodes(), gap));
        reasons.addAll(others(layout, found));
        unplaced.forEach(one -> reasons.add(one.reason()));
        return new Packing(
                Assignments.added(layout), Assignments.of(layout), unplaced, nodes, cost, bound, gap, reasons);
    }

    /** A bound of nothing proves nothing: the gap is whole. */
    private static double gap(double value, double bound) {
        if (value <= bound) return 0;
        return bound == 0 ? 1 : (value - bound) / bound;
    }

    private static List<NodeReason> others(Layout layout, Search.Found found) {
        List<NodeReason> reasons = new ArrayList<>();
        int onRunning = layout.nodes().stream()
                .filter(node -> node.name().isPresent())
                .mapToInt(node -> node.placed().size())
                .sum();
        if (onRunning > 0) reasons.add(new NodeReason.FilledRunning(onRunning));
        layout.addedNodes().stream()
                .map(node -> node.machine().shape())
                .distinct()
                .forEach(shape ->
                        shape.offer().expectedSpot().ifPresent(expected -> reasons.add(spot(shape, expected))));
        if (found.tried() < found.planned()) reasons.add(new NodeReason.SearchCut(found.tried(), found.planned()));
        return reasons;
    }

    private static NodeReason spot(NodeShape shape, BigDecimal expected) {
        Offer offer = shape.offer();
        BigDecimal spot = offer.spotPrice().orElseThrow();
        return switch (offer.choice()) {
            case SPOT -> new NodeReason.SpotCheaper(shape.name(), spot, expected, offer.price());
            case ON_DEMAND -> new NodeReason.SpotDearer(shape.name(), spot, expected, offer.price());
        };
    }
}
