package io.trimtab.service.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trimtab.ingest.model.MetricFinding;
import io.trimtab.ingest.model.MetricFinding.Kind;
import io.trimtab.ingest.model.UsageBatch;
import io.trimtab.ingest.model.UsageQuery;
import io.trimtab.ingest.promql.PrometheusSettings;
import io.trimtab.ingest.promql.PrometheusUsageSource;
import io.trimtab.ingest.remotewrite.Payload;
import io.trimtab.ingest.remotewrite.Payload.Point;
import io.trimtab.ingest.remotewrite.Payload.Row;
import io.trimtab.service.testbed.PrometheusServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real Prometheus that has the metrics of some producers only: usage is read by the names that are there, and what is missing is told. */
class NameDetectionTest {
    private static final Map<String, String> PROMETHEUS =
            Map.of("namespace", "shop", "pod", "web-0", "container", "app");
    private static final Map<String, String> OPEN_TELEMETRY =
            Map.of("k8s_namespace_name", "shop", "k8s_pod_name", "web-0", "k8s_container_name", "app");

    private final Instant now =
            Instant.ofEpochSecond(InstantSource.system().instant().getEpochSecond());

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        cadvisor            | container_cpu_usage_seconds_total | container_memory_working_set_bytes | KILLS KILL_TIMES KILLED_REQUESTS GPU
        cadvisor ksm        | container_cpu_usage_seconds_total | container_memory_working_set_bytes | GPU
        cadvisor ksm dcgm   | container_cpu_usage_seconds_total | container_memory_working_set_bytes | -
        suffixed ksm        | container_cpu_time_seconds_total  | container_memory_working_set_bytes | GPU
        plain               | container_cpu_time                | container_memory_working_set       | KILLS KILL_TIMES KILLED_REQUESTS GPU
        gauge               | container_cpu_usage               | container_memory_working_set       | KILLS KILL_TIMES KILLED_REQUESTS GPU
        cadvisor suffixed   | container_cpu_usage_seconds_total | container_memory_working_set_bytes | KILLS KILL_TIMES KILLED_REQUESTS GPU
        """)
    void readsByTheNamesThatAreThere(String producers, String cpu, String memory, String missing) throws Exception {
        try (PrometheusServer prometheus = PrometheusServer.start();
                PrometheusUsageSource source = new PrometheusUsageSource(PrometheusSettings.at(prometheus.uri()))) {
            List<Row> rows = Arrays.stream(producers.split(" "))
                    .flatMap(producer -> rows(producer).stream())
                    .toList();
            push(prometheus.uri(), rows);
            UsageBatch batch = source.read(recent());
            assertThat(batch.series()).hasSize(2);
            assertThat(batch.series())
                    .allSatisfy(series -> assertThat(series.container())
                            .hasToString(batch.series().getFirst().container().toString()));
            assertThat(batch.series().getFirst().amounts()[0]).isCloseTo(0.2, within(0.001));
            assertThat(batch.series().getLast().amounts()[0]).isEqualTo(64 << 20);

            Map<Kind, MetricFinding> found =
                    source.findings().stream().collect(Collectors.toMap(MetricFinding::metric, each -> each));
            assertThat(found.get(Kind.CPU).source()).endsWith(": " + cpu);
            assertThat(found.get(Kind.MEMORY).source()).endsWith(": " + memory);
            assertThat(found.get(Kind.CPU).cost())
                    .as("of a gauge")
                    .satisfies(cost -> assertThat(cost.isEmpty()).isEqualTo(!producers.equals("gauge")));
            assertThat(found.values().stream()
                            .filter(finding -> !finding.isPresent())
                            .map(finding -> finding.metric().name())
                            .collect(Collectors.toSet()))
                    .isEqualTo(missing == null ? Set.of() : Set.of(missing.split(" ")));
            assertThat(found.values())
                    .allSatisfy(finding -> assertThat(
                                    finding.isPresent() || !finding.cost().isEmpty())
                            .isTrue());
        }
    }

    /** What comes is known 10 minutes later, what was there before it stays known by the piece of history that is read. */
    @Test
    void looksAgain() throws Exception {
        try (PrometheusServer prometheus = PrometheusServer.start();
                PrometheusUsageSource source = new PrometheusUsageSource(PrometheusSettings.at(prometheus.uri()))) {
            assertThat(source.findings()).isEmpty();
            assertThat(source.read(recent()).series()).isEmpty();
            assertThat(source.findings())
                    .filteredOn(finding -> finding.metric() != Kind.GPU)
                    .noneMatch(MetricFinding::isPresent)
                    .allMatch(finding -> finding.cost().contains("scrape"));
            push(prometheus.uri(), rows("plain"));
            assertThat(source.read(recent()).series()).as("not looked yet").isEmpty();
            UsageQuery later = new UsageQuery(
                    new UsageQuery.Scope.Cluster(),
                    now.minusSeconds(120),
                    now.plus(Duration.ofMinutes(10)),
                    Duration.ofMinutes(1));
            assertThat(source.read(later).series()).hasSize(2);
            UsageQuery history = new UsageQuery(
                    new UsageQuery.Scope.Cluster(), now.minus(Duration.ofHours(6)), now, Duration.ofMinutes(1));
            assertThat(source.read(history).series()).hasSize(2);
        }
    }

    private UsageQuery recent() {
        return new UsageQuery(new UsageQuery.Scope.Cluster(), now.minusSeconds(60), now, Duration.ofMinutes(1));
    }

    private List<Row> rows(String producer) {
        return switch (producer) {
            case "cadvisor" ->
                List.of(
                        counter("container_cpu_usage_seconds_total", PROMETHEUS),
                        gauge("container_memory_working_set_bytes", PROMETHEUS, 64 << 20));
            case "ksm" ->
                List.of(
                        gauge("kube_pod_container_status_last_terminated_reason", PROMETHEUS, 1),
                        gauge("kube_pod_container_status_last_terminated_timestamp", PROMETHEUS, 1_700_000_000),
                        gauge("kube_pod_container_status_restarts_total", PROMETHEUS, 1),
                        gauge("kube_pod_container_resource_requests", PROMETHEUS, 1));
            case "suffixed" ->
                List.of(
                        counter("container_cpu_time_seconds_total", OPEN_TELEMETRY),
                        gauge("container_memory_working_set_bytes", OPEN_TELEMETRY, 64 << 20));
            case "plain" ->
                List.of(
                        counter("container_cpu_time", OPEN_TELEMETRY),
                        gauge("container_memory_working_set", OPEN_TELEMETRY, 64 << 20));
            case "gauge" ->
                List.of(
                        gauge("container_cpu_usage", OPEN_TELEMETRY, 0.2),
                        gauge("container_memory_working_set", OPEN_TELEMETRY, 64 << 20));
            case "dcgm" -> List.of(gauge("DCGM_FI_DEV_GPU_UTIL", Map.of("gpu", "0"), 50));
            default -> throw new IllegalArgumentException(producer);
        };
    }

    /** 0.2 a second, every 15 s. */
    private Row counter(String name, Map<String, String> labels) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i <= 40; i++) points.add(new Point(now.toEpochMilli() - (40 - i) * 15_000L, 100 + i * 3));
        return row(name, labels, points);
    }

    private Row gauge(String name, Map<String, String> labels, double amount) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i <= 40; i++) points.add(new Point(now.toEpochMilli() - (40 - i) * 15_000L, amount));
        return row(name, labels, points);
    }

    private static Row row(String name, Map<String, String> labels, List<Point> points) {
        Map<String, String> all = new TreeMap<>(labels);
        all.put("__name__", name);
        return Row.of(all, points.toArray(Point[]::new));
    }

    private static void push(URI prometheus, List<Row> rows) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(prometheus.resolve("/api/v1/write"))
                            .headers("Content-Type", Payload.VERSION_1, "Content-Encoding", "snappy")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(Payload.snappy(Payload.version1(rows))))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
        }
    }
}
