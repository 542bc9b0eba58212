package io.trimtab.ingest.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.util.JsonFormat;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.resource.v1.Resource;
import io.trimtab.ingest.model.UsageBatch;
import io.trimtab.ingest.model.UsageQuery;
import io.trimtab.ingest.pushed.PushedSamples;
import io.trimtab.ingest.pushed.PushedUsage;
import io.trimtab.ingest.pushed.SampleCounts;
import io.trimtab.ingest.pushed.SampleFate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OtlpTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final String PROTOBUF = "application/x-protobuf";
    private static final String JSON = "application/json";
    private static final String CPU = "container.cpu.time";
    private static final String MEMORY = "container.memory.working_set";
    private static final AggregationTemporality CUMULATIVE = AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;
    private static final AggregationTemporality DELTA = AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;

    private final PushedSamples samples = new PushedSamples(4096);
    private final Otlp door = new Otlp(samples, InstantSource.fixed(NOW));

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        memory                        | container.memory.working_set | gauge      |                       | KEPT
        CPU time                      | container.cpu.time           | cumulative |                       | KEPT
        its increases                 | container.cpu.time           | delta      |                       | KEPT
        CPU time from untyped scrapes | container.cpu.time           | gauge      |                       | KEPT
        CPU in cores                  | container.cpu.usage          | gauge      |                       | KEPT
        a part of the CPU time        | container.cpu.time           | cumulative | cpu.mode=user         | IGNORED
        restarts                      | k8s.container.restarts       | gauge      |                       | KEPT
        restarts by the conventions   | k8s.container.restart.count  | cumulative |                       | KEPT
        a request                     | k8s.container.memory_request | gauge      |                       | KEPT
        scraped from cAdvisor         | container_cpu_usage_seconds_total | cumulative | namespace=shop pod=web container=app | KEPT
        scraped, of the scraper       | container_cpu_usage_seconds_total | cumulative |                  | IGNORED
        the pause container           | container.memory.working_set | gauge      | k8s.container.name=POD | IGNORED
        of the pod as a whole         | container.memory.working_set | gauge      | k8s.container.name=   | IGNORED
        another metric                | k8s.pod.cpu.time             | cumulative |                       | IGNORED
        another histogram             | http.server.request.duration | histogram  |                       | IGNORED
        another exponential one       | http.server.request.duration | exponential |                      | IGNORED
        memory as a histogram         | container.memory.working_set | histogram  |                       | WRONG_KIND
        memory as increases           | container.memory.working_set | delta      |                       | WRONG_KIND
        a sum of unknown temporality  | container.cpu.time           | sum        |                       | WRONG_KIND
        no name                       | ''                           | gauge      |                       | UNNAMED_SERIES
        """)
    void tellsWhatBecomesOfAPoint(String name, String metric, String kind, String attributes, SampleFate fate)
            throws Exception {
        List<KeyValue> of = new ArrayList<>();
        if (attributes != null)
            for (String each : attributes.split(" ")) of.add(attribute(each.split("=", 2)[0], each.split("=", 2)[1]));
        NumberDataPoint point = point(0, 5).addAllAttributes(of).build();
        Metric.Builder made = Metric.newBuilder().setName(metric);
        switch (kind) {
            case "gauge" -> made.setGauge(Gauge.newBuilder().addDataPoints(point));
            case "cumulative" -> made.setSum(sum(CUMULATIVE).addDataPoints(point));
            case "delta" -> made.setSum(sum(DELTA).addDataPoints(point));
            case "sum" -> made.setSum(Sum.newBuilder().addDataPoints(point));
            case "histogram" ->
                made.setHistogram(Histogram.newBuilder().addDataPoints(HistogramDataPoint.newBuilder()));
            case "exponential" ->
                made.setExponentialHistogram(
                        ExponentialHistogram.newBuilder().addDataPoints(ExponentialHistogramDataPoint.newBuilder()));
            default -> throw new IllegalArgumentException(kind);
        }
        ExportMetricsServiceRequest request = request(made.build());
        assertThat(fates(door.export(PROTOBUF, "", request.toByteArray()))).isEqualTo(fate + "=1");
        String json = JsonFormat.printer().print(request);
        ExportAnswer again = new Otlp(new PushedSamples(4096), InstantSource.fixed(NOW))
                .export(JSON + "; charset=utf-8", "gzip", gzip(json.getBytes(StandardCharsets.UTF_8)));
        assertThat(fates(again)).as("the same as JSON").isEqualTo(fate + "=1");
    }

    @ParameterizedTest(name = "{0} s, {1}")
    @CsvSource({
        "0, NaN, NOT_FINITE=1",
        "0, Infinity, NOT_FINITE=1",
        "0, -1, NEGATIVE=1",
        "0, 0, KEPT=1",
        "600, 1, KEPT=1",
        "601, 1, FUTURE=1",
        "-5400, 1, KEPT=1",
        "-5401, 1, TOO_OLD=1",
        "-1795521600, 1, TOO_OLD=1"
    })
    void refusesWhatCannotBe(long secondsFromNow, double amount, String fates) throws Exception {
        for (AggregationTemporality temporality : List.of(CUMULATIVE, DELTA)) {
            Metric cpu = Metric.newBuilder()
                    .setName(CPU)
                    .setSum(sum(temporality).addDataPoints(point(secondsFromNow, amount)))
                    .build();
            ExportAnswer answer = new Otlp(new PushedSamples(4096), InstantSource.fixed(NOW))
                    .export(request(cpu).toByteArray());
            assertThat(fates(answer)).isEqualTo(fates);
        }
        assertThat(fates(send(gauge(MEMORY, point(secondsFromNow, amount))))).isEqualTo(fates);
        assertThat(samples.flowingSince(NOW).isPresent())
                .as("only what is kept, and new, is a sign that usage flows")
                .isEqualTo(fates.startsWith("KEPT") && secondsFromNow >= 0);
    }

    @Test
    void refusesAttributesWithoutEnd() throws Exception {
        List<KeyValue> many = IntStream.range(0, 10_000)
                .mapToObj(i -> attribute("l" + i, "v"))
                .toList();
        assertThat(fates(send(
                        gauge(MEMORY, point(0, 1).addAllAttributes(many)),
                        gauge(MEMORY, point(0, 1).addAttributes(attribute("l", "x".repeat(1 << 20)))),
                        gauge(MEMORY, point(0, 1).addAttributes(attribute("x".repeat(1025), "v"))),
                        gauge(MEMORY, point(0, 1).addAttributes(attribute("k8s.pod.name", "x".repeat(254)))),
                        gauge(MEMORY, point(0, 1)))))
                .isEqualTo("KEPT=1 TOO_MANY_LABELS=1 LABEL_TOO_LONG=3");
    }

    @Test
    void aPointWithoutARecordedValueEndsTheSeries() throws Exception {
        NumberDataPoint.Builder none =
                NumberDataPoint.newBuilder().setTimeUnixNano(nanos(-60)).setFlags(1);
        send(gauge(MEMORY, point(-120, 7)), gauge(MEMORY, none));
        assertThat(memoryAt(-120)).containsExactly(7);
        assertThat(memoryAt(-60)).isEmpty();
        assertThat(memoryAt(0)).isEmpty();
        send(gauge(MEMORY, point(-30, 8)));
        assertThat(memoryAt(0)).containsExactly(8);
    }

    @Test
    void increasesAreAddedUp() throws Exception {
        for (long at = -600; at <= 0; at += 30)
            assertThat(fates(sendCpu(DELTA, 0, at, 15))).isEqualTo("KEPT=1");
        assertThat(cpu()).isCloseTo(0.5, within(1e-9));
        assertThat(fates(sendCpu(DELTA, 0, -30, 15)))
                .as("a time that was counted already")
                .isEqualTo("CONFLICTING=1");
        assertThat(cpu()).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void aCounterThatBeganAnewCountsFromThere() throws Exception {
        for (long at = -600; at < -120; at += 30) sendCpu(CUMULATIVE, -3600, at, 10);
        for (long at = -90; at <= 0; at += 30)
            assertThat(fates(sendCpu(CUMULATIVE, -105, at, 40 + at / 3))).isEqualTo("KEPT=1");
        assertThat(cpu()).as("10 to 10, then from 0 to 40 in 5 minutes").isCloseTo(40 / 300.0, within(0.01));
    }

    /** By the attribute of why the container last ended, as the collector's k8s_cluster receiver has it. */
    @Test
    void killsAreRead() throws Exception {
        for (long at = -600; at <= 0; at += 30) {
            Map<String, String> reason =
                    at < -60 ? Map.of() : Map.of("k8s.container.status.last_terminated_reason", "OOMKilled");
            door.export(request(
                            reason,
                            gauge("k8s.container.restarts", point(at, at < -60 ? 2 : 3)),
                            gauge("k8s.container.memory_request", point(at, 64 << 20)),
                            gauge(MEMORY, point(at, 1)))
                    .toByteArray());
        }
        var kills = read(Duration.ofMinutes(5)).kills();
        assertThat(kills).hasSize(1);
        assertThat(kills.getFirst().at()).isEqualTo(NOW.minusSeconds(60));
        assertThat(kills.getFirst().memoryRequest().value()).isEqualTo(64 << 20);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        no type                 | WRONG_TYPE
        text                    | WRONG_TYPE
        zstd                    | WRONG_ENCODING
        no gzip                 | CORRUPT_GZIP
        truncated gzip          | CORRUPT_GZIP
        truncated protobuf      | MALFORMED
        JSON as protobuf        | MALFORMED
        protobuf as JSON        | MALFORMED
        truncated JSON          | MALFORMED
        deep JSON               | MALFORMED
        deep protobuf           | MALFORMED
        empty elements          | MALFORMED
        empty elements in JSON  | MALFORMED
        more than 8 MiB         | TOO_LARGE
        a bomb                  | TOO_LARGE
        """)
    void refusesABadRequest(String name, ExportFault fault) throws Exception {
        ExportMetricsServiceRequest request = request(gauge(MEMORY, point(0, 1)));
        byte[] good = request.toByteArray();
        byte[] json = JsonFormat.printer().print(request).getBytes(StandardCharsets.UTF_8);
        byte[] packed = gzip(good);
        ExportAnswer answer = switch (name) {
            case "no type" -> door.export("", "", good);
            case "text" -> door.export("text/plain", "", good);
            case "zstd" -> door.export(PROTOBUF, "zstd", good);
            case "no gzip" -> door.export(PROTOBUF, "gzip", good);
            case "truncated gzip" -> door.export(PROTOBUF, "gzip", Arrays.copyOf(packed, packed.length / 2));
            case "truncated protobuf" -> door.export(PROTOBUF, "", Arrays.copyOf(good, good.length / 2));
            case "JSON as protobuf" -> door.export(PROTOBUF, "", json);
            case "protobuf as JSON" -> door.export(JSON, "", good);
            case "truncated JSON" -> door.export(JSON, "", Arrays.copyOf(json, json.length / 2));
            case "deep JSON" -> door.export(JSON, "", "[".repeat(400_000).getBytes(StandardCharsets.UTF_8));
            case "deep protobuf" -> door.export(PROTOBUF, "", deep(200));
            case "empty elements" -> door.export(PROTOBUF, "", repeated(new byte[] {0x0a, 0}, 4_000_000));
            case "empty elements in JSON" ->
                door.export(
                        JSON,
                        "gzip",
                        gzip(("{\"resourceMetrics\":[" + "{},".repeat(4_000_000) + "{}]}")
                                .getBytes(StandardCharsets.UTF_8)));
            case "more than 8 MiB" -> door.export(PROTOBUF, "", new byte[Otlp.MOST_BYTES + 1]);
            case "a bomb" -> door.export(PROTOBUF, "gzip", gzip(new byte[Otlp.MOST_UNPACKED_BYTES + 1]));
            default -> throw new IllegalArgumentException(name);
        };
        assertThat(answer).isInstanceOfSatisfying(ExportAnswer.Refused.class, refused -> {
            assertThat(refused.fault()).isEqualTo(fault);
            assertThat(refused.detail()).isNotBlank();
        });
        assertThat(samples.series()).isZero();
        assertThat(fates(door.export(PROTOBUF, "gzip", packed))).isEqualTo("KEPT=1");
    }

    /** No bytes make it throw or hang. {@code -Dtrimtab.fuzz.rounds=10000000} tries for long. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void anyBytesAreAnswered(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        ExportMetricsServiceRequest request = request(gauge(MEMORY, point(0, 1)), gauge("up", point(0, 1)));
        byte[] binary = request.toByteArray();
        byte[] json = JsonFormat.printer().print(request).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < Integer.getInteger("trimtab.fuzz.rounds", 5_000); i++) {
            boolean asJson = random.nextBoolean();
            byte[] body = (asJson ? json : binary).clone();
            for (int left = random.nextInt(1, 5); left > 0; left--)
                body[random.nextInt(body.length)] = (byte) random.nextInt();
            assertThat(door.export(asJson ? JSON : PROTOBUF, "", body)).isNotNull();
        }
    }

    private static byte[] deep(int levels) {
        AnyValue value = AnyValue.newBuilder().setStringValue("x").build();
        for (int i = 0; i < levels; i++)
            value = AnyValue.newBuilder()
                    .setArrayValue(io.opentelemetry.proto.common.v1.ArrayValue.newBuilder()
                            .addValues(value))
                    .build();
        KeyValue attribute = KeyValue.newBuilder().setKey("l").setValue(value).build();
        return request(gauge(MEMORY, point(0, 1).addAttributes(attribute))).toByteArray();
    }

    private static byte[] repeated(byte[] part, int times) {
        byte[] all = new byte[part.length * times];
        for (int i = 0; i < all.length; i++) all[i] = part[i % part.length];
        return all;
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    private ExportAnswer send(Metric... metrics) throws InterruptedException {
        return door.export(request(metrics).toByteArray());
    }

    private ExportAnswer sendCpu(
            AggregationTemporality temporality, long startSecondsFromNow, long secondsFromNow, double amount)
            throws InterruptedException {
        return send(Metric.newBuilder()
                .setName(CPU)
                .setSum(sum(temporality)
                        .addDataPoints(point(secondsFromNow, amount).setStartTimeUnixNano(nanos(startSecondsFromNow))))
                .build());
    }

    private static ExportMetricsServiceRequest request(Metric... metrics) {
        return request(Map.of(), metrics);
    }

    private static ExportMetricsServiceRequest request(Map<String, String> more, Metric... metrics) {
        var attributes = new LinkedHashMap<>(
                Map.of("k8s.namespace.name", "shop", "k8s.pod.name", "web", "k8s.container.name", "app"));
        attributes.putAll(more);
        Resource.Builder resource = Resource.newBuilder();
        attributes.forEach((key, value) -> resource.addAttributes(attribute(key, value)));
        return ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(ResourceMetrics.newBuilder()
                        .setResource(resource)
                        .addScopeMetrics(ScopeMetrics.newBuilder().addAllMetrics(List.of(metrics))))
                .build();
    }

    private static Metric gauge(String name, NumberDataPoint.Builder point) {
        return Metric.newBuilder()
                .setName(name)
                .setGauge(Gauge.newBuilder().addDataPoints(point))
                .build();
    }

    private static Sum.Builder sum(AggregationTemporality temporality) {
        return Sum.newBuilder().setIsMonotonic(true).setAggregationTemporality(temporality);
    }

    private static NumberDataPoint.Builder point(long secondsFromNow, double amount) {
        return NumberDataPoint.newBuilder()
                .setTimeUnixNano(nanos(secondsFromNow))
                .setAsDouble(amount);
    }

    private static long nanos(long secondsFromNow) {
        return Math.max(0, NOW.plusSeconds(secondsFromNow).toEpochMilli()) * 1_000_000;
    }

    private static KeyValue attribute(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    private static String fates(ExportAnswer answer) {
        SampleCounts counts = switch (answer) {
            case ExportAnswer.Taken(SampleCounts points) -> points;
            case ExportAnswer.Refused(ExportFault fault, String detail) -> throw new AssertionError(detail);
        };
        List<String> found = new ArrayList<>();
        for (SampleFate fate : SampleFate.values()) if (counts.of(fate) > 0) found.add(fate + "=" + counts.of(fate));
        return String.join(" ", found);
    }

    private UsageBatch read(Duration back) throws Exception {
        return new PushedUsage(samples, InstantSource.fixed(NOW))
                .read(new UsageQuery(new UsageQuery.Scope.Cluster(), NOW.minus(back), NOW, Duration.ofSeconds(30)));
    }

    private double cpu() throws Exception {
        double[] amounts = read(Duration.ofSeconds(30)).series().getFirst().amounts();
        return amounts[amounts.length - 1];
    }

    private double[] memoryAt(long secondsFromNow) throws Exception {
        Instant at = NOW.plusSeconds(secondsFromNow);
        var query = new UsageQuery(new UsageQuery.Scope.Cluster(), at.minusSeconds(1), at, Duration.ofSeconds(1));
        var series =
                new PushedUsage(samples, InstantSource.fixed(NOW)).read(query).series();
        return series.isEmpty() ? new double[0] : series.getFirst().amounts();
    }
}
