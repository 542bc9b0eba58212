package io.trimtab.service.loop;

import io.trimtab.ingest.model.MetricFinding;
import io.trimtab.ingest.pushed.PushedSamples;
import io.trimtab.ingest.remotewrite.ReplicaElection;
import io.trimtab.service.view.BasisView.SourceView;
import io.trimtab.service.view.StatusView.ReplicaView;
import java.util.List;

/** Where a cluster's samples come from now, for people. Samples are not marked one by one: it is the same for all containers. */
record Origin(Cluster cluster, PushedSamples pushed, ReplicaElection election) {
    SourceView source() {
        return new SourceView(
                cluster.usageAddress(),
                metric(MetricFinding.Kind.CPU),
                metric(MetricFinding.Kind.MEMORY),
                pushed.flowingSince(cluster.clock().instant()).orElse(null));
    }

    /** Which replicas of senders are listened to. */
    List<ReplicaView> replicas() {
        return election.elected().stream()
                .map(it -> new ReplicaView(it.cluster(), it.replica(), it.heardAt()))
                .toList();
    }

    private String metric(MetricFinding.Kind kind) {
        return cluster.findings().get().stream()
                .filter(finding -> finding.metric() == kind)
                .map(MetricFinding::source)
                .findFirst()
                .orElse("");
    }
}
