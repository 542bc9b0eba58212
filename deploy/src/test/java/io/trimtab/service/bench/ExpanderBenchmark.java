package io.trimtab.service.bench;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.handler.ssl.SslProvider;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.trimtab.cost.prices.PriceBook;
import io.trimtab.service.config.Settings;
import io.trimtab.service.connections.ConnectionBound;
import io.trimtab.service.grpc.ExpanderMetrics;
import io.trimtab.service.grpc.ExpanderPort;
import io.trimtab.service.grpc.ExpanderRequest;
import io.trimtab.service.grpc.ExpanderRequest.Form;
import io.trimtab.service.tls.MadeCertificate;
import io.trimtab.service.tls.ServingCertificate;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Pods that wait, each of which every one of 20 groups would carry: what Cluster Autoscaler waits for its answer, over TLS, in a heap of half of what the chart asks for. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx512m")
@Warmup(iterations = 2, time = 10)
@Measurement(iterations = 2, time = 10)
public class ExpanderBenchmark {
    private static final int GROUPS = 20;
    private static final List<String> NAMES = List.of("127.0.0.1");
    private static final InstantSource CLOCK = InstantSource.system();

    @Param({"100", "3000"})
    public int pods;

    private byte[] request = {};
    private Optional<ExpanderPort> port = Optional.empty();
    private Optional<ManagedChannel> channel = Optional.empty();

    @Setup(Level.Trial)
    public void open() throws IOException {
        request = request();
        System.out.printf("a request of %.1f MB%n", request.length / 1e6);
        MadeCertificate certificate = MadeCertificate.of(NAMES, CLOCK.instant());
        Path folder = Files.createTempDirectory("expander");
        Files.writeString(folder.resolve("tls.crt"), certificate.certificate());
        Files.writeString(folder.resolve("tls.key"), certificate.key());
        var settings = new Settings.KubeApi(0, "127.0.0.1", Optional.of(folder), NAMES);
        ExpanderPort opened = ExpanderPort.start(
                "127.0.0.1",
                0,
                ServingCertificate.of(settings, CLOCK),
                new ExpanderPort.Parts(
                        PriceBook.shipped(),
                        new ExpanderMetrics(new PrometheusRegistry()),
                        ConnectionBound.usual("expander", CLOCK)));
        port = Optional.of(opened);
        channel = Optional.of(NettyChannelBuilder.forAddress("127.0.0.1", opened.port())
                .sslContext(GrpcSslContexts.configure(GrpcSslContexts.forClient(), SslProvider.JDK)
                        .trustManager(
                                new ByteArrayInputStream(certificate.authority().getBytes(StandardCharsets.US_ASCII)))
                        .build())
                .build());
    }

    @TearDown(Level.Trial)
    public void close() {
        channel.ifPresent(ManagedChannel::shutdownNow);
        port.ifPresent(ExpanderPort::close);
    }

    @Benchmark
    public ExpanderRequest.Answer answer() {
        return ExpanderRequest.ask(channel.orElseThrow(), request);
    }

    private byte[] request() {
        Random random = new Random(1);
        List<ByteString> waiting = new ArrayList<>();
        for (int i = 0; i < pods; i++)
            waiting.add(ExpanderRequest.pod(
                    "service-%d-%d".formatted(i / 30, i),
                    Map.of("cpu", 50 + random.nextInt(1000) + "m", "memory", 64 + random.nextInt(4000) + "Mi")));
        ExpanderRequest asked = new ExpanderRequest(Form.BYTES);
        for (int i = 0; i < GROUPS; i++) {
            String group = "group-" + i;
            int cores = 4 << random.nextInt(4);
            asked.option(group, Math.max(1, pods / cores), waiting)
                    .node(
                            group,
                            ExpanderRequest.node(
                                    group,
                                    "unlisted." + cores,
                                    Map.of("cpu", "" + cores, "memory", 4 * cores + "Gi", "pods", "110")));
        }
        return asked.bytes();
    }
}
