package io.trimtab.recommend.replay;

import io.trimtab.cost.units.Money;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Adds the cheapest node that a pending pod fits on, and drains one little used node at a time, as a node autoscaler with cautious settings does. */
final class NodeAutoscaler {
    private static final double UNDERUSED_BELOW = 0.4;
    private static final long UNDERUSED_SECONDS = 600;
    private static final long BETWEEN_DRAINS_SECONDS = 900;

    private final World world;
    private final NodeLifecycle lifecycle;
    private long lastDrain;

    NodeAutoscaler(World world, NodeLifecycle lifecycle) {
        this.world = world;
        this.lifecycle = lifecycle;
        lastDrain = world.second;
    }

    /** Room that is promised: of a node, with the pods that are meant for it taken off. */
    private static final class Room {
        final NodePool pool;
        long cpuMilli;
        long memoryBytes;
        long gpuMilli;
        int pods;

        Room(NodePool pool, long cpuMilli, long memoryBytes, long gpuMilli, int pods) {
            this.pool = pool;
            this.cpuMilli = cpuMilli;
            this.memoryBytes = memoryBytes;
            this.gpuMilli = gpuMilli;
            this.pods = pods;
        }

        static Room of(SimulatedNode node) {
            return new Room(
                    node.pool,
                    node.freeCpuMilli,
                    node.freeMemoryBytes,
                    node.freeGpuMilli,
                    node.pool.shape().maxPods() - node.pods.size());
        }

        boolean take(SimulatedPod pod) {
            boolean fits = pods > 0
                    && Scheduler.tolerates(pod, pool)
                    && pod.cpuRequestMilli() <= cpuMilli
                    && pod.memoryRequestBytes() <= memoryBytes
                    && pod.gpuMilli() <= gpuMilli;
            if (!fits) return false;
            cpuMilli -= pod.cpuRequestMilli();
            memoryBytes -= pod.memoryRequestBytes();
            gpuMilli -= pod.gpuMilli();
            pods--;
            return true;
        }
    }

    void step() {
        boolean booting = world.nodes.stream().anyMatch(node -> !node.ready);
        boolean waiting = world.pending.stream().anyMatch(pod -> pod.onlyNode == null);
        if (waiting) addNodes();
        else if (!booting) removeNode();
    }

    private void addNodes() {
        List<Room> rooms = new ArrayList<>();
        for (SimulatedNode node : world.nodes) if (!node.ready) rooms.add(fresh(node.pool));
        for (SimulatedPod pod : world.pending) {
            if (pod.onlyNode != null || rooms.stream().anyMatch(room -> room.take(pod))) continue;
            cheapest(pod).ifPresent(pool -> {
                lifecycle.launch(pool);
                Room room = fresh(pool);
                room.take(pod);
                rooms.add(room);
            });
        }
    }

    /** What a new node of the pool has left when its daemons are there. */
    private Room fresh(NodePool pool) {
        long cpuMilli = pool.shape().allocatableCpuMilli();
        long memoryBytes = pool.shape().allocatableMemoryBytes();
        int pods = pool.shape().maxPods();
        for (SimulatedWorkload workload : world.workloads.values()) {
            if (!workload.plan.kind().isDaemon()) continue;
            for (var container : workload.template) {
                cpuMilli -= container.requirements().requested().cpu().value();
                memoryBytes -= container.requirements().requested().memory().value();
            }
            pods--;
        }
        return new Room(pool, cpuMilli, memoryBytes, pool.shape().gpuMilli(), pods);
    }

    private Optional<NodePool> cheapest(SimulatedPod pod) {
        return world.pools.stream()
                .filter(pool -> world.countOf(pool) < pool.maxNodes())
                .filter(pool -> fresh(pool).take(pod))
                .min(Comparator.comparing((NodePool pool) -> price(pool)).thenComparing(NodePool::name));
    }

    private Money price(NodePool pool) {
        return world.price.perHour(pool.shape().instanceType(), pool.capacityType());
    }

    private void removeNode() {
        for (SimulatedNode node : world.nodes) noteUse(node);
        if (world.second - lastDrain < BETWEEN_DRAINS_SECONDS) return;
        world.nodes.stream()
                .filter(node -> node.underusedSince != SimulatedPod.NEVER
                        && world.second - node.underusedSince >= UNDERUSED_SECONDS)
                .filter(node -> world.nodes.size() > 1 && canMove(node))
                .min(Comparator.comparingDouble(NodeAutoscaler::requestedShare).thenComparing(node -> node.name))
                .ifPresent(node -> {
                    lastDrain = world.second;
                    lifecycle.drain(node);
                });
    }

    private void noteUse(SimulatedNode node) {
        boolean underused = node.takesPods() && requestedShare(node) < UNDERUSED_BELOW;
        if (!underused) node.underusedSince = SimulatedPod.NEVER;
        else if (node.underusedSince == SimulatedPod.NEVER) node.underusedSince = world.second;
    }

    /** The larger of the CPU's and the memory's share that is asked for by pods other than daemons; of a GPU node the devices' share. */
    private static double requestedShare(SimulatedNode node) {
        if (node.pool.hasGpu())
            return 1 - (double) node.freeGpuMilli / node.pool.shape().gpuMilli();
        double cpuMilli = 0;
        double memoryBytes = 0;
        for (SimulatedPod pod : node.pods) {
            if (pod.workload.plan.kind().isDaemon()) continue;
            cpuMilli += pod.cpuRequestMilli();
            memoryBytes += pod.memoryRequestBytes();
        }
        return Math.max(cpuMilli / node.allocatableCpuMilli, memoryBytes / node.allocatableMemoryBytes);
    }

    /** Whether every pod finds room elsewhere; a run is never interrupted for it. */
    private boolean canMove(SimulatedNode node) {
        List<Room> rooms = world.nodes.stream()
                .filter(other -> other != node && other.takesPods())
                .map(Room::of)
                .toList();
        for (SimulatedPod pod : node.pods) {
            WorkloadKind kind = pod.workload.plan.kind();
            if (kind.isDaemon()) continue;
            if (kind.runsToCompletion() || rooms.stream().noneMatch(room -> room.take(pod))) return false;
        }
        return true;
    }
}
