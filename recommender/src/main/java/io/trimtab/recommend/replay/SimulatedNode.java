package io.trimtab.recommend.replay;

import java.util.ArrayList;
import java.util.List;

/** A node, its pods and the room that their requests leave. */
final class SimulatedNode {
    final NodePool pool;
    final String name;
    final String zone;
    final long seed;
    final long launchedAt;
    final long allocatableCpuMilli;
    final long allocatableMemoryBytes;
    final List<SimulatedPod> pods = new ArrayList<>();

    long freeCpuMilli;
    long freeMemoryBytes;
    long freeGpuMilli;
    boolean ready;
    boolean schedulable = true;
    boolean gone;
    long underusedSince = SimulatedPod.NEVER;

    SimulatedNode(NodePool pool, String name, String zone, long seed, long launchedAt) {
        this.pool = pool;
        this.name = name;
        this.zone = zone;
        this.seed = seed;
        this.launchedAt = launchedAt;
        allocatableCpuMilli = pool.shape().allocatableCpuMilli();
        allocatableMemoryBytes = pool.shape().allocatableMemoryBytes();
        freeCpuMilli = allocatableCpuMilli;
        freeMemoryBytes = allocatableMemoryBytes;
        freeGpuMilli = pool.shape().gpuMilli();
    }

    boolean takesPods() {
        return ready && schedulable && !gone;
    }

    boolean hasRoomFor(SimulatedPod pod) {
        return pods.size() < pool.shape().maxPods()
                && pod.cpuRequestMilli() <= freeCpuMilli
                && pod.memoryRequestBytes() <= freeMemoryBytes
                && pod.gpuMilli() <= freeGpuMilli;
    }

    void add(SimulatedPod pod) {
        pods.add(pod);
        take(pod, 1);
    }

    void remove(SimulatedPod pod) {
        if (pods.remove(pod)) take(pod, -1);
    }

    private void take(SimulatedPod pod, int sign) {
        freeCpuMilli -= sign * pod.cpuRequestMilli();
        freeMemoryBytes -= sign * pod.memoryRequestBytes();
        freeGpuMilli -= sign * pod.gpuMilli();
    }
}
