package io.trimtab.recommend.nodeobjects;

import io.trimtab.cost.units.Resources;
import io.trimtab.ingest.model.CapacityType;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.WorkloadId;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/** What one object should say, with the numbers that decided it. Never a NodeClaim or a Node: those are their controllers' own. */
public sealed interface NodeObject {
    /**
     * Room that is kept for pods of a workload that are expected while a node starts: a CapacityBuffer of {@code autoscaling.x-k8s.io}.
     *
     * @param pool of nodes that most of its pods run on; empty where that has no name
     * @param now how many replicas there are
     * @param ahead the most replicas that are expected until {@code start} has passed
     * @param pods for which room is kept; {@code room} what they ask for in sum
     */
    record Buffer(WorkloadId workload, String pool, int now, double ahead, Duration start, int pods, Resources room)
            implements NodeObject {}

    /**
     * What a machine costs, where Karpenter makes it: a NodeOverlay.
     *
     * @param perHour USD
     */
    record PriceOverlay(String instanceType, CapacityType capacityType, BigDecimal perHour) implements NodeObject {}

    /**
     * How many pods the GPUs of a machine take together, where their driver shares them: a NodeOverlay.
     *
     * @param resource that pods ask for
     * @param gpus of the machine, each shared by {@code each} pods
     */
    record SharingOverlay(String pool, String instanceType, String resource, int gpus, int each) implements NodeObject {
        public int devices() {
            return gpus * each;
        }
    }

    /**
     * In which order Karpenter tries its NodePools.
     *
     * @param now empty where it has none
     * @param share what its nodes cost, over what their cores and memory cost on average in this cluster
     */
    record PoolWeight(String pool, Optional<Integer> now, int weight, double share) implements NodeObject {}

    /** A pod that a scale-down should delete before others of its workload, because its node goes in that wave. */
    record DeletionCost(PodId pod, String node, int wave, int cost) implements NodeObject {}

    /** A Machine of Cluster API that is deleted before others of its MachineDeployment, because its node goes in that wave. */
    record MachineMark(String namespace, String machine, String node, int wave) implements NodeObject {}

    /**
     * How many machines a MachineDeployment of Cluster API should have.
     *
     * @param coming nodes that the plan adds; {@code going} those that it removes and that are marked
     */
    record MachineReplicas(String namespace, String name, int now, int replicas, int coming, int going)
            implements NodeObject {}
}
