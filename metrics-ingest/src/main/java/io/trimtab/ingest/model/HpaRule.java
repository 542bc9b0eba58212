package io.trimtab.ingest.model;

/** What becomes of a HorizontalPodAutoscaler's targets when requests change that it measures by. */
public enum HpaRule {
    /** They move with the requests, so that the replicas stay. */
    RETUNE,
    /** They stay, and so do the requests. */
    LEAVE
}
