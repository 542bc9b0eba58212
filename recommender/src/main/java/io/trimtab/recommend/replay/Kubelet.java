package io.trimtab.recommend.replay;

import io.trimtab.ingest.model.ContainerId;
import java.util.List;

/** Samples the usage of every pod: who gets how much CPU, who holds how much memory, and who is killed for it. */
final class Kubelet {
    /** Kernel, kubelet and container runtime. */
    private static final double SYSTEM_BYTES = 300.0 * (1 << 20);

    private static final double IDLE_MILLI = 2;
    private static final double SIDECAR_SHARE = 0.08;
    private static final double SIDECAR_BYTES = 60.0 * (1 << 20);

    private final World world;
    private final PodLifecycle lifecycle;

    Kubelet(World world, PodLifecycle lifecycle) {
        this.world = world;
        this.lifecycle = lifecycle;
    }

    void sample() {
        for (SimulatedWorkload workload : world.workloads.values()) begin(workload);
        for (SimulatedNode node : world.nodes) if (node.ready) sample(node);
        for (SimulatedWorkload workload : world.workloads.values()) account(workload);
    }

    private void begin(SimulatedWorkload workload) {
        workload.demandMilli = workload.demand.next(world.second, world.second - world.startSecond, world.stepSeconds);
        workload.readyPods = workload.countReady();
        workload.obtainedMilli = 0;
        workload.podsUsedMilli = 0;
        workload.podsRequestedMilli = 0;
    }

    private void sample(SimulatedNode node) {
        double excessMilli = 0;
        double spareMilli = node.pool.shape().cpuMilli();
        for (SimulatedPod pod : node.pods) {
            if (!pod.isRunning()) continue;
            setWanted(pod);
            for (SimulatedContainer container : pod.containers) {
                double allowed = Math.min(container.wantedMilli, container.cpuLimitMilli);
                double firm = Math.min(allowed, container.cpuRequestMilli);
                spareMilli -= firm;
                excessMilli += allowed - firm;
            }
        }
        // Requests are always met; what is wanted beyond them shares what is spare.
        double share = excessMilli <= spareMilli ? 1 : Math.max(0, spareMilli) / excessMilli;
        double nodeBytes = SYSTEM_BYTES;
        boolean scraped = world.history.isScraped(node.seed, world.second);
        for (SimulatedPod pod : List.copyOf(node.pods)) {
            if (!pod.isRunning()) continue;
            world.counters.podSeconds += world.stepSeconds;
            nodeBytes += use(pod, share, scraped);
        }
        if (nodeBytes > node.pool.shape().memoryBytes()) killForTheNode(node, nodeBytes);
    }

    private void setWanted(SimulatedPod pod) {
        WorkloadPlan plan = pod.workload.plan;
        boolean working = pod.isReady() || plan.kind().runsToCompletion();
        double wanted = working
                ? pod.workload.wantedPerPodMilli(world.stepSeconds)
                : plan.timing().warmUpMilli();
        if (pod.isTerminating()) wanted = IDLE_MILLI;
        for (int i = 0; i < pod.containers.size(); i++) {
            pod.containers.get(i).wantedMilli =
                    i == 0 ? Math.max(IDLE_MILLI, wanted) : IDLE_MILLI + SIDECAR_SHARE * wanted;
        }
    }

    /** @return bytes that the pod holds */
    private double use(SimulatedPod pod, double share, boolean scraped) {
        SimulatedWorkload workload = pod.workload;
        Counters counters = world.counters;
        double podBytes = 0;
        SimulatedContainer killed = null;
        for (int i = 0; i < pod.containers.size(); i++) {
            SimulatedContainer container = pod.containers.get(i);
            double allowed = Math.min(container.wantedMilli, container.cpuLimitMilli);
            double firm = Math.min(allowed, container.cpuRequestMilli);
            container.usedMilli = firm + (allowed - firm) * share;
            if (container.usedMilli < 0.99 * container.wantedMilli) counters.throttledSeconds += world.stepSeconds;
            if (i == 0) workload.memory.follow(pod, container.usedMilli, world.stepSeconds);
            double wantedBytes =
                    i == 0 ? workload.memory.bytes(pod, world.second) : SIDECAR_BYTES * (1 + 0.3 * pod.load);
            container.memoryBytes = Math.min(wantedBytes, container.memoryLimitBytes);
            if (wantedBytes > container.memoryLimitBytes) killed = container;
            podBytes += container.memoryBytes;
            counters.usedMilliSeconds += container.usedMilli * world.stepSeconds;
            counters.usedByteSeconds += container.memoryBytes * world.stepSeconds;
            counters.requestedMilliSeconds += (double) container.cpuRequestMilli * world.stepSeconds;
            counters.requestedByteSeconds += (double) container.memoryRequestBytes * world.stepSeconds;
            counters.unusedMilliSeconds +=
                    Math.max(0, container.cpuRequestMilli - container.usedMilli) * world.stepSeconds;
            counters.unusedByteSeconds +=
                    Math.max(0, container.memoryRequestBytes - container.memoryBytes) * world.stepSeconds;
            if (pod.isReady()) {
                workload.podsUsedMilli += container.usedMilli;
                workload.podsRequestedMilli += container.cpuRequestMilli;
            }
            if (scraped) world.history.add(pod, container, world.second);
        }
        double mainMilli = pod.containers.getFirst().usedMilli;
        if (pod.isReady()) workload.obtainedMilli += mainMilli;
        if (killed != null) kill(pod, killed);
        else if (workload.plan.kind().runsToCompletion() && !pod.isTerminating()) progress(pod, mainMilli);
        return killed == null ? podBytes : 0;
    }

    /** The run went on at the old rate until now and goes on at the new one. */
    private void progress(SimulatedPod pod, double rateMilli) {
        pod.workLeft = Math.max(0, pod.workLeft - pod.rateMilli * (world.second - pod.progressAt));
        pod.progressAt = world.second;
        pod.rateMilli = rateMilli;
        pod.incarnation++;
        // Raising the incarnation calls off an end that was foreseen at the old rate; being ready is all else that
        // could be on its way.
        if (!pod.isReady()) lifecycle.ready(pod);
        lifecycle.finishWithin(pod, world.stepSeconds);
    }

    private void kill(SimulatedPod pod, SimulatedContainer container) {
        world.counters.oomKills++;
        if (pod.workload.plan.kind() == WorkloadKind.LEAKING_SERVICE) world.counters.leakKills++;
        world.history.addKill(
                pod.workload.plan.id(),
                new ContainerId(pod.id, container.spec.name()),
                container.memoryRequestBytes,
                world.second);
        lifecycle.restart(pod);
    }

    /** The kernel takes the containers that are furthest above their request until the rest fits. */
    private void killForTheNode(SimulatedNode node, double nodeBytes) {
        double left = nodeBytes;
        while (left > node.pool.shape().memoryBytes()) {
            SimulatedPod worst = null;
            double most = 0;
            for (SimulatedPod pod : node.pods) {
                SimulatedContainer main = pod.containers.getFirst();
                double above = main.memoryBytes - main.memoryRequestBytes;
                if (pod.isRunning() && above > most) {
                    most = above;
                    worst = pod;
                }
            }
            if (worst == null) return;
            left -= worst.containers.getFirst().memoryBytes;
            kill(worst, worst.containers.getFirst());
        }
    }

    private void account(SimulatedWorkload workload) {
        double missedMilli = Math.max(0, workload.demandMilli - workload.obtainedMilli);
        if (workload.plan.kind() == WorkloadKind.QUEUE_WORKER) {
            double change = (workload.demandMilli - workload.obtainedMilli) * world.stepSeconds;
            workload.backlog = Math.max(0, workload.backlog + change);
        }
        if (!workload.plan.kind().serves) return;
        // Milli-cores over seconds are milliseconds of CPU.
        double requests = world.stepSeconds / workload.plan.load().requestCpuMillis();
        workload.servedRequests += (workload.demandMilli - missedMilli) * requests;
        // Rounding in the shares is not lateness.
        if (missedMilli > 1e-6 * workload.demandMilli) workload.lateRequests += missedMilli * requests;
    }
}
