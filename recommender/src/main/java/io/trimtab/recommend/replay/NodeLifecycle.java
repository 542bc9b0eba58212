package io.trimtab.recommend.replay;

import io.trimtab.ingest.model.CapacityType;
import java.util.List;

/** Brings nodes from launch to their end. */
final class NodeLifecycle {
    /** AWS gives two minutes between the notice and the end of a spot instance. */
    private static final long RECLAIM_NOTICE_SECONDS = 120;

    private static final long DRAIN_SECONDS = 60;

    private final World world;
    private final PodLifecycle pods;

    NodeLifecycle(World world, PodLifecycle pods) {
        this.world = world;
        this.pods = pods;
    }

    void launch(NodePool pool) {
        SimulatedNode node = world.newNode(pool);
        long boot = Math.round(pool.bootSeconds() * (1 + 0.5 * Seeds.unit(node.seed, 0)));
        world.events.at(world.second + boot, new Event.NodeBooted(node));
    }

    /** Ready for pods, its daemons first; a spot node's end is known from now on, though to nobody else. */
    void booted(SimulatedNode node) {
        node.ready = true;
        for (SimulatedWorkload workload : world.workloads.values())
            if (workload.plan.kind().isDaemon()) world.unsettle(workload);
        world.placementDue = true;
        if (node.pool.capacityType() != CapacityType.SPOT) return;
        double lifeHours = -Math.log(1 - Seeds.unit(node.seed, 1)) * node.pool.meanLifeHours();
        world.events.at(world.second + Math.round(3600 * lifeHours), new Event.NodeReclaimed(node));
    }

    void reclaimed(SimulatedNode node) {
        if (node.gone || !node.schedulable) return;
        world.counters.spotReclaims++;
        empty(node, RECLAIM_NOTICE_SECONDS);
    }

    void drain(SimulatedNode node) {
        empty(node, DRAIN_SECONDS);
    }

    private void empty(SimulatedNode node, long seconds) {
        node.schedulable = false;
        for (SimulatedPod pod : List.copyOf(node.pods))
            if (!pod.workload.plan.kind().isDaemon()) pods.delete(pod);
        world.events.at(world.second + seconds, new Event.NodeGone(node));
    }

    void gone(SimulatedNode node) {
        node.gone = true;
        world.nodes.remove(node);
        world.counters.nodeGone(node, world.second);
        for (SimulatedPod pod : List.copyOf(node.pods)) pods.remove(pod);
        for (SimulatedPod pod : List.copyOf(world.pending)) if (pod.onlyNode == node) pods.remove(pod);
    }
}
