package io.trimtab.service.loop;

import io.trimtab.ingest.model.MetricFinding;
import io.trimtab.ingest.pushed.PushedSamples;
import io.trimtab.service.view.BasisView.SourceView;
import java.util.function.Supplier;

/** Where a cluster's samples come from now, for people. Samples are not marked one by one: it is the same for all containers. */
record Origin(Cluster cluster, PushedSamples pushed) implements Supplier<SourceView> {
    @Override
    public SourceView get() {
        return new SourceView(
                cluster.usageAddress(),
                metric(MetricFinding.Kind.CPU),
                metric(MetricFinding.Kind.MEMORY),
                pushed.flowingSince(cluster.clock().instant()).orElse(null));
    }

    private String metric(MetricFinding.Kind kind) {
        return cluster.findings().get().stream()
                .filter(finding -> finding.metric() == kind)
                .map(MetricFinding::source)
                .findFirst()
                .orElse("");
    }
}
