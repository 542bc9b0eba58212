package io.trimtab.ingest.model;

import java.util.Optional;

/**
 * What we keep of a Karpenter NodePool or a Cluster API MachineDeployment. Answers: who makes these nodes, how many may there be, and how may they go?
 *
 * @param kind {@code NodePool} or {@code MachineDeployment}
 * @param namespace empty for a NodePool
 * @param replicas how many nodes it is told to have; empty where it decides that by the pods
 * @param minSize of the cluster autoscaler's annotations; empty where there are none, likewise {@code maxSize}
 * @param limits what its nodes may have in sum
 * @param weight by which NodePools are tried, the highest first; empty where it has none
 * @param disruption of a NodePool
 */
public record NodePool(
        String kind,
        String namespace,
        String name,
        Optional<Integer> replicas,
        Optional<Integer> minSize,
        Optional<Integer> maxSize,
        CpuAndMemory limits,
        Optional<Integer> weight,
        NodeDisruption disruption) {
    public static final String KARPENTER = "NodePool";
    public static final String CLUSTER_API = "MachineDeployment";

    /** One without a weight, whose nodes go as they usually do. */
    public NodePool(
            String kind,
            String namespace,
            String name,
            Optional<Integer> replicas,
            Optional<Integer> minSize,
            Optional<Integer> maxSize,
            CpuAndMemory limits) {
        this(kind, namespace, name, replicas, minSize, maxSize, limits, Optional.empty(), NodeDisruption.USUAL);
    }
}
