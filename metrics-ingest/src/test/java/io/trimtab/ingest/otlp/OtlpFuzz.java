package io.trimtab.ingest.otlp;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.trimtab.ingest.fuzz.FuzzTarget;
import io.trimtab.ingest.pushed.PushedSamples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** OTLP: the first byte says whether protobuf or JSON follows, and whether it is packed. */
public final class OtlpFuzz implements FuzzTarget {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Otlp DOOR = new Otlp(new PushedSamples(4096), InstantSource.fixed(NOW));
    private static final String JSON = """
        {"resourceMetrics": [{"resource": {"attributes": [
            {"key": "k8s.namespace.name", "value": {"stringValue": "shop"}},
            {"key": "k8s.pod.name", "value": {"stringValue": "web-0"}},
            {"key": "k8s.container.name", "value": {"stringValue": "app"}}]},
          "scopeMetrics": [{"metrics": [{"name": "container.memory.working_set", "gauge": {"dataPoints": [
            {"timeUnixNano": "1795521600000000000", "asInt": "7"}, {"timeUnixNano": "1", "asDouble": "NaN"}]}}]}]}]}
        """;

    /** As Jazzer calls it. */
    public static void fuzzerTestOneInput(byte[] input) throws InterruptedException {
        read(input);
    }

    @Override
    public void run(byte[] input) throws InterruptedException {
        read(input);
    }

    @Override
    public List<byte[]> seeds() {
        byte[] json = JSON.getBytes(StandardCharsets.UTF_8);
        byte[] message = message().toByteArray();
        return List.of(first(0, message), first(1, json), first(2, packed(message)), first(3, packed(json)));
    }

    private static void read(byte[] input) throws InterruptedException {
        if (input.length == 0) return;
        String type = (input[0] & 1) == 0 ? "application/x-protobuf" : "application/json";
        String encoding = (input[0] & 2) == 0 ? "" : "gzip";
        ExportAnswer answer = DOOR.export(type, encoding, Arrays.copyOfRange(input, 1, input.length));
        switch (answer) {
            case ExportAnswer.Taken taken -> {
                if (taken.rejected() < 0) throw new AssertionError("%d points rejected".formatted(taken.rejected()));
            }
            case ExportAnswer.Refused(ExportFault fault, String detail) -> {
                if (fault == ExportFault.OVERLOADED) throw new AssertionError("a turn was not given back: " + detail);
            }
        }
    }

    private static ExportMetricsServiceRequest message() {
        NumberDataPoint point = NumberDataPoint.newBuilder()
                .setTimeUnixNano(NOW.toEpochMilli() * 1_000_000)
                .setStartTimeUnixNano(NOW.minusSeconds(60).toEpochMilli() * 1_000_000)
                .setAsDouble(3)
                .build();
        Metric.Builder cpu = Metric.newBuilder().setName("container.cpu.time");
        cpu.getSumBuilder()
                .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA)
                .setIsMonotonic(true)
                .addDataPoints(point);
        Resource container = Resource.newBuilder()
                .addAttributes(attribute("k8s.namespace.name", "shop"))
                .addAttributes(attribute("k8s.pod.name", "web-0"))
                .addAttributes(attribute("k8s.container.name", "app"))
                .build();
        return ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(ResourceMetrics.newBuilder()
                        .setResource(container)
                        .addScopeMetrics(ScopeMetrics.newBuilder().addMetrics(cpu)))
                .build();
    }

    private static KeyValue attribute(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    private static byte[] packed(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private static byte[] first(int kind, byte[] rest) {
        byte[] input = new byte[rest.length + 1];
        input[0] = (byte) kind;
        System.arraycopy(rest, 0, input, 1, rest.length);
        return input;
    }
}
