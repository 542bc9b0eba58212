package io.trimtab.recommend.replay;

import io.trimtab.ingest.model.ContainerSpec;
import java.util.ArrayList;
import java.util.List;

/** A workload as it stands: its template, its replicas, its pods, and what its last sample came to. */
final class SimulatedWorkload {
    final WorkloadPlan plan;
    final DemandShape demand;
    final MemoryShape memory;
    final List<SimulatedPod> pods = new ArrayList<>();

    List<ContainerSpec> template;
    int replicas;

    /** Of the image; a resize keeps it, a deploy raises it. */
    int revision = 1;

    long podsEver;
    /** The scheduled minute of the present run, since the epoch, and how many of its pods have yet to finish. */
    long runMinute;

    int podsToFinish;

    /** CPU wanted by the workload, or by one pod of it; of a queue worker that of the arrivals. */
    double demandMilli;

    /** Work that waits in a queue, in milli-core-seconds. */
    double backlog;

    double obtainedMilli;
    double podsUsedMilli;
    double podsRequestedMilli;
    int readyPods;

    /** Requests of this workload that are not yet whole ones. */
    double servedRequests;

    double lateRequests;

    SimulatedWorkload(WorkloadPlan plan) {
        this.plan = plan;
        template = plan.containers();
        replicas = plan.replicas();
        demand = new DemandShape(plan);
        memory = new MemoryShape(plan);
    }

    int countReady() {
        int ready = 0;
        for (SimulatedPod pod : pods) if (pod.isReady()) ready++;
        return ready;
    }

    /** What each ready pod would use if nothing held it back, in milli-cores. */
    double wantedPerPodMilli(long stepSeconds) {
        if (plan.kind().demandsPerPod()) return demandMilli;
        if (readyPods == 0) return 0;
        if (plan.kind() != WorkloadKind.QUEUE_WORKER) return demandMilli / readyPods;
        double mostPerPod = plan.podPeakMilli() * 1.3;
        return Math.min(mostPerPod, (demandMilli + backlog / stepSeconds) / readyPods);
    }
}
