package io.trimtab.recommend.replay;

import io.trimtab.recommend.replay.WorkloadPlan.Timing;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes a workload's pods what its spec says: their number, their revision, and for a DaemonSet their nodes. */
final class ReplicaController {
    private final World world;
    private final PodLifecycle lifecycle;

    ReplicaController(World world, PodLifecycle lifecycle) {
        this.world = world;
        this.lifecycle = lifecycle;
    }

    void settleAll() {
        for (var workload = world.nextUnsettled(); workload.isPresent(); workload = world.nextUnsettled())
            settle(workload.get());
    }

    private void settle(SimulatedWorkload workload) {
        switch (workload.plan.kind().kubernetesKind) {
            case "DaemonSet" -> settleDaemon(workload);
            case "StatefulSet" -> settleStateful(workload);
            case "CronJob" -> settleRun(workload);
            default -> settleDeployment(workload);
        }
    }

    /** Begins a CronJob's run, unless the last one still runs ({@code concurrencyPolicy: Forbid}); names the next. */
    void runDue(SimulatedWorkload workload) {
        Timing timing = workload.plan.timing();
        world.events.at(world.second + timing.everySeconds(), new Event.RunDue(workload));
        boolean rests = workload.plan.kind() == WorkloadKind.GPU_TRAINING && DemandShape.isWeekend(world.second);
        if (rests || !workload.pods.isEmpty()) return;
        workload.runMinute = world.second / 60;
        workload.podsToFinish = workload.replicas;
        world.unsettle(workload);
    }

    private void settleRun(SimulatedWorkload workload) {
        for (int live = count(workload, pod -> !pod.isTerminating()); live < workload.podsToFinish; live++)
            create(workload, null);
    }

    private void settleDaemon(SimulatedWorkload workload) {
        Set<SimulatedNode> covered = new HashSet<>();
        for (SimulatedPod pod : workload.pods) if (pod.onlyNode != null) covered.add(pod.onlyNode);
        for (SimulatedNode node : world.nodes) if (node.takesPods() && !covered.contains(node)) create(workload, node);
        replaceOneOutdated(workload);
    }

    private void settleStateful(SimulatedWorkload workload) {
        Set<String> names = new HashSet<>();
        for (SimulatedPod pod : workload.pods) names.add(pod.id.name());
        for (int index = 0; index < workload.replicas; index++) {
            String name = workload.plan.id().name() + "-" + index;
            if (names.add(name)) lifecycle.create(workload, name, null);
        }
        for (int live = count(workload, pod -> !pod.isTerminating()); live > workload.replicas; live--)
            lifecycle.delete(last(workload, pod -> true));
        replaceOneOutdated(workload);
    }

    /** One at a time, and only while every other pod is ready. */
    private void replaceOneOutdated(SimulatedWorkload workload) {
        boolean settled = count(workload, pod -> !pod.isReady()) == 0;
        Predicate<SimulatedPod> outdated = pod -> pod.revision != workload.revision;
        if (settled && count(workload, outdated) > 0) lifecycle.delete(last(workload, outdated));
    }

    /** A rolling update with a quarter of surge that takes no ready pod away before another is ready. */
    private void settleDeployment(SimulatedWorkload workload) {
        int wanted = workload.replicas;
        Predicate<SimulatedPod> live = pod -> !pod.isTerminating();
        Predicate<SimulatedPod> outdated = live.and(pod -> pod.revision != workload.revision);
        int surplus = count(workload, live) - wanted;
        while (surplus > 0) {
            boolean rolling = count(workload, outdated) > 0;
            Predicate<SimulatedPod> candidates = rolling ? outdated : live;
            Predicate<SimulatedPod> idle = candidates.and(pod -> !pod.isReady());
            boolean hasIdle = count(workload, idle) > 0;
            boolean spare = count(workload, SimulatedPod::isReady) > wanted;
            if (rolling && !hasIdle && !spare) break;
            lifecycle.delete(last(workload, hasIdle ? idle : candidates));
            surplus--;
        }
        int old = count(workload, outdated);
        int allowed = wanted + (old > 0 ? Math.max(1, wanted / 4) : 0);
        int all = count(workload, live);
        for (int updated = all - old; all < allowed && updated < wanted; all++, updated++) create(workload, null);
    }

    private void create(SimulatedWorkload workload, @Nullable SimulatedNode onlyNode) {
        lifecycle.create(
                workload,
                PodNames.of(workload.plan, workload.revision, workload.podsEver, workload.runMinute),
                onlyNode);
    }

    private static int count(SimulatedWorkload workload, Predicate<SimulatedPod> wanted) {
        int count = 0;
        for (SimulatedPod pod : workload.pods) if (wanted.test(pod)) count++;
        return count;
    }

    /** The newest such pod that is not terminating; there must be one. */
    private static SimulatedPod last(SimulatedWorkload workload, Predicate<SimulatedPod> wanted) {
        return workload.pods.reversed().stream()
                .filter(pod -> !pod.isTerminating())
                .filter(wanted)
                .findFirst()
                .orElseThrow();
    }
}
