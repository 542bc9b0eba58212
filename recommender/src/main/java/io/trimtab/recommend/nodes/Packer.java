package io.trimtab.recommend.nodes;

import io.trimtab.recommend.NodeReason;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds nodes for pods, and beside them the bound that no other packing can beat. */
public final class Packer {
    private static final int BOUND_DECIMALS = 9;

    /** A bound this near to the value is the value: the rest is the rounding of the bound's own sums. */
    private static final double SAME = 1e-8;

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
        Packing.Bound bound = bound(instance, layout, nodes, cost);
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

    private static Packing.Bound bound(Instance instance, Layout layout, int nodes, BigDecimal cost) {
        int[] placed = instance.kinds().stream().mapToInt(layout::placed).toArray();
        List<Cuts.Cut> cuts = Cuts.of(instance, placed);
        int leastNodes = Math.min(nodes, LowerBound.nodes(instance, cuts));
        double least = LowerBound.least(
                instance, cuts, machine -> machine.shape().offer().paid().doubleValue());
        List<BigDecimal> prices = instance.machines().stream()
                .filter(machine -> machine.max() > 0)
                .map(machine -> machine.shape().offer().paid())
                .toList();
        double cheapest =
                prices.stream().mapToDouble(BigDecimal::doubleValue).min().orElse(0);
        double leastCost = Math.max(least, leastNodes * cheapest);
        BigDecimal rounded = BigDecimal.valueOf(leastCost * (1 - SAME)).setScale(BOUND_DECIMALS, RoundingMode.DOWN);
        boolean same = leastCost >= cost.doubleValue() * (1 - SAME);
        return new Packing.Bound(
                leastNodes,
                same ? cost : WholeNodes.atLeast(rounded, prices, cost).min(cost));
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
