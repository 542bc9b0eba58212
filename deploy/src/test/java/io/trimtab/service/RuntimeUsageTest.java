package io.trimtab.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.ingest.model.LabelSelector;
import io.trimtab.ingest.model.RequestMetrics;
import io.trimtab.ingest.model.RuntimeMetric;
import io.trimtab.ingest.model.RuntimeUsage;
import io.trimtab.ingest.model.RuntimeUsage.Figure;
import io.trimtab.ingest.model.ScrapeMonitor;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.ingest.promql.PrometheusSettings;
import io.trimtab.ingest.promql.PrometheusUsageSource;
import io.trimtab.service.testbed.PrometheusServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a real Prometheus holds of runtimes is found whichever exporter named it. */
class RuntimeUsageTest {
    private static final Instant END = Instant.parse("2026-11-24T12:00:00Z");
    private static final String POD = "namespace=\"shop\",pod=\"%s-abc12\"";

    private static PrometheusServer prometheus;
    private static PrometheusUsageSource source;

    @BeforeAll
    static void load(@TempDir Path folder) throws Exception {
        PrometheusServer.requireInstalled();
        StringBuilder text = new StringBuilder();
        String micrometer = POD.formatted("micrometer-5f") + ",container=\"app\"";
        gauge(text, "jvm_memory_used_bytes", micrometer + ",area=\"heap\",id=\"eden\"", 100);
        gauge(text, "jvm_memory_used_bytes", micrometer + ",area=\"heap\",id=\"old\"", 200);
        gauge(text, "jvm_memory_used_bytes", micrometer + ",area=\"heap\",id=\"old\",replica=\"b\"", 200);
        gauge(text, "jvm_memory_used_bytes", micrometer + ",area=\"nonheap\",id=\"meta\"", 50);
        gauge(text, "jvm_gc_live_data_size_bytes", micrometer, 150);
        String client = POD.formatted("client-5f");
        gauge(text, "jvm_memory_pool_collection_used_bytes", client + ",pool=\"eden\"", 0);
        gauge(text, "jvm_memory_pool_collection_used_bytes", client + ",pool=\"old\"", 70);
        String otel = POD.formatted("otel-5f") + ",container=\"app\"";
        gauge(text, "jvm_memory_used_bytes", otel + ",jvm_memory_type=\"heap\",jvm_memory_pool_name=\"old\"", 30);
        gauge(text, "jvm_memory_used_bytes", otel + ",jvm_memory_type=\"non_heap\",jvm_memory_pool_name=\"a\"", 4);
        String go = POD.formatted("go-5f") + ",container=\"app\"";
        gauge(text, "go_memstats_heap_inuse_bytes", go, 11);
        gauge(text, "go_memstats_heap_alloc_bytes", go, 7);
        gauge(text, "go_memstats_sys_bytes", go, 19);
        gauge(text, "nodejs_heap_size_used_bytes", POD.formatted("node-5f") + ",container=\"app\"", 23);
        for (String slice : new String[] {"1", "2"}) {
            String exported =
                    "namespace=\"gpu\",pod=\"dcgm-1\",container=\"dcgm\",exported_namespace=\"shop\",exported_pod=\"gpu-5f-abc12\",exported_container=\"app\",gpu=\"0\",GPU_I_ID=\"%s\""
                            .formatted(slice);
            gauge(text, "DCGM_FI_DEV_FB_USED", exported, 1024);
            gauge(text, "DCGM_FI_PROF_GR_ENGINE_ACTIVE", exported, slice.equals("1") ? 0.5 : 0.25);
        }
        gauge(text, "DCGM_FI_DEV_GPU_UTIL", POD.formatted("gpu-5f") + ",container=\"app\",gpu=\"0\"", 40);
        requests(text, "server", "http_requests_total", "http_request_duration_seconds", 2, "0.1");
        requests(text, "spring", "http_server_requests_seconds_count", "http_server_requests_seconds", 3, "0.2");
        requests(text, "both", "http_server_requests_seconds_count", "http_server_requests_seconds", 3, "0.2");
        requests(text, "both", "grpc_server_handled_total", "grpc_server_handling_seconds", 6, "0.4");
        requests(
                text,
                "otel",
                "http_server_request_duration_seconds_count",
                "http_server_request_duration_seconds",
                4,
                "0.2");
        requests(text, "counted", "http_requests_total", "", 7, "");
        requests(text, "timed", "http_request_duration_seconds_count", "http_request_duration_seconds", 5, "0.2");
        requests(text, "grpc", "grpc_server_handled_total", "grpc_server_handling_seconds", 6, "0.2");
        Path history = Files.writeString(folder.resolve("history.om"), text.append("# EOF\n"));
        prometheus = PrometheusServer.withHistory(history);
        source = new PrometheusUsageSource(PrometheusSettings.at(prometheus.uri()));
    }

    @AfterAll
    static void stop() throws Exception {
        if (source != null) source.close();
        if (prometheus != null) prometheus.close();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
        micrometer | JVM_HEAP_USED       | app | 300
        micrometer | JVM_NON_HEAP_USED   | app | 50
        micrometer | JVM_HEAP_AFTER_GC   | app | 150
        client     | JVM_HEAP_AFTER_GC   | ''  | 70
        otel       | JVM_HEAP_USED       | app | 30
        otel       | JVM_NON_HEAP_USED   | app | 4
        go         | GO_HEAP_IN_USE      | app | 11
        go         | GO_HEAP_ALLOCATED   | app | 7
        go         | GO_MEMORY           | app | 19
        node       | NODE_HEAP_USED      | app | 23
        gpu        | GPU_MEMORY_USED     | app | 2147483648
        gpu        | GPU_ENGINE_ACTIVE   | app | 0.375
        gpu        | GPU_UTILISATION     | app | 0.4
        server     | REQUESTS            | app | 2
        server     | LATENCY_P95         | app | 0.095
        """)
    void finds(String workload, RuntimeMetric metric, String container, double expected) throws Exception {
        RuntimeUsage usage = read(workload);
        Figure figure = usage.figures().stream()
                .filter(it -> it.metric() == metric)
                .findFirst()
                .orElseThrow();
        assertThat(usage.gaps()).isEmpty();
        assertThat(figure.container()).isEqualTo(container);
        assertThat(figure.pods()).isEqualTo(1);
        assertThat(figure.last()).isEqualTo(expected, org.assertj.core.data.Offset.offset(1e-6));
        assertThat(figure.lastAt()).isEqualTo(END);
        assertThat(usage.missing()).extracting(RuntimeUsage.Missing::metric).doesNotContain(metric);
    }

    @Test
    void saysWhatIsNotThere() throws Exception {
        RuntimeUsage usage = read("nobody");
        assertThat(usage.figures()).isEmpty();
        assertThat(usage.missing()).hasSize(RuntimeMetric.values().length);
        assertThat(usage.missing().getFirst().names()).contains("jvm_memory_used_bytes{area=\"heap\"}");
        assertThat(usage.from()).isEqualTo(END.minus(Duration.ofHours(1)));
    }

    @Test
    void takesNoQueryForAMetric() throws Exception {
        RuntimeUsage usage = source.runtimeUsage()
                .read(
                        id("server"),
                        RequestMetrics.of(
                                Map.of(), List.of(monitor(Map.of("trimtab.io/requests-metric", "up or a{b=\"c\"}")))),
                        END);
        assertThat(usage.gaps())
                .singleElement()
                .asString()
                .contains("trimtab.io/requests-metric", "ServiceMonitor monitoring/all", "must be");
        assertThat(last(usage, RuntimeMetric.REQUESTS)).isEmpty();
    }

    /** The first of the well-known names counts, which one container has both of Micrometer and of gRPC. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        server  | 2 | 0.095
        spring  | 3 | 0.19
        otel    | 4 | 0.19
        counted | 7 |
        timed   | 5 | 0.19
        grpc    | 6 | 0.19
        both    | 3 | 0.19
        """)
    void looksForTheWellKnownNamesWhereAMonitorScrapes(String workload, double requests, @Nullable Double latency)
            throws Exception {
        RuntimeUsage usage =
                source.runtimeUsage().read(id(workload), RequestMetrics.of(Map.of(), List.of(monitor(Map.of()))), END);
        assertThat(usage.gaps()).isEmpty();
        assertThat(last(usage, RuntimeMetric.REQUESTS)).contains(requests);
        assertThat(last(usage, RuntimeMetric.LATENCY_P95)).isEqualTo(Optional.ofNullable(latency));
    }

    @Test
    void looksForNothingWhereNoMonitorScrapesAndNothingIsNamed() throws Exception {
        RuntimeUsage usage = source.runtimeUsage().read(id("spring"), RequestMetrics.of(Map.of(), List.of()), END);
        assertThat(usage.figures()).isEmpty();
        assertThat(usage.missing())
                .extracting(RuntimeUsage.Missing::metric)
                .doesNotContain(RuntimeMetric.REQUESTS, RuntimeMetric.LATENCY_P95);
    }

    private static Optional<Double> last(RuntimeUsage usage, RuntimeMetric metric) {
        return usage.figures().stream()
                .filter(figure -> figure.metric() == metric)
                .map(figure -> Math.round(figure.last() * 1e6) / 1e6)
                .findFirst();
    }

    private static RuntimeUsage read(String workload) throws Exception {
        return source.runtimeUsage()
                .read(
                        id(workload),
                        RequestMetrics.of(
                                Map.of(
                                        "trimtab.io/requests-metric", "http_requests_total",
                                        "trimtab.io/latency-metric", "http_request_duration_seconds"),
                                List.of()),
                        END);
    }

    private static ScrapeMonitor monitor(Map<String, String> annotations) {
        return new ScrapeMonitor(
                "ServiceMonitor", "monitoring", "all", LabelSelector.EVERYTHING, Optional.empty(), annotations);
    }

    private static WorkloadId id(String name) {
        return new WorkloadId("shop", "Deployment", name);
    }

    /** So many a second, each between none and the bound. */
    private static void requests(
            StringBuilder text, String workload, String counter, String histogram, int perSecond, String bound) {
        String labels = POD.formatted(workload + "-5f") + ",container=\"app\"";
        List<String> series = new ArrayList<>(List.of("%s{%s}".formatted(counter, labels)));
        for (String le : bound.isEmpty() ? List.<String>of() : List.of(bound, "+Inf"))
            series.add("%s_bucket{%s,le=\"%s\"}".formatted(histogram, labels, le));
        for (String one : series)
            for (int minute = -70; minute <= 0; minute++)
                text.append("%s %d %d\n"
                        .formatted(one, (minute + 70) * 60 * perSecond, END.getEpochSecond() + minute * 60L));
    }

    private static void gauge(StringBuilder text, String name, String labels, double value) {
        if (!text.toString().contains("# TYPE " + name + " gauge\n")) text.append("# TYPE " + name + " gauge\n");
        for (int minute = -30; minute <= 0; minute++)
            text.append(String.format(
                    Locale.ROOT, "%s{%s} %s %d\n", name, labels, value, END.getEpochSecond() + minute * 60L));
    }
}
