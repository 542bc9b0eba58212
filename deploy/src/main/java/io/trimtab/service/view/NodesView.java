package io.trimtab.service.view;

import java.util.List;

/**
 * Nodes as they are packed, and how many of each shape would do.
 *
 * @param gap of the proposed count to the lower bound, 0.1 is 10 %
 */
public record NodesView(
        List<NodeView> nodes,
        List<ShapeView> shapes,
        MoneyChange perMonth,
        int lowerBoundNodes,
        double gap,
        List<ReasonView> reasons) {
    /**
     * One node and its pods.
     *
     * @param pricePerHour as text with its currency; {@code unknown} without a price
     * @param cpuShare requested of allocatable, 0..1; likewise memory and GPU (0 without a GPU)
     */
    public record NodeView(
            String name,
            String shape,
            String zone,
            String capacityType,
            boolean ready,
            String pricePerHour,
            String cpuAllocatable,
            String memoryAllocatable,
            double cpuShare,
            double memoryShare,
            double gpuShare,
            List<PodView> pods) {}

    /** One pod's part of its node: shares of the node's allocatable. */
    public record PodView(
            String namespace, String name, String cpu, String memory, double cpuShare, double memoryShare) {}

    /** How many nodes of a shape run now and would be needed. */
    public record ShapeView(String shape, int now, int needed) {}
}
