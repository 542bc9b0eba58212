package io.trimtab.ingest.model;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.Resources;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A node as the API server knows it.
 *
 * @param instanceType the label {@code node.kubernetes.io/instance-type}; {@code unknown} when there is none
 * @param region the label {@code topology.kubernetes.io/region}; {@code unknown} when there is none
 * @param zone the label {@code topology.kubernetes.io/zone}; {@code unknown} when there is none
 * @param capacity of the machine, which its price is for
 * @param allocatable what pods may ask for in sum
 * @param maxPods how many pods it takes
 * @param pool that made it, as its provider or autoscaler calls it; empty where nothing tells
 * @param taints that keep pods off it
 * @param annotations as of pods
 * @param ephemeralStorage that pods may ask for in sum
 */
public record Node(
        String name,
        String instanceType,
        String region,
        String zone,
        CapacityType capacityType,
        Resources capacity,
        Resources allocatable,
        int maxPods,
        boolean ready,
        boolean schedulable,
        Map<String, String> labels,
        Instant createdAt,
        String pool,
        List<Taint> taints,
        Map<String, String> annotations,
        Bytes ephemeralStorage) {
    /** More than any pods ask for. */
    public static final Bytes UNBOUNDED = new Bytes(Long.MAX_VALUE);

    public static final String UNKNOWN = "unknown";

    /** The annotation that names the Machine of Cluster API that the node came of. */
    public static final String MACHINE = "cluster.x-k8s.io/machine";

    /** The label that names the Karpenter NodePool that the node came of. */
    public static final String KARPENTER_POOL = "karpenter.sh/nodepool";

    public Node {
        labels = Map.copyOf(labels);
        taints = List.copyOf(taints);
        annotations = Map.copyOf(annotations);
    }

    /** One whose ephemeral storage has no bound. */
    public Node(
            String name,
            String instanceType,
            String region,
            String zone,
            CapacityType capacityType,
            Resources capacity,
            Resources allocatable,
            int maxPods,
            boolean ready,
            boolean schedulable,
            Map<String, String> labels,
            Instant createdAt,
            String pool,
            List<Taint> taints,
            Map<String, String> annotations) {
        this(
                name,
                instanceType,
                region,
                zone,
                capacityType,
                capacity,
                allocatable,
                maxPods,
                ready,
                schedulable,
                labels,
                createdAt,
                pool,
                taints,
                annotations,
                UNBOUNDED);
    }

    /** One of no known pool, without taints. */
    public Node(
            String name,
            String instanceType,
            String region,
            String zone,
            CapacityType capacityType,
            Resources capacity,
            Resources allocatable,
            int maxPods,
            boolean ready,
            boolean schedulable,
            Map<String, String> labels,
            Instant createdAt) {
        this(
                name,
                instanceType,
                region,
                zone,
                capacityType,
                capacity,
                allocatable,
                maxPods,
                ready,
                schedulable,
                labels,
                createdAt,
                "",
                List.of(),
                Map.of());
    }
}
