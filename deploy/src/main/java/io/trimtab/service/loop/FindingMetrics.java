package io.trimtab.service.loop;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.trimtab.ingest.model.MetricFinding;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Says at {@code /metrics} which metrics usage comes from. */
final class FindingMetrics {
    private FindingMetrics() {}

    static void register(PrometheusRegistry registry, Supplier<List<MetricFinding>> findings) {
        GaugeWithCallback.builder()
                .name("trimtab_usage_metric_present")
                .help("Whether the source of usage has a metric: 1 or 0; the status says what it costs.")
                .labelNames("metric")
                .callback(callback -> {
                    for (MetricFinding finding : findings.get())
                        callback.call(
                                finding.isPresent() ? 1 : 0,
                                finding.metric().name().toLowerCase(Locale.ROOT));
                })
                .register(registry);
    }
}
