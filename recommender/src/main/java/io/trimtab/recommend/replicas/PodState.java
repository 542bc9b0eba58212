package io.trimtab.recommend.replicas;

/** What a pod's state means to the autoscaler. */
public enum PodState {
    /** Runs and is ready. */
    READY,
    /** Runs, and has never become ready. */
    NEVER_READY,
    /** Runs inside the CPU initialisation window, so its CPU samples say nothing yet. */
    STARTING,
    /** Is not scheduled or has not started. */
    PENDING,
    /** Has failed; it is not counted. */
    FAILED,
    /** Its deletion has been asked for; it is not counted. */
    TERMINATING
}
