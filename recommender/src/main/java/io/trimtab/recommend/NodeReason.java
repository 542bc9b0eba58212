package io.trimtab.recommend;

/** Reasons for node counts and placements. */
public sealed interface NodeReason extends Reason {
    /** No shape fits the pod at all. */
    record NoShapeFits(String pod) implements NodeReason {}

    /** The packing against its bound. */
    record Packed(int nodes, int lowerBoundNodes, double gap) implements NodeReason {}
}
