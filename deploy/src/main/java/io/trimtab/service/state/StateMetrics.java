package io.trimtab.service.state;

import io.prometheus.metrics.core.datapoints.Timer;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.time.Duration;
import java.time.Instant;

/** What is said of saving at {@code /metrics}. Without a folder all of it stays 0. */
public final class StateMetrics {
    private final Gauge bytes;
    private final Gauge savedAt;
    private final Gauge interval;
    private final Histogram seconds;
    private final Counter failures;

    public StateMetrics(PrometheusRegistry registry) {
        bytes = Gauge.builder()
                .name("trimtab_state_bytes")
                .help("Size of the newest state file; 0 when there is none.")
                .unit(Unit.BYTES)
                .register(registry);
        savedAt = Gauge.builder()
                .name("trimtab_state_saved_timestamp_seconds")
                .help("When the newest state file was saved, or 0 when there is none.")
                .unit(Unit.SECONDS)
                .register(registry);
        interval = Gauge.builder()
                .name("trimtab_state_interval_seconds")
                .help("Time between snapshots, as it is set; 0 when nothing is kept.")
                .unit(Unit.SECONDS)
                .register(registry);
        seconds = Histogram.builder()
                .name("trimtab_state_save_seconds")
                .help("Time that saving took: stage snapshot keeps the loop waiting, stage write does not.")
                .unit(Unit.SECONDS)
                .labelNames("stage")
                .classicUpperBounds(0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
                .register(registry);
        failures = Counter.builder()
                .name("trimtab_state_save_failures_total")
                .help("Attempts to save that failed; the log and the status say why.")
                .register(registry);
        seconds.initLabelValues("snapshot");
        seconds.initLabelValues("write");
    }

    void every(Duration every) {
        interval.set(every.toMillis() / 1e3);
    }

    Timer snapshot() {
        return seconds.labelValues("snapshot").startTimer();
    }

    Timer write() {
        return seconds.labelValues("write").startTimer();
    }

    void kept(Instant at, long size) {
        savedAt.set(at.getEpochSecond());
        bytes.set(size);
    }

    void failed() {
        failures.inc();
    }
}
