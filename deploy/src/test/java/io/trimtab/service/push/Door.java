package io.trimtab.service.push;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.trimtab.ingest.otlp.Otlp;
import io.trimtab.ingest.pushed.PushedSamples;
import io.trimtab.ingest.remotewrite.RemoteWrite;
import io.trimtab.ingest.remotewrite.ReplicaElection;
import io.trimtab.ingest.remotewrite.ReplicaLabels;
import io.trimtab.service.config.SenderToken;
import io.trimtab.service.config.SenderTokens;
import io.trimtab.service.connections.ConnectionBound;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code POST /api/v1/write} and {@code POST /v1/metrics} as they are served, on a free port, with nothing behind it but the samples. */
public final class Door implements AutoCloseable {
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PushedSamples samples;
    private final ReplicaElection election = new ReplicaElection(ReplicaLabels.USUAL);
    private final ApplicationContext context;
    private final int port;
    private final ConnectionBound connections = ConnectionBound.usual("http", InstantSource.system());

    private Door(
            PushedSamples samples, InstantSource clock, Duration deadline, Optional<Path> token, BodyBudget budget) {
        this.samples = samples;
        SenderToken nobodyIsAsked = new SenderToken("--events-token-file", Optional.empty());
        this.context = ApplicationContext.builder()
                .properties(Map.of(
                        "micronaut.server.port",
                        -1,
                        "micronaut.server.host",
                        "127.0.0.1",
                        "micronaut.server.max-request-size",
                        64 << 20))
                .singletons(
                        new RemoteWriteDoor(
                                Optional.of(new RemoteWrite(samples, clock, election)),
                                new RemoteWriteMetrics(registry, samples, election),
                                deadline),
                        new OtlpDoor(Optional.of(new Otlp(samples, clock)), new OtlpMetrics(registry), deadline),
                        budget,
                        connections,
                        new SenderTokens(nobodyIsAsked, new SenderToken("--write-token-file", token)))
                .banner(false)
                .beansPredicate(bean -> isWanted(bean.getBeanType()))
                .start();
        this.port = context.getBean(EmbeddedServer.class).start().getPort();
    }

    /** One that anybody may write to. */
    public static Door open(PushedSamples samples, InstantSource clock) {
        return open(samples, clock, RemoteWriteDoor.USUAL_DEADLINE, Optional.empty());
    }

    static Door open(PushedSamples samples, InstantSource clock, Duration deadline, Optional<Path> token) {
        return new Door(
                samples,
                clock,
                deadline,
                token,
                BodyBudget.of(Runtime.getRuntime().maxMemory()));
    }

    static Door open(PushedSamples samples, InstantSource clock, Optional<Path> token, BodyBudget budget) {
        return new Door(samples, clock, RemoteWriteDoor.USUAL_DEADLINE, token, budget);
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + port + RemoteWriteDoor.PATH);
    }

    URI otlpUri() {
        return URI.create("http://127.0.0.1:" + port + OtlpDoor.PATH);
    }

    /** The replicas that are listened to, as CLUSTER/REPLICA. */
    List<String> elected() {
        return election.elected().stream()
                .map(it -> it.cluster() + "/" + it.replica())
                .toList();
    }

    public PushedSamples samples() {
        return samples;
    }

    /** How many are open. */
    int connections() {
        return connections.open();
    }

    /** How many requests, or samples, had a result. */
    long count(String of, String result) {
        return counted("trimtab_remote_write_" + of, result);
    }

    /** Likewise of OTLP. */
    long otlpCount(String of, String result) {
        return counted("trimtab_otlp_" + of, result);
    }

    private long counted(String prefix, String result) {
        return registry.scrape(name -> name.startsWith(prefix)).stream()
                .filter(CounterSnapshot.class::isInstance)
                .flatMap(snapshot -> ((CounterSnapshot) snapshot).getDataPoints().stream())
                .filter(point -> point.getLabels().equals(Labels.of("result", result)))
                .mapToLong(point -> (long) point.getValue())
                .sum();
    }

    @Override
    public void close() {
        context.close();
    }

    private static boolean isWanted(Class<?> bean) {
        String name = bean.getName();
        return !name.startsWith("io.trimtab")
                || name.startsWith("io.trimtab.service.push")
                || name.startsWith("io.trimtab.service.connections")
                || name.equals("io.trimtab.service.api.RemoteWriteController")
                || name.equals("io.trimtab.service.api.OtlpController")
                || name.equals("io.trimtab.service.api.ProblemHandlers");
    }
}
