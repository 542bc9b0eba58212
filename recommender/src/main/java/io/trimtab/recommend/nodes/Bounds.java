package io.trimtab.recommend.nodes;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What no packing of the placed copies can beat.
 *
 * @param least nodes, not rounded up
 * @param leastCost USD per hour
 */
record Bounds(Instance instance, int[] placed, double least, double leastCost) {
    private static final int DECIMALS = 9;

    /** A bound this near to the value is the value: the rest is the rounding of the bound's own sums. */
    private static final double SAME = 1e-8;

    /** Below the next whole number by less than this is that number: rounding again. */
    private static final double WHOLE = 1e-6;

    /**
     * From sums over the shapes.
     *
     * @param placed copies of each kind
     */
    static Bounds of(Instance instance, int[] placed) {
        List<Cuts.Cut> cuts = Cuts.of(instance, placed);
        return new Bounds(
                instance,
                placed,
                LowerBound.least(instance, cuts, machine -> 1),
                LowerBound.least(instance, cuts, Bounds::paid));
    }

    /** The better of these and what prices of copies prove. */
    Bounds with(double[] worth, Work work) {
        return switch (instance.objective()) {
            case NODES -> new Bounds(instance, placed, Math.max(least, proven(worth, machine -> 1, work)), leastCost);
            case COST -> new Bounds(instance, placed, least, Math.max(leastCost, proven(worth, Bounds::paid, work)));
        };
    }

    private double proven(double[] worth, ToDoubleFunction<Machine> price, Work work) {
        return PriceBound.of(instance, placed, worth, price, work);
    }

    static double paid(Machine machine) {
        return machine.shape().offer().paid().doubleValue();
    }

    int nodes() {
        return (int) Math.ceil(least - WHOLE);
    }

    private double cost() {
        return Math.max(leastCost, nodes() * cheapest());
    }

    private double cheapest() {
        return prices().stream().mapToDouble(BigDecimal::doubleValue).min().orElse(0);
    }

    private List<BigDecimal> prices() {
        return instance.machines().stream()
                .filter(machine -> machine.max() > 0)
                .map(machine -> machine.shape().offer().paid())
                .toList();
    }

    /** Whether no other layout is better. */
    boolean areReachedBy(Layout layout) {
        return switch (instance.objective()) {
            case COST -> layout.expectedCost() <= cost() * (1 + SAME);
            case NODES -> layout.addedNodes().size() <= nodes() && layout.expectedCost() <= cost() * (1 + SAME);
        };
    }

    /** In the form of the answer, for a packing of so many nodes and such a cost. */
    Packing.Bound below(int nodes, BigDecimal cost) {
        int leastNodes = Math.min(nodes, nodes());
        double least = Math.max(leastCost, leastNodes * cheapest());
        if (least >= cost.doubleValue() * (1 - SAME)) return new Packing.Bound(leastNodes, cost);
        BigDecimal rounded = BigDecimal.valueOf(least * (1 - SAME)).setScale(DECIMALS, RoundingMode.DOWN);
        return new Packing.Bound(
                leastNodes, WholeNodes.atLeast(rounded, prices(), cost).min(cost));
    }
}
