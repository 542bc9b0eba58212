package io.trimtab.ingest.remotewrite;

/**
 * The labels by which replicas that send the same series are told apart: external labels of each Prometheus of a highly available pair.
 *
 * @param replica differs between those of a pair
 * @param cluster is the same for them, and differs between pairs
 */
public record ReplicaLabels(String replica, String cluster) {
    /** @see "Grafana Mimir documentation, Configure high-availability deduplication" */
    public static final ReplicaLabels USUAL = new ReplicaLabels("__replica__", "cluster");

    public ReplicaLabels {
        if (replica.isEmpty() || cluster.isEmpty() || replica.equals(cluster))
            throw new IllegalArgumentException(
                    "the labels of replica (%s) and cluster (%s) must be two names".formatted(replica, cluster));
    }
}
