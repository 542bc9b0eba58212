package io.trimtab.recommend.replay;

import io.trimtab.ingest.model.CapacityType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Places pending pods by their requests where they leave the least room; pods of one workload rather apart. */
final class Scheduler {
    private static final double APART = 0.3;

    private final World world;
    private final PodLifecycle lifecycle;

    Scheduler(World world, PodLifecycle lifecycle) {
        this.world = world;
        this.lifecycle = lifecycle;
    }

    void placePending() {
        world.placementDue = false;
        List<SimulatedPod> waiting = new ArrayList<>();
        for (SimulatedPod pod : world.pending) {
            SimulatedNode node = bestNode(pod);
            if (node == null) waiting.add(pod);
            else lifecycle.bind(pod, node);
        }
        world.pending.clear();
        world.pending.addAll(waiting);
    }

    private @Nullable SimulatedNode bestNode(SimulatedPod pod) {
        if (pod.onlyNode != null) return pod.onlyNode.takesPods() && pod.onlyNode.hasRoomFor(pod) ? pod.onlyNode : null;
        SimulatedNode best = null;
        double least = Double.POSITIVE_INFINITY;
        for (SimulatedNode node : world.nodes) {
            if (!node.takesPods() || !tolerates(pod, node.pool) || !node.hasRoomFor(pod)) continue;
            double waste = waste(pod, node);
            if (waste < least) {
                least = waste;
                best = node;
            }
        }
        return best;
    }

    /** GPU nodes carry a taint that GPU pods alone tolerate; spot nodes take what can bear to be interrupted. */
    static boolean tolerates(SimulatedPod pod, NodePool pool) {
        boolean gpuMatches = pod.gpuMilli() > 0 == pool.hasGpu();
        boolean spot = pool.capacityType() == CapacityType.SPOT;
        return gpuMatches && (!spot || pod.workload.plan.kind().toleratesSpot);
    }

    /** The shares of CPU and memory that stay free, and a penalty for each sibling. */
    private static double waste(SimulatedPod pod, SimulatedNode node) {
        int siblings = 0;
        for (SimulatedPod other : node.pods) if (other.workload == pod.workload) siblings++;
        double cpu = (double) (node.freeCpuMilli - pod.cpuRequestMilli()) / node.allocatableCpuMilli;
        double memory = (double) (node.freeMemoryBytes - pod.memoryRequestBytes()) / node.allocatableMemoryBytes;
        return cpu + memory + APART * siblings;
    }
}
