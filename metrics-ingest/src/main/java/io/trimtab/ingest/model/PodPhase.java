package io.trimtab.ingest.model;

/** The phases of the Kubernetes pod lifecycle. */
public enum PodPhase {
    PENDING,
    RUNNING,
    SUCCEEDED,
    FAILED,
    UNKNOWN
}
