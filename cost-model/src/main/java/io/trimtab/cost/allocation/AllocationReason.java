package io.trimtab.cost.allocation;

import java.math.BigDecimal;

/** What decided an allocation. */
public sealed interface AllocationReason {
    /** Every part of the bill was allocated: request or usage, whichever was more, at each moment. */
    record Conserved(int nodes, int pods, BigDecimal bill) implements AllocationReason {}

    /** Nothing was priced in the window. */
    record NothingPriced() implements AllocationReason {}

    /** Pods were charged for less than they asked or used, since their sum exceeded the node. */
    record Overcommitted(String node) implements AllocationReason {}

    /** A part of the bill rests on prices carried over a gap. */
    record EstimatedPrices(BigDecimal share) implements AllocationReason {}
}
