package io.trimtab.recommend;

import io.trimtab.cost.units.Resources;
import java.math.BigDecimal;

/** Reasons for node counts and placements. */
public sealed interface NodeReason extends Reason {
    /** No node, however empty, can carry the pod. */
    record NoShapeFits(String pod, Resources requested, Obstacle obstacle) implements NodeReason {}

    /** What keeps a pod off every empty node. */
    enum Obstacle {
        NO_SHAPES,
        CPU,
        MEMORY,
        GPU,
        GPU_MODEL,
        ZONE,
        COMBINATION
    }

    /** Every shape that fits has reached its limit, and what runs is full. */
    record ShapesExhausted(String pod, int copies) implements NodeReason {}

    /** The spread over zones allows no further copy where there is room. */
    record SpreadBlocks(String pod, int copies, int maxSkew) implements NodeReason {}

    /** The packing against its bound: no packing needs fewer than {@code lowerBoundNodes} new nodes. */
    record Packed(int nodes, int lowerBoundNodes, double gap) implements NodeReason {}

    /** How many pods found room on nodes that run already. */
    record FilledRunning(int pods) implements NodeReason {}

    /** Spot is bought: its price and the expected cost of reclaims are below the on-demand price. USD per hour. */
    record SpotCheaper(String shape, BigDecimal spotPrice, BigDecimal expectedPrice, BigDecimal onDemandPrice)
            implements NodeReason {}

    /** Spot is offered and not bought, because reclaims would cost more than it saves. USD per hour. */
    record SpotDearer(String shape, BigDecimal spotPrice, BigDecimal expectedPrice, BigDecimal onDemandPrice)
            implements NodeReason {}

    /** The work that was allowed ended the search for a better packing early. */
    record SearchCut(int tried, int planned) implements NodeReason {}

    /**
     * Nodes go, others are added first.
     *
     * @param savingPerMonth USD in 730 hours; {@code savingShare} is its part of what all nodes cost
     * @param disruptionShare the part of the disruption that moving every pod would be
     */
    record Consolidated(
            int removed, int added, int waves, BigDecimal savingPerMonth, double savingShare, double disruptionShare)
            implements NodeReason {}

    /** Every node stays, each for its own reason. */
    record NothingToRemove(int nodes) implements NodeReason {}
}
