package io.trimtab.service.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.sdk.common.Clock;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.AggregationTemporalitySelector;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.trimtab.ingest.model.UsageQuery;
import io.trimtab.ingest.model.UsageSeries;
import io.trimtab.ingest.pushed.PushedSamples;
import io.trimtab.ingest.pushed.PushedUsage;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What OpenTelemetry's SDK exports to {@code /v1/metrics} is the usage; no fault of a sender is a 5xx, which it would repeat. */
class OtlpDoorTest {
    private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");

    @TempDir
    private Path folder;

    private volatile Instant now = START;
    private final HttpClient client = HttpClient.newHttpClient();
    private Door door = open(Optional.empty());

    private Door open(Optional<Path> token) {
        return Door.open(new PushedSamples(4096), () -> now, Duration.ofSeconds(30), token);
    }

    @AfterEach
    void close() {
        door.close();
        client.close();
    }

    @ParameterizedTest(name = "increases: {0}")
    @ValueSource(booleans = {false, true})
    void whatAnSdkExportsIsTheUsage(boolean increases) throws Exception {
        AggregationTemporalitySelector temporality = increases
                ? AggregationTemporalitySelector.deltaPreferred()
                : AggregationTemporalitySelector.alwaysCumulative();
        var exporter = OtlpHttpMetricExporter.builder()
                .setEndpoint(door.otlpUri().toString())
                .setCompression("gzip")
                .setAggregationTemporalitySelector(temporality)
                .build();
        var reader = PeriodicMetricReader.builder(exporter)
                .setInterval(Duration.ofDays(1))
                .build();
        Resource container = Resource.create(Attributes.builder()
                .put("k8s.namespace.name", "shop")
                .put("k8s.pod.name", "web-0")
                .put("k8s.container.name", "app")
                .build());
        try (SdkMeterProvider provider = SdkMeterProvider.builder()
                .setClock(new TestClock())
                .setResource(container)
                .registerMetricReader(reader)
                .build()) {
            var meter = provider.get("kubeletstats");
            var cpu = meter.counterBuilder("container.cpu.time")
                    .ofDoubles()
                    .setUnit("s")
                    .build();
            meter.gaugeBuilder("container.memory.working_set").ofLongs().buildWithCallback(to -> to.record(64 << 20));
            for (int i = 0; i < 40; i++) {
                now = now.plusSeconds(15);
                cpu.add(3);
                assertThat(provider.forceFlush().join(30, TimeUnit.SECONDS).isSuccess())
                        .isTrue();
            }
        }
        assertThat(door.otlpCount("points", "kept")).isGreaterThanOrEqualTo(80);
        assertThat(door.otlpCount("requests", "written")).isGreaterThanOrEqualTo(40);
        List<UsageSeries> usage = new PushedUsage(door.samples(), () -> now)
                .read(new UsageQuery(new UsageQuery.Scope.Cluster(), now.minusSeconds(60), now, Duration.ofSeconds(60)))
                .series();
        assertThat(usage).hasSize(2);
        assertThat(usage.getFirst().amounts()[0]).as("3 s in 15 s").isCloseTo(0.2, within(0.001));
        assertThat(usage.getLast().amounts()[0]).isEqualTo(64 << 20);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        text            | 415 | wrong_type
        zstd            | 415 | wrong_encoding
        no gzip         | 400 | corrupt_gzip
        no protobuf     | 400 | malformed
        no JSON         | 400 | malformed
        a bomb          | 413 | too_large
        more than 8 MiB | 413 | too_large
        """)
    void refusesABadRequestAsTheSendersFault(String name, int status, String result) throws Exception {
        byte[] text = "hello, world".getBytes(StandardCharsets.UTF_8);
        HttpResponse<String> answer = switch (name) {
            case "text" -> send("text/plain", "", text);
            case "zstd" -> send("application/x-protobuf", "zstd", text);
            case "no gzip" -> send("application/x-protobuf", "gzip", text);
            case "no protobuf" -> send("application/x-protobuf", "", text);
            case "no JSON" -> send("application/json", "", text);
            case "a bomb" -> send("application/x-protobuf", "gzip", gzip(new byte[100 << 20]));
            case "more than 8 MiB" -> send("application/x-protobuf", "", new byte[(8 << 20) + 1]);
            default -> throw new IllegalArgumentException(name);
        };
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).isNotBlank();
        assertThat(door.otlpCount("requests", result)).isEqualTo(1);
    }

    @Test
    void saysWhichPointsWereNotTaken() throws Exception {
        String request = """
            {"resourceMetrics": [{
              "resource": {"attributes": [
                {"key": "k8s.namespace.name", "value": {"stringValue": "shop"}},
                {"key": "k8s.pod.name", "value": {"stringValue": "web-0"}},
                {"key": "k8s.container.name", "value": {"stringValue": "app"}}]},
              "scopeMetrics": [{"metrics": [{"name": "container.memory.working_set", "gauge": {"dataPoints": [
                {"timeUnixNano": "%d000000", "asInt": "7"},
                {"timeUnixNano": "1", "asDouble": 8}]}}]}]}]}
            """.formatted(now.toEpochMilli());
        HttpResponse<String> answer = send("application/json", "gzip", gzip(request.getBytes(StandardCharsets.UTF_8)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("\"rejectedDataPoints\":\"1\"").contains("1 older than 90 min");
        assertThat(door.otlpCount("requests", "partly")).isEqualTo(1);
        assertThat(door.otlpCount("points", "kept")).isEqualTo(1);
        assertThat(door.otlpCount("points", "too_old")).isEqualTo(1);
    }

    @Test
    void asksForTheToken() throws Exception {
        door.close();
        door = open(Optional.of(Files.writeString(folder.resolve("token"), "secret")));
        assertThat(send("application/json", "", "{}".getBytes(StandardCharsets.UTF_8))
                        .statusCode())
                .isEqualTo(401);
        assertThat(door.otlpCount("requests", "unauthorized")).isEqualTo(1);
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(door.otlpUri())
                        .headers("Content-Type", "application/json", "Authorization", "Bearer secret")
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{}");
    }

    private HttpResponse<String> send(String type, String encoding, byte[] body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(door.otlpUri()).header("Content-Type", type);
        if (!encoding.isEmpty()) request.header("Content-Encoding", encoding);
        return client.send(
                request.POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static byte[] gzip(byte[] bytes) throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    /** The test's clock, as the SDK asks it. */
    private final class TestClock implements Clock {
        @Override
        public long now() {
            return now.toEpochMilli() * 1_000_000;
        }

        @Override
        public long nanoTime() {
            return now();
        }
    }
}
