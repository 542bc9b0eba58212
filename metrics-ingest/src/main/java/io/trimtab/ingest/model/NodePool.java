package io.trimtab.ingest.model;

import java.util.Optional;

/**
 * What we keep of a Karpenter NodePool or a Cluster API MachineDeployment. Answers: who makes these nodes, and how many may there be?
 *
 * @param kind {@code NodePool} or {@code MachineDeployment}
 * @param namespace empty for a NodePool
 * @param replicas how many nodes it is told to have; empty where it decides that by the pods
 * @param minSize of the cluster autoscaler's annotations; empty where there are none, likewise {@code maxSize}
 * @param limits what its nodes may have in sum
 */
public record NodePool(
        String kind,
        String namespace,
        String name,
        Optional<Integer> replicas,
        Optional<Integer> minSize,
        Optional<Integer> maxSize,
        CpuAndMemory limits) {}
