package io.trimtab.service.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.rpc.RetryInfo;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.sdk.common.Clock;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.trimtab.ingest.model.UsageQuery;
import io.trimtab.ingest.model.UsageSeries;
import io.trimtab.ingest.otlp.ExportFault;
import io.trimtab.ingest.otlp.Otlp;
import io.trimtab.ingest.pushed.PushedSamples;
import io.trimtab.ingest.pushed.PushedUsage;
import io.trimtab.service.config.SenderToken;
import io.trimtab.service.config.Settings;
import io.trimtab.service.config.SettingsException;
import io.trimtab.service.connections.ConnectionBound;
import io.trimtab.service.push.BodyBudget;
import io.trimtab.service.push.OtlpDoor;
import io.trimtab.service.push.OtlpMetrics;
import java.io.ByteArrayOutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What OpenTelemetry's SDK exports by gRPC is the usage; what is refused has the status that says whether to send it again. */
class GrpcPortTest {
    private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final MethodDescriptor<byte[], byte[]> EXPORT = MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName("opentelemetry.proto.collector.metrics.v1.MetricsService/Export")
            .setRequestMarshaller(new Plain())
            .setResponseMarshaller(new Plain())
            .build();

    @TempDir
    private Path folder;

    private volatile Instant now = START;
    private final PushedSamples samples = new PushedSamples(4096);
    private final BodyBudget budget = new BodyBudget(Otlp.MOST_BYTES);
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private Optional<GrpcPort> opened = Optional.empty();
    private Optional<ManagedChannel> connected = Optional.empty();

    private GrpcPort open(Duration deadline, Optional<Path> token) {
        return open(deadline, token, 10, Duration.ofMinutes(5));
    }

    private GrpcPort open(Duration deadline, Optional<Path> token, int mostConnections, Duration longestIdle) {
        OtlpDoor door = new OtlpDoor(Optional.of(new Otlp(samples, () -> now)), new OtlpMetrics(registry), deadline);
        GrpcPort port = GrpcPort.start(
                new Settings.Grpc(0, "127.0.0.1"),
                door,
                new SenderToken("--write-token-file", token),
                budget,
                new ConnectionBound("grpc", mostConnections, mostConnections, () -> now),
                longestIdle);
        opened = Optional.of(port);
        connected = Optional.of(NettyChannelBuilder.forAddress("127.0.0.1", port.port())
                .usePlaintext()
                .build());
        return port;
    }

    private GrpcPort open() {
        return open(Duration.ofSeconds(30), Optional.empty());
    }

    @AfterEach
    void close() {
        connected.ifPresent(ManagedChannel::shutdownNow);
        opened.ifPresent(GrpcPort::close);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"gzip", "none"})
    void whatAnSdkExportsIsTheUsage(String compression) {
        GrpcPort port = open();
        var exporter = OtlpGrpcMetricExporter.builder()
                .setEndpoint("http://127.0.0.1:" + port.port())
                .setCompression(compression)
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
            var cpu = meter.counterBuilder("container.cpu.time").ofDoubles().build();
            meter.gaugeBuilder("container.memory.working_set").ofLongs().buildWithCallback(to -> to.record(64 << 20));
            for (int i = 0; i < 40; i++) {
                now = now.plusSeconds(15);
                cpu.add(3);
                assertThat(provider.forceFlush().join(30, TimeUnit.SECONDS).isSuccess())
                        .isTrue();
            }
        }
        assertThat(count("points", "kept")).isGreaterThanOrEqualTo(80);
        assertThat(count("requests", "written")).isGreaterThanOrEqualTo(40);
        assertThat(usage()).hasSize(2);
        assertThat(usage().getFirst().amounts()[0]).as("3 s in 15 s").isCloseTo(0.2, within(0.001));
        assertThat(usage().getLast().amounts()[0]).isEqualTo(64 << 20);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        no gzip         | INVALID_ARGUMENT   | corrupt_gzip
        no protobuf     | INVALID_ARGUMENT   | malformed
        a bomb          | RESOURCE_EXHAUSTED | too_large
        more than 8 MiB | RESOURCE_EXHAUSTED | too_large
        """)
    void refusesABadRequestForGood(String name, Status.Code code, String result) throws Exception {
        open();
        byte[] request = switch (name) {
            case "no gzip" -> new byte[] {0x1f, (byte) 0x8b, 1, 2, 3};
            case "no protobuf" -> "hello, world".getBytes(StandardCharsets.UTF_8);
            case "a bomb" -> gzip(new byte[100 << 20]);
            case "more than 8 MiB" -> new byte[(8 << 20) + 1];
            default -> throw new IllegalArgumentException(name);
        };
        assertThatThrownBy(() -> send(request)).isInstanceOfSatisfying(StatusRuntimeException.class, refused -> {
            assertThat(refused.getStatus().getCode()).as(refused.toString()).isEqualTo(code);
            assertThat(refused.getStatus().getDescription()).isNotBlank();
        });
        assertThat(count("requests", result)).isEqualTo(1);
    }

    @Test
    void saysWhichPointsWereNotTaken() throws Exception {
        open();
        var taken = NumberDataPoint.newBuilder()
                .setTimeUnixNano(now.toEpochMilli() * 1_000_000)
                .setAsInt(7);
        var old = NumberDataPoint.newBuilder().setTimeUnixNano(1).setAsDouble(8);
        byte[] request = ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(ResourceMetrics.newBuilder()
                        .setResource(io.opentelemetry.proto.resource.v1.Resource.newBuilder()
                                .addAttributes(attribute("k8s.namespace.name", "shop"))
                                .addAttributes(attribute("k8s.pod.name", "web-0"))
                                .addAttributes(attribute("k8s.container.name", "app")))
                        .addScopeMetrics(ScopeMetrics.newBuilder()
                                .addMetrics(Metric.newBuilder()
                                        .setName("container.memory.working_set")
                                        .setGauge(Gauge.newBuilder()
                                                .addDataPoints(taken)
                                                .addDataPoints(old)))))
                .build()
                .toByteArray();
        var partial =
                ExportMetricsServiceResponse.parseFrom(send(gzip(request))).getPartialSuccess();
        assertThat(partial.getRejectedDataPoints()).isEqualTo(1);
        assertThat(partial.getErrorMessage()).contains("1 older than 90 min");
        assertThat(count("requests", "partly")).isEqualTo(1);
        assertThat(count("points", "too_old")).isEqualTo(1);
    }

    @Test
    void asksForTheToken() throws Exception {
        open(Duration.ofSeconds(30), Optional.of(Files.writeString(folder.resolve("token"), "secret")));
        assertThatThrownBy(() -> send(new byte[0]))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        refused -> assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED));
        assertThat(count("requests", "unauthorized")).isEqualTo(1);

        Metadata shown = new Metadata();
        shown.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer secret");
        byte[] answer = ClientCalls.blockingUnaryCall(
                io.grpc.ClientInterceptors.intercept(
                        connected.orElseThrow(), MetadataUtils.newAttachHeadersInterceptor(shown)),
                EXPORT,
                CallOptions.DEFAULT,
                new byte[0]);
        assertThat(answer).isEmpty();
    }

    @Test
    void givesUpASenderThatSendsNothing() throws Exception {
        open(Duration.ofMillis(100), Optional.empty());
        CompletableFuture<Status> answered = new CompletableFuture<>();
        begin(answered);
        assertThat(answered.get(30, TimeUnit.SECONDS).getCode())
                .as("a code that is not sent again, as 408 is not")
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(count("requests", "slow")).isEqualTo(1);
        assertThat(budget.take(Otlp.MOST_BYTES, PATIENCE)).isTrue();
    }

    @Test
    void sendsAwayWhoComesTooManyForAWhile() throws Exception {
        open();
        assertThat(budget.take(1, PATIENCE)).as("another sender's, over HTTP").isTrue();
        assertThatThrownBy(() -> send(new byte[0])).isInstanceOfSatisfying(StatusRuntimeException.class, refused -> {
            assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
            assertThat(StatusProto.fromThrowable(refused).getDetails(0).is(RetryInfo.class))
                    .isTrue();
        });
        assertThat(count("requests", "too_many_bytes")).isEqualTo(1);
        assertThat(count("requests", "too_large")).isZero();
        budget.giveBack(1);
        for (int i = 0; i < 3; i++) assertThat(send(new byte[0])).isEmpty();
        assertThat(budget.take(Otlp.MOST_BYTES, PATIENCE))
                .as("all is given back")
                .isTrue();
    }

    @Test
    void whoGoesAwayGivesBack() throws Exception {
        open();
        ClientCall<byte[], byte[]> call = begin(new CompletableFuture<>());
        // Nothing is held while waiting: the call could find no room for as long as its patience lasts, and be sent
        // away.
        for (Duration wait = Duration.ofMillis(20); budget.take(1, Duration.ZERO); Thread.sleep(wait))
            budget.giveBack(1);
        call.cancel("enough", null);
        assertThat(budget.take(Otlp.MOST_BYTES, PATIENCE)).isTrue();
    }

    @Test
    void connectionsBeyondTheirMostAreClosed() throws Exception {
        GrpcPort port = open(Duration.ofSeconds(30), Optional.empty(), 1, Duration.ofMinutes(5));
        try (Socket first = new Socket("127.0.0.1", port.port());
                Socket second = new Socket("127.0.0.1", port.port())) {
            second.setSoTimeout(20_000);
            assertThat(first.isConnected()).isTrue();
            assertThat(second.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(ClientCalls.blockingUnaryCall(
                        connected.orElseThrow(),
                        EXPORT,
                        CallOptions.DEFAULT.withWaitForReady().withDeadlineAfter(20, TimeUnit.SECONDS),
                        new byte[0]))
                .as("when the first is gone")
                .isEmpty();
    }

    @Test
    void aConnectionWithoutRequestsIsClosed() throws Exception {
        open(Duration.ofSeconds(30), Optional.empty(), 10, Duration.ofMillis(200));
        send(new byte[0]);
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        connected.orElseThrow().notifyWhenStateChanged(ConnectivityState.READY, () -> closed.complete(true));
        assertThat(closed.get(20, TimeUnit.SECONDS)).isTrue();
    }

    private ClientCall<byte[], byte[]> begin(CompletableFuture<Status> answered) {
        // The client sends nothing at all of a unary call before it is whole.
        var begun = EXPORT.toBuilder()
                .setType(MethodDescriptor.MethodType.CLIENT_STREAMING)
                .build();
        ClientCall<byte[], byte[]> call = connected.orElseThrow().newCall(begun, CallOptions.DEFAULT);
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        answered.complete(status);
                    }
                },
                new Metadata());
        return call;
    }

    @Test
    void onlyOverloadIsWorthAnotherTry() throws Exception {
        for (ExportFault fault : ExportFault.values()) {
            Metadata trailers = Refusals.trailers(fault, "why");
            var said = StatusProto.fromStatusAndTrailers(Refusals.status(fault, "why"), trailers);
            assertThat(fault.mayPass()).as(fault.toString()).isEqualTo(fault.status() == 503);
            if (!fault.mayPass()) {
                assertThat(trailers.keys()).as(fault.toString()).isEmpty();
                continue;
            }
            assertThat(said.getDetails(0)
                            .unpack(RetryInfo.class)
                            .getRetryDelay()
                            .getSeconds())
                    .isEqualTo(5);
            assertThat(Refusals.status(fault, "why").getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        }
    }

    @Test
    void saysThatItIsWellAndEndsWithItsLastRequest() {
        GrpcPort port = open();
        var health = HealthGrpc.newBlockingStub(connected.orElseThrow());
        assertThat(health.check(HealthCheckRequest.getDefaultInstance()).getStatus())
                .isEqualTo(ServingStatus.SERVING);
        assertThat(health.check(HealthCheckRequest.newBuilder()
                                .setService(MetricsService.NAME)
                                .build())
                        .getStatus())
                .isEqualTo(ServingStatus.SERVING);
        port.close();
        assertThatThrownBy(() -> send(new byte[0]))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        refused -> assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
    }

    @Test
    void aTakenPortIsNamed() {
        GrpcPort port = open();
        OtlpDoor door = new OtlpDoor(Optional.empty(), new OtlpMetrics(new PrometheusRegistry()), Duration.ZERO);
        assertThatThrownBy(() -> GrpcPort.start(
                        new Settings.Grpc(port.port(), "127.0.0.1"),
                        door,
                        new SenderToken("--write-token-file", Optional.empty()),
                        budget,
                        ConnectionBound.usual("grpc", () -> now)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("port %d".formatted(port.port()))
                .hasMessageContaining("--grpc-port");
    }

    private byte[] send(byte[] request) {
        return ClientCalls.blockingUnaryCall(connected.orElseThrow(), EXPORT, CallOptions.DEFAULT, request);
    }

    private List<UsageSeries> usage() {
        try {
            return new PushedUsage(samples, () -> now)
                    .read(new UsageQuery(
                            new UsageQuery.Scope.Cluster(), now.minusSeconds(60), now, Duration.ofSeconds(60)))
                    .series();
        } catch (io.trimtab.ingest.IngestException e) {
            throw new AssertionError(e);
        }
    }

    private long count(String of, String result) {
        return registry.scrape(name -> name.startsWith("trimtab_otlp_" + of)).stream()
                .filter(CounterSnapshot.class::isInstance)
                .flatMap(snapshot -> ((CounterSnapshot) snapshot).getDataPoints().stream())
                .filter(point -> point.getLabels().equals(Labels.of("result", result)))
                .mapToLong(point -> (long) point.getValue())
                .sum();
    }

    private static KeyValue attribute(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
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
