package io.trimtab.ingest.vocabulary;

import io.trimtab.ingest.pushed.PushedMetric;
import io.trimtab.ingest.vocabulary.LabelFilter.Any;
import io.trimtab.ingest.vocabulary.LabelFilter.Has;
import io.trimtab.ingest.vocabulary.LabelFilter.Lacks;
import java.util.List;
import java.util.stream.Stream;

/**
 * The names that are known, as they are spelt in a Prometheus and in OTLP.
 *
 * @see "Kubernetes documentation, Metrics For Kubernetes System Components"
 * @see "kube-state-metrics, docs/metrics/workload/pod-metrics.md"
 * @see "opentelemetry-collector-contrib, receiver/kubeletstatsreceiver/documentation.md and receiver/k8sclusterreceiver/documentation.md"
 * @see "OpenTelemetry semantic conventions, system/container-metrics and system/k8s-metrics"
 */
public final class Vocabulary {
    private static final String OUT_OF_MEMORY = "OOMKilled";
    private static final LabelFilter KILLED_LAST =
            new Has("k8s.container.status.last_terminated_reason", OUT_OF_MEMORY);

    private static final List<MetricName> SCRAPED = List.of(
            counter(Producer.CADVISOR, "container_cpu_usage_seconds_total", "s", PushedMetric.CPU, new Any()),
            gauge(Producer.CADVISOR, "container_memory_working_set_bytes", "By", PushedMetric.MEMORY, new Any()),
            gauge(
                    Producer.KUBE_STATE_METRICS,
                    "kube_pod_container_status_last_terminated_reason",
                    "",
                    PushedMetric.KILLED,
                    new Has("reason", OUT_OF_MEMORY)),
            gauge(
                    Producer.KUBE_STATE_METRICS,
                    "kube_pod_container_status_last_terminated_timestamp",
                    "s",
                    PushedMetric.LAST_END,
                    new Any()),
            counter(
                    Producer.KUBE_STATE_METRICS,
                    "kube_pod_container_status_restarts_total",
                    "",
                    PushedMetric.RESTARTS,
                    new Any()),
            gauge(
                    Producer.KUBE_STATE_METRICS,
                    "kube_pod_container_resource_requests",
                    "By",
                    PushedMetric.MEMORY_REQUEST,
                    new Has("resource", "memory")));

    private static final List<MetricName> USAGE = List.of(
            counter(Producer.KUBELET_STATS, "container.cpu.time", "s", PushedMetric.CPU, new Lacks("cpu.mode")),
            gauge(
                    Producer.KUBELET_STATS,
                    "container.cpu.usage",
                    "{cpu}",
                    PushedMetric.CPU_CORES,
                    new Lacks("cpu.mode")),
            gauge(Producer.KUBELET_STATS, "container.memory.working_set", "By", PushedMetric.MEMORY, new Any()));

    private static final List<MetricName> REQUESTS = List.of(
            gauge(Producer.K8S_CLUSTER, "k8s.container.memory_request", "By", PushedMetric.MEMORY_REQUEST, new Any()),
            gauge(
                    Producer.SEMANTIC_CONVENTIONS,
                    "k8s.container.memory.request",
                    "By",
                    PushedMetric.MEMORY_REQUEST,
                    new Any()));

    /** Each tells two things, if the receiver's attribute of why a container last ended is switched on. */
    private static final List<MetricName> RESTARTS = List.of(
            gauge(Producer.K8S_CLUSTER, "k8s.container.restarts", "{restart}", PushedMetric.RESTARTS, new Any()),
            gauge(Producer.K8S_CLUSTER, "k8s.container.restarts", "{restart}", PushedMetric.KILLED, KILLED_LAST),
            gauge(
                    Producer.SEMANTIC_CONVENTIONS,
                    "k8s.container.restart.count",
                    "{restart}",
                    PushedMetric.RESTARTS,
                    new Any()),
            gauge(
                    Producer.SEMANTIC_CONVENTIONS,
                    "k8s.container.restart.count",
                    "{restart}",
                    PushedMetric.KILLED,
                    KILLED_LAST));

    private static final List<MetricName> OTLP =
            Stream.of(USAGE, REQUESTS, RESTARTS, SCRAPED).flatMap(List::stream).toList();

    private static final List<MetricName> PROMETHEUS = Stream.concat(
                    SCRAPED.stream(),
                    Stream.concat(USAGE.stream(), REQUESTS.stream())
                            .flatMap(name -> Stream.of(name.suffixed(), name.underscored()))
                            .distinct())
            .toList();

    private Vocabulary() {}

    /** As OTLP carries them: OpenTelemetry's own, and those that a collector scraped. */
    public static List<MetricName> otlp() {
        return OTLP;
    }

    /**
     * As a Prometheus holds them and remote write carries them: those that are scraped, and OpenTelemetry's in both translations. A name may be of two
     * producers, which differ by the labels then. Restarts of OpenTelemetry are not among them: why a container ended is an attribute of its resource, which the
     * translation does not make a label, and without it they tell nothing.
     */
    public static List<MetricName> prometheus() {
        return PROMETHEUS;
    }

    /** Those of one producer as a Prometheus holds them. */
    public static List<MetricName> prometheus(Producer producer) {
        return PROMETHEUS.stream().filter(name -> name.producer() == producer).toList();
    }

    private static MetricName counter(
            Producer producer, String name, String unit, PushedMetric means, LabelFilter filter) {
        return new MetricName(producer, name, unit, true, means, filter, producer.labels());
    }

    private static MetricName gauge(
            Producer producer, String name, String unit, PushedMetric means, LabelFilter filter) {
        return new MetricName(producer, name, unit, false, means, filter, producer.labels());
    }
}
