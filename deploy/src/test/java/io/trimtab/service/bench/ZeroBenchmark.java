package io.trimtab.service.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.net.httpserver.HttpServer;
import io.trimtab.ingest.model.HorizontalAutoscaler;
import io.trimtab.ingest.model.TriggerSpec;
import io.trimtab.ingest.model.TriggeredScaling;
import io.trimtab.ingest.model.TriggeredScaling.Owner;
import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.ingest.triggers.SourceGuard;
import io.trimtab.ingest.triggers.Triggers;
import io.trimtab.recommend.Outcome;
import io.trimtab.service.zero.Authentication;
import io.trimtab.service.zero.ScaledWorkloads;
import io.trimtab.service.zero.StatusWriter;
import io.trimtab.service.zero.ZeroLoop;
import io.trimtab.service.zero.ZeroObserver;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * 2,000 objects, each with a Prometheus query of its own, polled every 30 s. {@code cores} is the processor time of the whole process by the time that passed, the HTTP server
 * that answers included, so the loop itself takes less; {@code reads} is how many queries were answered. Both are summed over the three iterations.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 1)
@Measurement(iterations = 3)
public class ZeroBenchmark {
    private static final int OBJECTS = 2000;
    private static final Duration INTERVAL = Duration.ofSeconds(30);
    private static final double NANOS = 1e9;

    private final AtomicLong answered = new AtomicLong();
    private HttpServer prometheus;
    private Triggers triggers;
    private ZeroLoop loop;

    /** What is shown beside the time. */
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Used {
        public double cores;
        public long reads;
    }

    @Setup(Level.Trial)
    public void start() throws IOException {
        prometheus = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        prometheus.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        byte[] answer =
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":[1,\"42\"]}]}}"
                        .getBytes(StandardCharsets.UTF_8);
        prometheus.createContext("/", exchange -> {
            answered.incrementAndGet();
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        prometheus.start();
        triggers = Triggers.reading(namespace -> List.of());
        InstantSource clock = InstantSource.system();
        loop = new ZeroLoop(
                new ZeroLoop.Parts(
                        new Shop(objects()),
                        triggers::open,
                        new NoAuthentication(),
                        new SourceGuard(clock)::read,
                        recommendation -> new Outcome.Applied(recommendation.workload(), "replicas"),
                        StatusWriter.NOBODY,
                        clock,
                        clock),
                ZeroObserver.NONE);
        loop.start();
    }

    @TearDown(Level.Trial)
    public void stop() {
        loop.close();
        triggers.close();
        prometheus.stop(0);
    }

    @Benchmark
    public int oneInterval(Used used) throws InterruptedException {
        var process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpuBefore = process.getProcessCpuTime();
        long readsBefore = answered.get();
        Thread.sleep(INTERVAL);
        used.cores = (process.getProcessCpuTime() - cpuBefore) / NANOS / INTERVAL.toSeconds();
        used.reads = answered.get() - readsBefore;
        return loop.states().size();
    }

    private List<TriggeredScaling> objects() {
        return IntStream.range(0, OBJECTS).mapToObj(this::object).toList();
    }

    private TriggeredScaling object(int i) {
        String namespace = "shop-" + i % 50;
        String name = "web-" + i;
        Map<String, String> metadata = Map.of(
                "serverAddress",
                "http://127.0.0.1:" + prometheus.getAddress().getPort(),
                "query",
                "sum(orders_waiting{shop=\"%d\"})".formatted(i),
                "threshold",
                "10");
        return new TriggeredScaling(
                new Owner(TriggeredScaling.SCALED_OBJECT, namespace, name),
                new WorkloadId(namespace, "Deployment", name),
                INTERVAL,
                Optional.of(TriggeredScaling.COOLDOWN),
                Duration.ZERO,
                OptionalInt.empty(),
                0,
                TriggeredScaling.MAX_REPLICAS,
                List.of(new TriggerSpec("prometheus", Optional.empty(), Optional.empty(), metadata, Optional.empty())),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Instant.EPOCH,
                Optional.empty(),
                List.of());
    }

    /** Every workload runs five, which is what 42 orders need. */
    private record Shop(List<TriggeredScaling> objects) implements ScaledWorkloads {
        private static final int REPLICAS = 5;

        @Override
        public Map<Owner, String> unreadable() {
            return Map.of();
        }

        @Override
        public Optional<Workload> workload(WorkloadId id) {
            return Optional.of(new Workload(id, REPLICAS, List.of(), Map.of(), Map.of(), Instant.EPOCH));
        }

        @Override
        public List<HorizontalAutoscaler> autoscalers() {
            return List.of();
        }

        @Override
        public void onChange(Runnable listener) {}

        @Override
        public Optional<String> kedaOperator() {
            return Optional.empty();
        }

        @Override
        public Optional<String> refusal(Workload workload, TriggeredScaling object) {
            return Optional.empty();
        }

        @Override
        public BigDecimal podPricePerHour(Workload workload) {
            return BigDecimal.ONE;
        }
    }

    private record NoAuthentication() implements Authentication {
        @Override
        public Map<String, String> parameters(String namespace, TriggerSpec.AuthenticationRef reference) {
            return Map.of();
        }

        @Override
        public void forget(String namespace, TriggerSpec.AuthenticationRef reference) {}
    }
}
