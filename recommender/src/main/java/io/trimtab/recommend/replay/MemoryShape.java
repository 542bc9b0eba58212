package io.trimtab.recommend.replay;

import io.trimtab.recommend.replay.WorkloadPlan.Footprint;

/** The memory that one pod of a workload holds. */
final class MemoryShape {
    private static final double FOLLOWS_LOAD_SECONDS = 600;

    private final WorkloadPlan plan;

    MemoryShape(WorkloadPlan plan) {
        this.plan = plan;
    }

    /**
     * Moves the pod's load towards what it does now.
     *
     * @param usedMilli CPU that its first container uses
     */
    void follow(SimulatedPod pod, double usedMilli, long stepSeconds) {
        double now = Math.min(1.5, usedMilli / Math.max(1, plan.podPeakMilli()));
        pod.load += (now - pod.load) * (1 - Math.exp(-stepSeconds / FOLLOWS_LOAD_SECONDS));
        pod.highestLoad = Math.max(pod.highestLoad, pod.load);
    }

    /** Bytes that the pod's first container wants at this moment, before any limit. */
    double bytes(SimulatedPod pod, long second) {
        Footprint footprint = plan.footprint();
        double upHours = (second - pod.startedAt) / 3600.0;
        double jitter = 1
                + 0.03 * (Seeds.unit(plan.seed(), pod.ordinal) - 0.5)
                + 0.01 * (Seeds.unit(plan.seed() ^ pod.ordinal, second) - 0.5);
        double held = switch (plan.kind()) {
            // A collector gives little back to the system: the heap stands where the highest load pushed it. So does a
            // store's cache, which also fills by itself.
            case JVM_SERVICE -> footprint.loadBytes() * Math.min(1, 0.3 + pod.highestLoad);
            case STATEFUL_STORE ->
                footprint.loadBytes() * Math.max(Math.min(1, pod.highestLoad), 1 - Math.exp(-upHours / 12));
            case LEAKING_SERVICE -> footprint.loadBytes() * pod.load + footprint.leakBytesPerHour() * upHours;
            case BATCH, CRON, GPU_TRAINING -> footprint.loadBytes() * Math.min(1, 5 * done(pod));
            case WEB, BURSTY_API, QUEUE_WORKER, GPU_INFERENCE, DAEMON, DEVELOPMENT -> footprint.loadBytes() * pod.load;
        };
        return (footprint.baseBytes() + held) * jitter;
    }

    private static double done(SimulatedPod pod) {
        return pod.workTotal <= 0 ? 0 : 1 - pod.workLeft / pod.workTotal;
    }
}
