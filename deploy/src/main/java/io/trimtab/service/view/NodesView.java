package io.trimtab.service.view;

import java.util.List;

/**
 * Nodes as they are packed, and how many of each shape would do.
 *
 * @param gap of the proposed count to the lower bound, 0.1 is 10 %
 * @param pools that nodes come from, as far as objects or labels tell
 */
public record NodesView(
        List<NodeView> nodes,
        List<ShapeView> shapes,
        MoneyChange perMonth,
        int lowerBoundNodes,
        double gap,
        List<ReasonView> reasons,
        List<PoolView> pools) {
    /**
     * One node and its pods.
     *
     * @param pricePerHour as text with its currency; {@code unknown} without a price
     * @param pool that made it; empty where nothing tells
     * @param devices of dynamic resource allocation, by driver, in words
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
            List<PodView> pods,
            String pool,
            List<String> devices) {}

    /**
     * What makes nodes.
     *
     * @param kind NodePool or MachineDeployment; empty where only nodes' labels name it
     * @param nodes that came of it, {@code starting} those on their way
     * @param says how many there may be, in words
     */
    public record PoolView(String kind, String name, int nodes, int starting, List<String> says) {}

    /** One pod's part of its node: shares of the node's allocatable. */
    public record PodView(
            String namespace, String name, String cpu, String memory, double cpuShare, double memoryShare) {}

    /** How many nodes of a shape run now and would be needed. */
    public record ShapeView(String shape, int now, int needed) {}
}
