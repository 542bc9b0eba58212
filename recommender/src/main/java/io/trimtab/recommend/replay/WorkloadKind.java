package io.trimtab.recommend.replay;

import java.util.Locale;

/** The twelve kinds of workload and what sets them apart for the scheduler and the counters; their usage is in {@link DemandShape} and {@link MemoryShape}. */
enum WorkloadKind {
    WEB("Deployment", true, true),
    BURSTY_API("Deployment", true, true),
    BATCH("CronJob", true, false),
    CRON("CronJob", true, false),
    QUEUE_WORKER("Deployment", true, false),
    JVM_SERVICE("Deployment", false, true),
    LEAKING_SERVICE("Deployment", false, true),
    GPU_INFERENCE("Deployment", false, true),
    GPU_TRAINING("CronJob", true, false),
    STATEFUL_STORE("StatefulSet", false, false),
    DAEMON("DaemonSet", true, false),
    DEVELOPMENT("Deployment", true, false);

    final String kubernetesKind;
    final boolean toleratesSpot;
    final boolean serves;

    WorkloadKind(String kubernetesKind, boolean toleratesSpot, boolean serves) {
        this.kubernetesKind = kubernetesKind;
        this.toleratesSpot = toleratesSpot;
        this.serves = serves;
    }

    boolean runsToCompletion() {
        return kubernetesKind.equals("CronJob");
    }

    boolean isDaemon() {
        return this == DAEMON;
    }

    boolean usesGpu() {
        return this == GPU_INFERENCE || this == GPU_TRAINING;
    }

    /** Whether the plan's CPU is that of one pod, however many there are, instead of a demand that the pods share. */
    boolean demandsPerPod() {
        return runsToCompletion() || isDaemon();
    }

    /** The value of the label that tells people what a workload plays. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
