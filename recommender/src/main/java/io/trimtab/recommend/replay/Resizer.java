package io.trimtab.recommend.replay;

import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.Requirements;
import java.util.ArrayList;
import java.util.List;

/** Brings running pods to their workload's requests and limits in place; a pod that cannot be now is tried again at each sample. */
final class Resizer {
    private final World world;

    Resizer(World world) {
        this.world = world;
    }

    /** @return how many pods wait for it */
    int resizeAll(SimulatedWorkload workload) {
        int waiting = 0;
        for (SimulatedPod pod : workload.pods) {
            pod.resizeWaits = !pod.isTerminating() && !resize(pod);
            if (pod.resizeWaits) waiting++;
        }
        world.placementDue = true;
        return waiting;
    }

    void retry() {
        for (SimulatedWorkload workload : world.workloads.values()) {
            for (SimulatedPod pod : workload.pods) {
                if (!pod.resizeWaits || !resize(pod)) continue;
                pod.resizeWaits = false;
                world.placementDue = true;
            }
        }
    }

    /** Whether the pod now has what its template says: its node must have the room, and no new memory limit may lie below what is held. */
    private static boolean resize(SimulatedPod pod) {
        List<ContainerSpec> wanted = new ArrayList<>();
        long cpuMilli = 0;
        long memoryBytes = 0;
        for (int i = 0; i < pod.containers.size(); i++) {
            SimulatedContainer container = pod.containers.get(i);
            Requirements requirements = pod.workload.template.get(i).requirements();
            boolean holdsMore = requirements.memoryLimit().isPresent()
                    && pod.isRunning()
                    && container.memoryBytes > requirements.memoryLimit().get().value();
            if (holdsMore) return false;
            wanted.add(container.spec.with(requirements));
            cpuMilli += requirements.requested().cpu().value();
            memoryBytes += requirements.requested().memory().value();
        }
        SimulatedNode node = pod.node;
        if (node == null) {
            force(pod, wanted);
            return true;
        }
        boolean fits = cpuMilli - pod.cpuRequestMilli() <= node.freeCpuMilli
                && memoryBytes - pod.memoryRequestBytes() <= node.freeMemoryBytes;
        if (!fits) return false;
        node.freeCpuMilli -= cpuMilli - pod.cpuRequestMilli();
        node.freeMemoryBytes -= memoryBytes - pod.memoryRequestBytes();
        force(pod, wanted);
        return true;
    }

    private static void force(SimulatedPod pod, List<ContainerSpec> wanted) {
        for (int i = 0; i < wanted.size(); i++) pod.containers.get(i).force(wanted.get(i));
    }
}
