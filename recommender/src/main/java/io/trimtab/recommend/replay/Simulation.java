package io.trimtab.recommend.replay;

import io.trimtab.ingest.model.ContainerSpec;

/** Moves the world: events in their order, then a sample at each step of the grid. */
final class Simulation {
    private static final long MEAN_DAYS_BETWEEN_DEPLOYS = 6;

    private final World world;
    private final PodLifecycle pods;
    private final NodeLifecycle nodes;
    private final ReplicaController controller;
    private final Scheduler scheduler;
    private final Kubelet kubelet;
    private final NodeAutoscaler nodeAutoscaler;
    private final Resizer resizer;
    private long nextSample;

    Simulation(World world, Resizer resizer) {
        this.world = world;
        this.resizer = resizer;
        pods = new PodLifecycle(world);
        nodes = new NodeLifecycle(world, pods);
        controller = new ReplicaController(world, pods);
        scheduler = new Scheduler(world, pods);
        kubelet = new Kubelet(world, pods);
        nodeAutoscaler = new NodeAutoscaler(world, nodes);
        nextSample = world.second + world.stepSeconds;
        begin();
    }

    /** The first nodes stand already; the first pods are placed at once. */
    private void begin() {
        for (NodePool pool : world.pools) for (int i = 0; i < pool.nodes(); i++) nodes.booted(world.newNode(pool));
        for (SimulatedWorkload workload : world.workloads.values()) {
            WorkloadPlan plan = workload.plan;
            if (plan.kind().runsToCompletion()) {
                world.events.at(world.second + plan.timing().offsetSeconds(), new Event.RunDue(workload));
            } else {
                world.unsettle(workload);
                scheduleDeploy(workload);
            }
            plan.scaling().ifPresent(scaling -> world.scalers.add(new HorizontalScaler(workload, scaling)));
        }
        settle();
    }

    /** Deploys come in working hours, a few days apart. */
    private void scheduleDeploy(SimulatedWorkload workload) {
        long seed = workload.plan.seed() + 5;
        double luck = Seeds.unit(seed, workload.revision);
        long days = 1 + Math.round(-Math.log(1 - luck) * (MEAN_DAYS_BETWEEN_DEPLOYS - 1));
        long day = Math.floorDiv(world.second, 86_400L) + days;
        while (DemandShape.isWeekend(day * 86_400)) day++;
        long at = day * 86_400 + 8 * 3600 + (long) (Seeds.unit(seed, -workload.revision) * 9 * 3600);
        world.events.at(at, new Event.Deployed(workload));
    }

    void advanceTo(long second) {
        while (world.events.nextSecond() <= second || nextSample <= second) {
            if (world.events.nextSecond() <= nextSample) {
                world.second = world.events.nextSecond();
                handle(world.events.take());
            } else {
                world.second = nextSample;
                nextSample += world.stepSeconds;
                sample();
            }
            settle();
        }
        world.second = second;
    }

    private void sample() {
        kubelet.sample();
        for (HorizontalScaler scaler : world.scalers) scaler.step(world);
        resizer.retry();
        nodeAutoscaler.step();
        world.history.prune(world.second);
    }

    void settle() {
        controller.settleAll();
        if (world.placementDue) scheduler.placePending();
    }

    private void handle(Event event) {
        switch (event) {
            case Event.PodStarted(SimulatedPod pod, int incarnation) -> {
                if (isCurrent(pod, incarnation)) pods.started(pod);
            }
            case Event.PodReady(SimulatedPod pod, int incarnation) -> {
                if (isCurrent(pod, incarnation)) pods.ready(pod);
            }
            case Event.PodFinished(SimulatedPod pod, int incarnation) -> {
                if (isCurrent(pod, incarnation)) finished(pod);
            }
            case Event.PodGone(SimulatedPod pod) -> pods.remove(pod);
            case Event.NodeBooted(SimulatedNode node) -> nodes.booted(node);
            case Event.NodeReclaimed(SimulatedNode node) -> nodes.reclaimed(node);
            case Event.NodeGone(SimulatedNode node) -> nodes.gone(node);
            case Event.Deployed(SimulatedWorkload workload) -> deploy(workload);
            case Event.RunDue(SimulatedWorkload workload) -> controller.runDue(workload);
        }
    }

    private static boolean isCurrent(SimulatedPod pod, int incarnation) {
        return !pod.gone && !pod.isTerminating() && pod.incarnation == incarnation;
    }

    private void finished(SimulatedPod pod) {
        pod.workload.podsToFinish--;
        pods.remove(pod);
    }

    private void deploy(SimulatedWorkload workload) {
        workload.revision++;
        workload.template = workload.template.stream()
                .map(container -> new ContainerSpec(
                        container.name(),
                        ClusterGenerator.image(container.name(), workload.revision),
                        container.requirements()))
                .toList();
        world.unsettle(workload);
        scheduleDeploy(workload);
    }
}
