package io.trimtab.service.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trimtab.ingest.model.ContainerId;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.UsageBatch;
import io.trimtab.ingest.model.UsageQuery;
import io.trimtab.ingest.model.UsageSeries;
import io.trimtab.ingest.promql.PrometheusSettings;
import io.trimtab.ingest.promql.PrometheusUsageSource;
import io.trimtab.ingest.remotewrite.Payload;
import io.trimtab.ingest.remotewrite.Payload.Point;
import io.trimtab.ingest.remotewrite.Payload.Row;
import io.trimtab.service.config.Settings;
import io.trimtab.service.config.SettingsException;
import io.trimtab.service.testbed.PrometheusServer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongToDoubleFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** A store that calls the labels of a container otherwise, from the option to the samples. */
class PrometheusLabelsTest {
    private static final Instant END = Instant.parse("2026-11-24T12:00:00Z");
    private static final long START = END.getEpochSecond() - 1200;
    private static final long KILLED = END.getEpochSecond() - 300;
    private static final String RENAMED =
            "--prometheus-label=namespace=kube_namespace,pod=pod_name --prometheus-label=container=container_name";

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        ''                                                        | namespace, pod, container
        --prometheus-label=pod=pod_name                           | namespace, pod_name, container
        --prometheus-label=namespace=ns,pod=p                     | ns, p, container
        --prometheus-label=namespace=ns --prometheus-label=pod=p  | ns, p, container
        --prometheus-label=pod=container --prometheus-label=container=pod | namespace, container, pod
        """)
    void readsWhatEachIsCalled(String options, String labels) {
        var read = settings("http://127.0.0.1:9090", options).labels();
        assertThat(List.of(read.namespace(), read.pod(), read.container())).isEqualTo(List.of(labels.split(", ")));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        --prometheus-label=node=instance | --prometheus-label (node=instance) must begin with namespace=, pod= or container=
        --prometheus-label=pod=pod-name  | --prometheus-label: label pod=pod-name must be letters, digits and underscores
        --prometheus-label=pod=container | --prometheus-label: labels namespace=namespace, pod=container and container=container must be three different ones
        """)
    void refusesWhatIsNoLabel(String options, String message) {
        assertThatThrownBy(() -> settings("http://127.0.0.1:9090", options))
                .isInstanceOf(SettingsException.class)
                .hasMessage(message);
    }

    @Test
    void aRealPrometheusWithOtherNamesIsReadByThem() throws Exception {
        PrometheusServer.requireInstalled();
        try (PrometheusServer prometheus = PrometheusServer.start()) {
            send(prometheus);
            UsageBatch renamed = read(prometheus, RENAMED);
            assertThat(renamed.gaps()).isEmpty();
            assertThat(renamed.series())
                    .allSatisfy(series -> assertThat(series.container())
                            .isEqualTo(new ContainerId(new PodId("shop", "web-0"), "app")));
            assertThat(renamed.series())
                    .extracting(UsageSeries::resource)
                    .containsExactlyInAnyOrder(Resource.CPU, Resource.MEMORY);
            assertThat(renamed.kills())
                    .singleElement()
                    .satisfies(kill -> assertThat(kill.at()).isEqualTo(Instant.ofEpochSecond(KILLED)));
            assertThat(read(prometheus, "").series()).as("by the usual names").isEmpty();
        }
    }

    private static Settings.Prometheus settings(String url, String options) {
        PrometheusOptions read = new PrometheusOptions();
        String line = "--prometheus=%s %s".formatted(url, options).strip();
        CommandLine.populateCommand(read, line.split(" +"));
        return read.settings().orElseThrow();
    }

    private static UsageBatch read(PrometheusServer prometheus, String options) throws Exception {
        Settings.Prometheus settings = settings(prometheus.uri().toString(), options);
        try (var source =
                new PrometheusUsageSource(PrometheusSettings.at(settings.url()).withLabels(settings.labels()))) {
            return source.read(new UsageQuery(
                    new UsageQuery.Scope.Namespace("shop"),
                    END.minus(Duration.ofMinutes(10)),
                    END,
                    Duration.ofMinutes(1)));
        }
    }

    private static void send(PrometheusServer prometheus) throws Exception {
        List<Row> rows = List.of(
                row("container_cpu_usage_seconds_total", Map.of(), START, second -> 0.5 * (second - START)),
                row("container_memory_working_set_bytes", Map.of(), START, _ -> 1),
                row("kube_pod_container_resource_requests", Map.of("resource", "memory"), START, _ -> 1),
                row("kube_pod_container_status_last_terminated_reason", Map.of("reason", "OOMKilled"), KILLED, _ -> 1),
                row("kube_pod_container_status_last_terminated_timestamp", Map.of(), KILLED, _ -> KILLED));
        HttpRequest request = HttpRequest.newBuilder(prometheus.uri().resolve("/api/v1/write"))
                .header("Content-Type", "application/x-protobuf")
                .header("Content-Encoding", "snappy")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Payload.snappy(Payload.version1(rows))))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
        }
    }

    /** Every 30 s to the end. */
    private static Row row(String metric, Map<String, String> more, long from, LongToDoubleFunction amount) {
        Map<String, String> labels = new TreeMap<>(more);
        labels.putAll(
                Map.of("__name__", metric, "kube_namespace", "shop", "pod_name", "web-0", "container_name", "app"));
        return Row.of(
                labels,
                LongStream.iterate(from, second -> second <= END.getEpochSecond(), second -> second + 30)
                        .mapToObj(second -> new Point(second * 1000, amount.applyAsDouble(second)))
                        .toArray(Point[]::new));
    }
}
