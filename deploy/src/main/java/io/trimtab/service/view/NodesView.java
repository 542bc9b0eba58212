package io.trimtab.service.view;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Nodes as they are packed, and how many of each shape would do once all recommendations are followed.
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
     * @param pool that made it; empty where nothing tells
     * @param schedulable false where it takes no further pods
     * @param devices of dynamic resource allocation, by driver, in words
     * @param gpu in devices; all of it 0 without one
     * @param gpus whole devices that pods may ask for
     * @param mostPods that it takes
     * @param pods those that ask for most CPU first
     */
    public record NodeView(
            String name,
            String shape,
            String zone,
            String capacityType,
            String pool,
            boolean ready,
            boolean schedulable,
            List<String> devices,
            CostView cost,
            RoomView cpu,
            RoomView memory,
            RoomView gpu,
            int gpus,
            int mostPods,
            List<PodView> pods) {}

    /**
     * What it costs without commitments.
     *
     * @param estimated whether the price is of no list, but made of alike machines' or of rates for cores and memory
     * @param source in words, and the day that it is of, where it has one
     */
    public record CostView(
            BigDecimal perHour,
            BigDecimal perMonth,
            String currency,
            boolean estimated,
            String source,
            @Nullable String date) {}

    /**
     * One resource of a node.
     *
     * @param capacity of the machine, {@code allocatable} what of it pods may ask for
     * @param requested by its pods, as the scheduler counts them
     * @param used by those of its pods that have a sample of the last minutes; null where none has
     * @param requestedShare of the allocatable, 0 where there is none; likewise {@code usedShare}
     */
    public record RoomView(
            String capacity,
            String allocatable,
            String requested,
            @Nullable String used,
            double requestedShare,
            @Nullable Double usedShare) {}

    /**
     * What makes nodes.
     *
     * @param kind NodePool or MachineDeployment; empty where only nodes' labels name it
     * @param nodes that came of it, {@code starting} those on their way
     * @param says how many there may be, in words
     */
    public record PoolView(String kind, String name, int nodes, int starting, List<String> says) {}

    /**
     * One pod's part of its node: shares of the node's allocatable.
     *
     * @param daemon whether it ends with its node, as it is a daemon's or static, or is being deleted
     */
    public record PodView(
            String namespace,
            String name,
            String cpu,
            String memory,
            String gpu,
            double cpuShare,
            double memoryShare,
            double gpuShare,
            boolean daemon) {}

    /** How many nodes of a shape run now and would be needed. */
    public record ShapeView(String shape, int now, int needed) {}
}
