package io.trimtab.ingest.remotewrite;

/**
 * A sender of those that send the same series.
 *
 * @param cluster that they share; empty: the only one
 * @param name its own
 */
record Replica(String cluster, String name) {}
