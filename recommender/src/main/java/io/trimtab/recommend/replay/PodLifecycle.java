package io.trimtab.recommend.replay;

import io.trimtab.ingest.model.PodId;
import org.jspecify.annotations.Nullable;

/** Brings pods from creation to their end; each method is one transition at the world's present moment. */
final class PodLifecycle {
    private static final int GRACE_SECONDS = 20;

    /** Kubelet's restart back-off: 10 s, doubled up to 5 min, forgotten after 10 min of running. */
    private static final long FIRST_BACKOFF_SECONDS = 10;

    private static final long LONGEST_BACKOFF_SECONDS = 300;
    private static final long FORGIVEN_AFTER_SECONDS = 600;

    private final World world;

    PodLifecycle(World world) {
        this.world = world;
    }

    void create(SimulatedWorkload workload, String name, @Nullable SimulatedNode onlyNode) {
        PodId id = new PodId(workload.plan.id().namespace(), name);
        SimulatedPod pod = new SimulatedPod(id, workload, workload.podsEver++, world.second, onlyNode);
        workload.pods.add(pod);
        // A daemon's pod goes first, as its priority class has it.
        if (onlyNode == null) world.pending.addLast(pod);
        else world.pending.addFirst(pod);
        world.placementDue = true;
    }

    /** The caller takes it off the pending list. */
    void bind(SimulatedPod pod, SimulatedNode node) {
        node.add(pod);
        pod.node = node;
        pod.boundAt = world.second;
        world.counters.pendingPodSeconds += world.second - pod.createdAt;
        double luck = Seeds.unit(pod.workload.plan.seed() + 2, pod.ordinal);
        long startSeconds = Math.max(1, Math.round(pod.workload.plan.timing().startSeconds() * (0.6 + 0.8 * luck)));
        world.events.at(world.second + startSeconds, new Event.PodStarted(pod, pod.incarnation));
    }

    void started(SimulatedPod pod) {
        pod.startedAt = world.second;
        pod.hasEverStarted = true;
        pod.load = 0;
        pod.highestLoad = 0;
        WorkloadPlan plan = pod.workload.plan;
        if (plan.kind().runsToCompletion()) startRun(pod);
        world.events.at(world.second + plan.timing().readySeconds(), new Event.PodReady(pod, pod.incarnation));
    }

    private void startRun(SimulatedPod pod) {
        WorkloadPlan plan = pod.workload.plan;
        double longer = 0.75 + 0.5 * Seeds.unit(plan.seed() + 3, pod.ordinal);
        pod.workTotal = plan.timing().runSeconds() * longer * plan.podPeakMilli();
        pod.workLeft = pod.workTotal;
        pod.rateMilli = Math.min(plan.podPeakMilli(), pod.containers.getFirst().cpuLimitMilli);
        pod.progressAt = world.second;
        finishWithin(pod, world.stepSeconds);
    }

    /** Lets a run end between two samples when its work does not last until the next one. */
    void finishWithin(SimulatedPod pod, long seconds) {
        if (pod.secondsLeft() > seconds) return;
        long end = world.second + Math.max(1, (long) Math.ceil(pod.secondsLeft()));
        world.events.at(end, new Event.PodFinished(pod, pod.incarnation));
    }

    void ready(SimulatedPod pod) {
        pod.readyAt = world.second;
        world.unsettle(pod.workload);
    }

    /** Asks for the pod's end; it keeps its room for a while yet. */
    void delete(SimulatedPod pod) {
        if (pod.isTerminating()) return;
        pod.deletedAt = world.second;
        pod.readyAt = SimulatedPod.NEVER;
        if (pod.node == null) remove(pod);
        else world.events.at(world.second + GRACE_SECONDS, new Event.PodGone(pod));
    }

    /** The pod is no more. */
    void remove(SimulatedPod pod) {
        if (pod.gone) return;
        pod.gone = true;
        pod.incarnation++;
        pod.workload.pods.remove(pod);
        if (pod.node != null) {
            pod.node.remove(pod);
            world.placementDue = true;
        } else {
            world.pending.remove(pod);
            world.counters.pendingPodSeconds += world.second - pod.createdAt;
        }
        world.unsettle(pod.workload);
    }

    /** Its containers are stopped and start again on the same node after the back-off; a run begins anew. */
    void restart(SimulatedPod pod) {
        boolean forgiven = world.second - pod.startedAt >= FORGIVEN_AFTER_SECONDS;
        pod.killsInARow = forgiven ? 1 : pod.killsInARow + 1;
        long backoff = Math.min(LONGEST_BACKOFF_SECONDS, FIRST_BACKOFF_SECONDS << Math.min(8, pod.killsInARow - 1));
        pod.incarnation++;
        pod.startedAt = SimulatedPod.NEVER;
        pod.readyAt = SimulatedPod.NEVER;
        if (!pod.isTerminating()) world.events.at(world.second + backoff, new Event.PodStarted(pod, pod.incarnation));
    }
}
