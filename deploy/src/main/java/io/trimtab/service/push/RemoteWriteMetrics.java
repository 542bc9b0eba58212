package io.trimtab.service.push;

import io.prometheus.metrics.core.datapoints.Timer;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import io.trimtab.ingest.pushed.PushedSamples;
import io.trimtab.ingest.pushed.SampleFate;
import io.trimtab.ingest.remotewrite.Received;
import io.trimtab.ingest.remotewrite.ReplicaElection;
import io.trimtab.ingest.remotewrite.RequestFault;
import io.trimtab.ingest.remotewrite.WriteAnswer;
import java.util.Locale;

/** What is said of remote write at {@code /metrics}. */
public final class RemoteWriteMetrics {
    private static final String WRITTEN = "written";
    private static final String PARTLY = "partly";
    private static final String DEDUPLICATED = "deduplicated";

    private final Counter requests;
    private final Counter samples;
    private final Histogram seconds;

    /** What a request is read with. */
    interface Reading {
        WriteAnswer read() throws InterruptedException;
    }

    public RemoteWriteMetrics(PrometheusRegistry registry, PushedSamples pushed, ReplicaElection election) {
        requests = Counter.builder()
                .name("trimtab_remote_write_requests_total")
                .help("Requests of remote write, by result.")
                .labelNames("result")
                .register(registry);
        samples = Counter.builder()
                .name("trimtab_remote_write_samples_total")
                .help("Samples that were pushed, by result.")
                .labelNames("result")
                .register(registry);
        seconds = Histogram.builder()
                .name("trimtab_remote_write_seconds")
                .help("Time that it took to read a request of remote write and keep its samples.")
                .unit(Unit.SECONDS)
                .classicUpperBounds(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5)
                .register(registry);
        GaugeWithCallback.builder()
                .name("trimtab_pushed_series")
                .help("Series whose pushed samples are kept.")
                .callback(callback -> callback.call(pushed.series()))
                .register(registry);
        CounterWithCallback.builder()
                .name("trimtab_pushed_series_evicted_total")
                .help("Series that had to go for others, because as many were kept as fit.")
                .callback(callback -> callback.call(pushed.evicted()))
                .register(registry);
        CounterWithCallback.builder()
                .name("trimtab_remote_write_takeovers_total")
                .help("How often another replica of a cluster's senders was listened to, because the one before was"
                        + " silent or brought no usage.")
                .callback(callback -> callback.call(election.takeovers()))
                .register(registry);
        // What has not happened yet is 0, so that its first time is seen.
        requests.initLabelValues(WRITTEN);
        requests.initLabelValues(PARTLY);
        requests.initLabelValues(DEDUPLICATED);
        for (RequestFault fault : RequestFault.values()) requests.initLabelValues(label(fault));
        for (SampleFate fate : SampleFate.values()) samples.initLabelValues(label(fate));
    }

    WriteAnswer timed(Reading reading) throws InterruptedException {
        Timer running = seconds.startTimer();
        try {
            return reading.read();
        } finally {
            running.observeDuration();
        }
    }

    void count(WriteAnswer answer) {
        switch (answer) {
            case WriteAnswer.Written(Received received) -> count(WRITTEN, received);
            case WriteAnswer.Deduplicated(Received received) -> count(DEDUPLICATED, received);
            case WriteAnswer.Partly(Received received, String reasons) -> count(PARTLY, received);
            case WriteAnswer.Refused(RequestFault fault, Received received, String detail) ->
                count(label(fault), received);
        }
    }

    void count(RequestFault fault) {
        requests.labelValues(label(fault)).inc();
    }

    private void count(String result, Received received) {
        requests.labelValues(result).inc();
        for (SampleFate fate : SampleFate.values()) {
            long count = received.samples().of(fate);
            if (count > 0) samples.labelValues(label(fate)).inc(count);
        }
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
