package io.trimtab.service.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.handler.ssl.SslProvider;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.trimtab.cost.prices.PriceBook;
import io.trimtab.service.config.Settings;
import io.trimtab.service.config.SettingsException;
import io.trimtab.service.connections.ConnectionBound;
import io.trimtab.service.grpc.ExpanderRequest.Answer;
import io.trimtab.service.grpc.ExpanderRequest.Form;
import io.trimtab.service.tls.MadeCertificate;
import io.trimtab.service.tls.ServingCertificate;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Cluster Autoscaler's messages over TLS, as it sends them. */
class ExpanderPortTest {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final List<String> NAMES = List.of("localhost", "127.0.0.1");
    private static final ByteString CPU_POD = ExpanderRequest.pod("web-0", Map.of("cpu", "500m", "memory", "1Gi"));
    private static final ByteString GPU_POD =
            ExpanderRequest.pod("train-0", Map.of("cpu", "2", "memory", "8Gi", "nvidia.com/gpu", "1"));
    private static final ByteString CPU_NODE =
            ExpanderRequest.node("cpu", "m5.large", Map.of("cpu", "2", "memory", "8Gi", "pods", "29"));
    private static final ByteString GPU_NODE = ExpanderRequest.node(
            "gpu", "g5.xlarge", Map.of("cpu", "4", "memory", "16Gi", "nvidia.com/gpu", "1", "pods", "58"));

    @TempDir
    private Path folder;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final MadeCertificate certificate = MadeCertificate.of(NAMES, CLOCK.instant());
    private Optional<ExpanderPort> opened = Optional.empty();
    private Optional<ManagedChannel> connected = Optional.empty();

    @BeforeEach
    void open() throws Exception {
        Files.writeString(folder.resolve("tls.crt"), certificate.certificate());
        Files.writeString(folder.resolve("tls.key"), certificate.key());
        opened = Optional.of(start(0, registry));
        connected = Optional.of(channel(certificate));
    }

    private ExpanderPort start(int port, PrometheusRegistry metrics) {
        var settings = new Settings.KubeApi(0, "127.0.0.1", Optional.of(folder), NAMES);
        return ExpanderPort.start(
                "127.0.0.1",
                port,
                ServingCertificate.of(settings, CLOCK),
                new ExpanderPort.Parts(
                        PriceBook.shipped(), new ExpanderMetrics(metrics), ConnectionBound.usual("expander", CLOCK)));
    }

    private ManagedChannel channel(MadeCertificate trusted) throws Exception {
        var authority = new ByteArrayInputStream(trusted.authority().getBytes(StandardCharsets.US_ASCII));
        return NettyChannelBuilder.forAddress("127.0.0.1", opened.orElseThrow().port())
                .sslContext(GrpcSslContexts.configure(GrpcSslContexts.forClient(), SslProvider.JDK)
                        .trustManager(authority)
                        .build())
                .build();
    }

    @AfterEach
    void close() {
        connected.ifPresent(ManagedChannel::shutdownNow);
        opened.ifPresent(ExpanderPort::close);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Form.class)
    void theCheaperGroupGrowsWhicheverFieldsAreFilled(Form form) {
        Answer answer = ask(new ExpanderRequest(form)
                .option("gpu", 1, List.of(CPU_POD))
                .option("cpu", 3, List.of(CPU_POD))
                .node("gpu", GPU_NODE)
                .node("cpu", CPU_NODE));

        assertThat(answer.group()).isEqualTo("cpu");
        assertThat(answer.nodes()).isEqualTo(3);
        assertThat(answer.debug())
                .isEqualTo("grow cpu, of 2 groups: nodes 3, pods 1, 0.2880 USD per hour; no other carries any of these"
                        + " pods for less");
        assertThat(count("chosen")).isEqualTo(1);
        assertThat(count("refused")).isZero();
    }

    /** Pods are told apart by their UID: two of one name in two namespaces, or one after the other, are two. */
    @Test
    void eachPodIsCounted() {
        ByteString other = ExpanderRequest.pod("web-1", Map.of("cpu", "500m", "memory", "1Gi"));
        Answer answer = ask(new ExpanderRequest(Form.BYTES)
                .option("cpu", 1, List.of(CPU_POD, other, GPU_POD))
                .node("cpu", CPU_NODE));
        assertThat(answer.debug()).contains("pods 3,");
    }

    @Test
    void whereBothFieldsAreFilledTheBytesCount() throws Exception {
        byte[] typed = new ExpanderRequest(Form.TYPED).node("cpu", GPU_NODE).bytes();
        byte[] bytes = new ExpanderRequest(Form.BYTES)
                .option("cpu", 1, List.of(CPU_POD))
                .node("cpu", CPU_NODE)
                .bytes();
        byte[] both =
                ByteString.copyFrom(bytes).concat(ByteString.copyFrom(typed)).toByteArray();
        assertThat(ExpanderRequest.ask(connected.orElseThrow(), both).debug()).contains("0.0960 USD");
    }

    @Test
    void whatCannotBeJudgedIsLeftOut() {
        Answer answer = ask(new ExpanderRequest(Form.TYPED)
                .option("unknown", 1, List.of(CPU_POD))
                .option("cpu", 1, List.of(CPU_POD))
                .node("cpu", CPU_NODE));
        assertThat(answer.group()).isEqualTo("cpu");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        no option          | INVALID_ARGUMENT   | the request names no option
        no node            | INVALID_ARGUMENT   | cpu: the request has no node of this group
        no pod             | INVALID_ARGUMENT   | cpu carries no pod
        no nodes to add    | INVALID_ARGUMENT   | nodes (0) of cpu must be at least 1
        a group twice      | INVALID_ARGUMENT   | a node group is there twice
        a negative amount  | INVALID_ARGUMENT   | cpu: -1
        no protobuf        | INVALID_ARGUMENT   | the request is no BestOptionsRequest
        a pod that is none | INVALID_ARGUMENT   | the request is no BestOptionsRequest
        cut in a pod       | INVALID_ARGUMENT   | the request is no BestOptionsRequest
        cut between fields | INVALID_ARGUMENT   | the request is no BestOptionsRequest: it is cut off
        too large          | RESOURCE_EXHAUSTED | gRPC message exceeds maximum size 134217728
        """)
    void refusesWhatIsNoQuestionAndAnswersTheNextOne(String name, Status.Code code, String why) {
        ExpanderRequest whole = new ExpanderRequest(Form.BYTES)
                .option("cpu", 1, List.of(CPU_POD))
                .node("cpu", CPU_NODE);
        byte[] request = switch (name) {
            case "no option" ->
                new ExpanderRequest(Form.BYTES).node("cpu", CPU_NODE).bytes();
            case "no node" ->
                new ExpanderRequest(Form.BYTES)
                        .option("cpu", 1, List.of(CPU_POD))
                        .bytes();
            case "no pod" ->
                new ExpanderRequest(Form.BYTES)
                        .option("cpu", 1, List.of())
                        .node("cpu", CPU_NODE)
                        .bytes();
            case "no nodes to add" ->
                new ExpanderRequest(Form.BYTES)
                        .option("cpu", 0, List.of(CPU_POD))
                        .node("cpu", CPU_NODE)
                        .bytes();
            case "a group twice" -> whole.option("cpu", 2, List.of(CPU_POD)).bytes();
            case "a negative amount" ->
                new ExpanderRequest(Form.BYTES)
                        .option("cpu", 1, List.of(ExpanderRequest.pod("web-0", Map.of("cpu", "-1"))))
                        .node("cpu", CPU_NODE)
                        .bytes();
            case "no protobuf" -> "hello, world".getBytes(StandardCharsets.UTF_8);
            case "a pod that is none" ->
                whole.option("other", 1, List.of(ByteString.copyFromUtf8("hello, world")))
                        .node("other", CPU_NODE)
                        .bytes();
            case "cut in a pod" ->
                ByteString.copyFrom(whole.bytes()).substring(0, 100).toByteArray();
            // The tags and lengths of the option and its name, and the name.
            case "cut between fields" ->
                ByteString.copyFrom(whole.bytes()).substring(0, 8).toByteArray();
            case "too large" -> new byte[(128 << 20) + 1];
            default -> throw new IllegalArgumentException(name);
        };
        assertThatThrownBy(() -> ExpanderRequest.ask(connected.orElseThrow(), request))
                .isInstanceOfSatisfying(StatusRuntimeException.class, refused -> {
                    assertThat(refused.getStatus().getCode())
                            .as(refused.toString())
                            .isEqualTo(code);
                    assertThat(refused.getStatus().getDescription()).contains(why);
                });
        assertThat(ask(new ExpanderRequest(Form.BYTES)
                                .option("cpu", 1, List.of(CPU_POD))
                                .node("cpu", CPU_NODE))
                        .group())
                .isEqualTo("cpu");
        assertThat(count("refused")).isEqualTo(1);
        assertThat(count("chosen")).isEqualTo(1);
    }

    @Test
    void whoTrustsAnotherAuthorityOrSpeaksWithoutTlsIsNotAnswered() throws Exception {
        ManagedChannel wrong = channel(MadeCertificate.of(NAMES, CLOCK.instant()));
        ManagedChannel plain = NettyChannelBuilder.forAddress(
                        "127.0.0.1", opened.orElseThrow().port())
                .usePlaintext()
                .build();
        byte[] request = new ExpanderRequest(Form.BYTES)
                .option("cpu", 1, List.of(CPU_POD))
                .node("cpu", CPU_NODE)
                .bytes();
        try {
            for (ManagedChannel channel : List.of(wrong, plain))
                assertThatThrownBy(() -> ExpanderRequest.ask(channel, request))
                        .isInstanceOfSatisfying(
                                StatusRuntimeException.class,
                                refused -> assertThat(refused.getStatus().getCode())
                                        .isEqualTo(Status.Code.UNAVAILABLE));
        } finally {
            wrong.shutdownNow();
            plain.shutdownNow();
        }
        assertThat(count("chosen") + count("refused")).isZero();
    }

    @Test
    void itsHealthIsAnsweredAndItsPortIsItsOwn() {
        var health = HealthGrpc.newBlockingStub(connected.orElseThrow());
        assertThat(health.check(HealthCheckRequest.newBuilder()
                                .setService("grpcplugin.Expander")
                                .build())
                        .getStatus())
                .isEqualTo(ServingStatus.SERVING);
        int taken = opened.orElseThrow().port();
        assertThatThrownBy(() -> start(taken, new PrometheusRegistry()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("port %d".formatted(taken))
                .hasMessageContaining("--expander-port");
    }

    private Answer ask(ExpanderRequest request) {
        return ExpanderRequest.ask(connected.orElseThrow(), request.bytes());
    }

    private double count(String result) {
        return registry.scrape(name -> name.equals("trimtab_expander_requests")).stream()
                .flatMap(found -> ((CounterSnapshot) found).getDataPoints().stream())
                .filter(point -> point.getLabels().equals(Labels.of("result", result)))
                .mapToDouble(CounterSnapshot.CounterDataPointSnapshot::getValue)
                .sum();
    }
}
