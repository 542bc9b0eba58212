package io.trimtab.service.cli;

import io.trimtab.ingest.remotewrite.ReplicaLabels;
import io.trimtab.service.config.SettingsException;
import picocli.CommandLine.Option;

/** How replicas that push the same samples are told apart. */
final class ReplicaOptions {
    @Option(
            names = "--replica-label",
            paramLabel = "LABEL",
            defaultValue = "${env:TRIMTAB_REPLICA_LABEL:-__replica__}",
            description = "The label by which replicas of a Prometheus that remote_write the same series differ; one of"
                    + " them is listened to at a time. That of the Prometheus Operator is prometheus_replica (default:"
                    + " ${DEFAULT-VALUE}).")
    private String replica = ReplicaLabels.USUAL.replica();

    @Option(
            names = "--replica-cluster-label",
            paramLabel = "LABEL",
            defaultValue = "${env:TRIMTAB_REPLICA_CLUSTER_LABEL:-cluster}",
            description = "The label that those replicas share and others do not; who has none is of one cluster"
                    + " (default: ${DEFAULT-VALUE}).")
    private String cluster = ReplicaLabels.USUAL.cluster();

    ReplicaLabels settings() {
        try {
            return new ReplicaLabels(replica, cluster);
        } catch (IllegalArgumentException e) {
            throw new SettingsException("--replica-label (%s) and --replica-cluster-label (%s) must be two label names"
                    .formatted(replica, cluster));
        }
    }
}
