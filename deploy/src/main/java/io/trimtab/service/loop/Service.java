package io.trimtab.service.loop;

import io.micronaut.runtime.server.EmbeddedServer;
import io.trimtab.actuate.kubernetes.PolicyStatusWriter;
import io.trimtab.cost.prices.PriceBook;
import io.trimtab.forecast.HistogramForecaster;
import io.trimtab.forecast.OutlookForecaster;
import io.trimtab.ingest.model.Mode;
import io.trimtab.ingest.otlp.Otlp;
import io.trimtab.ingest.pushed.PushedSamples;
import io.trimtab.ingest.remotewrite.RemoteWrite;
import io.trimtab.ingest.remotewrite.ReplicaElection;
import io.trimtab.recommend.cycle.Cycle;
import io.trimtab.recommend.cycle.CycleObserver;
import io.trimtab.service.account.AccountMetrics;
import io.trimtab.service.account.CostAccount;
import io.trimtab.service.config.SenderTokens;
import io.trimtab.service.config.Settings;
import io.trimtab.service.config.SettingsException;
import io.trimtab.service.metrics.ClusterMetrics;
import io.trimtab.service.push.BodyBudget;
import io.trimtab.service.push.OtlpDoor;
import io.trimtab.service.push.OtlpMetrics;
import io.trimtab.service.push.RemoteWriteDoor;
import io.trimtab.service.push.RemoteWriteMetrics;
import io.trimtab.service.zero.OnceEach;
import io.trimtab.service.zero.Wakes;
import io.trimtab.service.zero.ZeroLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running program: a cluster, the loop over it, and the server that shows it. */
public final class Service implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Service.class);

    private final EmbeddedServer server;
    private final Ports ports;
    private final Deque<Runnable> ends;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** @param ends what was started, each with its end, to be ended in this order */
    private Service(EmbeddedServer server, Ports ports, Deque<Runnable> ends) {
        this.server = server;
        this.ports = ports;
        this.ends = ends;
    }

    /**
     * The server answers when this returns; the first round may still be under way.
     *
     * @param progress is told what takes long
     * @throws SettingsException if a setting cannot work, such as a port that is taken
     */
    public static Service start(Settings settings, Consumer<String> progress) {
        Deque<Runnable> ends = new ArrayDeque<>();
        try {
            return start(settings, progress, ends);
        } catch (RuntimeException | Error e) {
            end(ends).forEach(e::addSuppressed);
            throw e;
        }
    }

    /** Each, whatever becomes of those before it; returns what went wrong. */
    static List<Throwable> end(Deque<Runnable> ends) {
        List<Throwable> failures = new ArrayList<>();
        for (Runnable end : ends) {
            try {
                end.run();
            } catch (RuntimeException | Error e) {
                failures.add(e);
            }
        }
        return failures;
    }

    private static Service start(Settings settings, Consumer<String> progress, Deque<Runnable> ends) {
        PriceBook prices = PriceBook.shipped().under(settings.tariff());
        ReplicaElection election = new ReplicaElection(settings.replicaLabels());
        PushedSamples pushed = PushedSamples.inHalfOf(Runtime.getRuntime().maxMemory());
        Cluster cluster = Clusters.open(settings, prices, pushed, progress);
        ends.push(cluster::close);
        SelfMetrics metrics = new SelfMetrics();
        long everyMillis = Math.max(250, (long) (settings.cycle().toMillis() / cluster.speed()));
        KeptState state = new KeptState(metrics);
        AdviceLog advice = new AdviceLog();
        OutlookForecaster forecaster = new OutlookForecaster(new HistogramForecaster(), settings.holidays());
        List<CycleObserver> observers =
                new ArrayList<>(List.of(advice, metrics, new FedByRounds(forecaster.further())));
        policyStatuses(cluster, settings.mode()).ifPresent(observers::add);
        CostAccount account = Accounts.open(settings, prices, cluster.clock());
        observers.add(account);
        AccountMetrics.register(metrics.registry(), account);
        Budgets budgets = Budgets.open(settings, account, metrics.registry());
        observers.add(budgets.desk());
        // Last: then what the round taught is in it.
        observers.add(state.observer());
        Cycle cycle = Rounds.of(cluster, prices, settings.mode(), forecaster, new Observers(observers));
        Loop loop = new Loop(
                cycle,
                Duration.ofMillis(everyMillis),
                metrics,
                settings.isStateKept() ? Loop.LONG_PATIENCE : Loop.SHORT_PATIENCE);
        Optional<ZeroLoop> zero = cluster.zero()
                .map(parts -> new ZeroLoop(parts, new FedByTriggers(metrics.zero(), forecaster.further())));
        LiveViews views = new LiveViews(
                loop,
                cluster,
                prices,
                settings.mode(),
                metrics,
                () -> zero.map(ZeroLoop::states).orElse(List.of()),
                state::view,
                forecaster,
                advice,
                new Origin(cluster, pushed, election));
        CompletableFuture<Void> restored = onItsOwnThread(() -> {
            state.restore(
                    settings.source(),
                    cycle,
                    forecaster,
                    cluster,
                    List.of(
                            metrics.countedKills(),
                            advice.section(),
                            views.section(),
                            account.section(),
                            budgets.notifier().section()),
                    pushed,
                    progress);
            // Not before: the listing of a large cluster takes the processor for seconds.
            cluster.watch();
        });
        ends.push(account::close);
        ends.push(budgets::close);
        // Last but for the cluster: then no sample comes any more that it could miss.
        ends.push(() -> {
            if (loop.started()) state.close(loop.ended());
            else state.leave();
        });
        ends.push(loop::close);
        ends.push(() -> restored.handle((_, _) -> null).join());
        metrics.registry()
                .register(new ClusterMetrics(views::figures, settings.mode().toString()));
        ForecastMetrics.register(metrics.registry(), forecaster);
        FindingMetrics.register(metrics.registry(), cluster.findings());
        RemoteWriteDoor door = new RemoteWriteDoor(
                cluster.simulated()
                        ? Optional.empty()
                        : Optional.of(new RemoteWrite(pushed, cluster.clock(), election)),
                new RemoteWriteMetrics(metrics.registry(), pushed, election),
                RemoteWriteDoor.USUAL_DEADLINE);
        OtlpDoor otlp = new OtlpDoor(
                cluster.simulated() ? Optional.empty() : Optional.of(new Otlp(pushed, cluster.clock())),
                new OtlpMetrics(metrics.registry()),
                RemoteWriteDoor.USUAL_DEADLINE);
        Ports.Bounds bounds = Ports.Bounds.counted(metrics.registry());
        BodyBudget budget = BodyBudget.of(Runtime.getRuntime().maxMemory());
        SenderTokens tokens = SenderTokens.of(settings);
        Wakes wakes = zero.<Wakes>map(OnceEach::new).orElse(Wakes.NOBODY);
        EmbeddedServer server = PagesServer.start(
                settings,
                ends,
                views,
                metrics,
                account,
                budgets.desk(),
                wakes,
                tokens,
                door,
                otlp,
                budget,
                bounds.pages());
        Ports ports = Ports.open(
                settings,
                cluster.clock(),
                new Ports.Served(loop, otlp, tokens, budget, account, prices, metrics.registry()),
                bounds,
                ends);
        awaited(restored);
        loop.start();
        zero.ifPresent(it -> {
            ends.push(it::close);
            it.start();
        });
        return new Service(server, ports, ends);
    }

    private static CompletableFuture<Void> onItsOwnThread(Runnable task) {
        return CompletableFuture.runAsync(
                task, it -> Thread.ofPlatform().name("restore").start(it));
    }

    private static void awaited(CompletableFuture<Void> done) {
        try {
            done.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw e;
        }
    }

    /** In mode Observe nothing is written anywhere, not even to policies. */
    private static Optional<CycleObserver> policyStatuses(Cluster cluster, Mode mode) {
        Optional<PolicyStatusWriter> writer = cluster.policyStatuses().filter(_ -> mode != Mode.OBSERVE);
        writer.ifPresent(PolicyStatusWriter::start);
        return writer.map(it -> new PolicyStatusObserver(it, mode));
    }

    /** Where a person on this machine finds the pages. */
    public String url() {
        return "http://127.0.0.1:" + server.getPort();
    }

    /** Where the cluster's API server finds the external metrics; empty when they are not served. */
    public OptionalInt kubeApiPort() {
        return ports.kubeApi().map(api -> OptionalInt.of(api.port())).orElse(OptionalInt.empty());
    }

    /** Where metrics are taken by gRPC; empty when they are not. */
    public OptionalInt grpcPort() {
        return ports.grpc().map(port -> OptionalInt.of(port.port())).orElse(OptionalInt.empty());
    }

    /** Where OpenCost's routes are served; empty when they are not. */
    public OptionalInt openCostPort() {
        return ports.openCost().map(port -> OptionalInt.of(port.port())).orElse(OptionalInt.empty());
    }

    /** Where Cluster Autoscaler asks which node group to grow; empty when it cannot. */
    public OptionalInt expanderPort() {
        return ports.expander().map(port -> OptionalInt.of(port.port())).orElse(OptionalInt.empty());
    }

    /** Ends what scales to zero, the servers, the loop, saves, then lets the cluster go; a second call does nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true))
            end(ends).forEach(e -> LOG.warn("a part of the service did not end as it should", e));
    }
}
