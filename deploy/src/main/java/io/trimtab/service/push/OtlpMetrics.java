package io.trimtab.service.push;

import io.prometheus.metrics.core.datapoints.Timer;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import io.trimtab.ingest.otlp.ExportAnswer;
import io.trimtab.ingest.otlp.ExportFault;
import io.trimtab.ingest.pushed.SampleCounts;
import io.trimtab.ingest.pushed.SampleFate;
import java.util.Locale;

/** What is said of OTLP at {@code /metrics}. */
public final class OtlpMetrics {
    private static final String WRITTEN = "written";
    private static final String PARTLY = "partly";

    private final Counter requests;
    private final Counter points;
    private final Histogram seconds;

    /** What a request is read with. */
    interface Reading {
        ExportAnswer read() throws InterruptedException;
    }

    public OtlpMetrics(PrometheusRegistry registry) {
        requests = Counter.builder()
                .name("trimtab_otlp_requests_total")
                .help("Requests of OTLP, by result.")
                .labelNames("result")
                .register(registry);
        points = Counter.builder()
                .name("trimtab_otlp_points_total")
                .help("Data points that were sent by OTLP, by result.")
                .labelNames("result")
                .register(registry);
        seconds = Histogram.builder()
                .name("trimtab_otlp_seconds")
                .help("Time that it took to read a request of OTLP and keep its points.")
                .unit(Unit.SECONDS)
                .classicUpperBounds(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5)
                .register(registry);
        // What has not happened yet is 0, so that its first time is seen.
        requests.initLabelValues(WRITTEN);
        requests.initLabelValues(PARTLY);
        for (ExportFault fault : ExportFault.values()) requests.initLabelValues(label(fault));
        for (SampleFate fate : SampleFate.values()) points.initLabelValues(label(fate));
    }

    ExportAnswer timed(Reading reading) throws InterruptedException {
        Timer running = seconds.startTimer();
        try {
            return reading.read();
        } finally {
            running.observeDuration();
        }
    }

    void count(ExportAnswer answer) {
        switch (answer) {
            case ExportAnswer.Taken taken -> {
                requests.labelValues(taken.rejected() == 0 ? WRITTEN : PARTLY).inc();
                count(taken.points());
            }
            case ExportAnswer.Refused(ExportFault fault, String detail) -> count(fault);
        }
    }

    void count(ExportFault fault) {
        requests.labelValues(label(fault)).inc();
    }

    private void count(SampleCounts counts) {
        for (SampleFate fate : SampleFate.values())
            if (counts.of(fate) > 0) points.labelValues(label(fate)).inc(counts.of(fate));
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
