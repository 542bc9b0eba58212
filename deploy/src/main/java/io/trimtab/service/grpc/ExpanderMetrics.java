package io.trimtab.service.grpc;

import io.prometheus.metrics.core.datapoints.Timer;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;

/** What is said of the expander at {@code /metrics}. */
public final class ExpanderMetrics {
    private static final String CHOSEN = "chosen";
    private static final String REFUSED = "refused";

    private final Counter requests;
    private final Histogram seconds;

    public ExpanderMetrics(PrometheusRegistry registry) {
        requests = Counter.builder()
                .name("trimtab_expander_requests_total")
                .help("Questions of Cluster Autoscaler which node group to grow, by result.")
                .labelNames("result")
                .register(registry);
        seconds = Histogram.builder()
                .name("trimtab_expander_seconds")
                .help("Time that it took to choose a node group for Cluster Autoscaler.")
                .unit(Unit.SECONDS)
                .classicUpperBounds(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)
                .register(registry);
        // What has not happened yet is 0, so that its first time is seen.
        requests.initLabelValues(CHOSEN);
        requests.initLabelValues(REFUSED);
    }

    Timer begin() {
        return seconds.startTimer();
    }

    void chosen(Timer since) {
        requests.labelValues(CHOSEN).inc();
        since.observeDuration();
    }

    void refused() {
        requests.labelValues(REFUSED).inc();
    }
}
