package io.trimtab.service.loop;

import io.trimtab.ingest.model.RequestMetrics;
import io.trimtab.ingest.model.RequestMetrics.Named;
import io.trimtab.ingest.model.ScrapeMonitor;
import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadState;
import io.trimtab.ingest.vocabulary.RequestNames;
import io.trimtab.service.view.WorkloadDetailView.MonitorView;
import io.trimtab.service.view.WorkloadDetailView.RequestMetricView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Shows who has a workload scraped, and which metrics tell of its requests for that. */
final class MonitorRendering {
    private MonitorRendering() {}

    static List<MonitorView> monitors(WorkloadState state) {
        return state.monitors().stream()
                .map(it -> new MonitorView(it.kind(), it.namespace(), it.name()))
                .toList();
    }

    static RequestMetrics metrics(WorkloadState state) {
        Map<String, String> annotations =
                state.workload().map(Workload::annotations).orElse(Map.of());
        return RequestMetrics.of(annotations, state.monitors());
    }

    static List<RequestMetricView> requestMetrics(WorkloadState state) {
        RequestMetrics metrics = metrics(state);
        return Stream.of(
                        view("requests", metrics.requests(), RequestNames.COUNTERS, state.monitors()),
                        view("latency", metrics.latency(), RequestNames.HISTOGRAMS, state.monitors()))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<RequestMetricView> view(
            String of, Optional<Named> named, List<String> wellKnown, List<ScrapeMonitor> monitors) {
        return named.map(it -> new RequestMetricView(
                        of, List.of(it.value()), "annotation %s of %s".formatted(it.annotation(), it.on())))
                .or(() -> monitors.stream()
                        .findFirst()
                        .map(first -> new RequestMetricView(
                                of,
                                wellKnown,
                                "the first of the well-known names that it has, since %s selects it"
                                        .formatted(first))));
    }
}
