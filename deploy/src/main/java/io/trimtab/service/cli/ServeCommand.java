package io.trimtab.service.cli;

import io.trimtab.ingest.model.Mode;
import io.trimtab.service.config.Durations;
import io.trimtab.service.config.Environment;
import io.trimtab.service.config.Settings;
import io.trimtab.service.loop.Service;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Runs the loop and serves pages, REST and metrics.",
            "Without --kubeconfig and --prometheus, and outside a pod, it shows a simulated cluster.",
            "It changes nothing unless --mode is Apply."
        })
final class ServeCommand implements Callable<Integer> {
    @Mixin
    private SourceOptions source = new SourceOptions();

    @Option(
            names = "--history",
            paramLabel = "DURATION",
            defaultValue = "${env:TRIMTAB_HISTORY:-8d}",
            description = "How far back the first round reads (default: ${DEFAULT-VALUE}).")
    private String history = "8d";

    @Option(
            names = "--mode",
            defaultValue = "${env:TRIMTAB_MODE:-Recommend}",
            description = "Observe, Recommend or Apply: the most that a policy can grant, and what workloads without"
                    + " one have (default: ${DEFAULT-VALUE}).")
    private Mode mode = Mode.RECOMMEND;

    @Option(
            names = "--cycle",
            paramLabel = "DURATION",
            defaultValue = "${env:TRIMTAB_CYCLE:-1m}",
            description = "The time between rounds, on the cluster's clock (default: ${DEFAULT-VALUE}).")
    private String cycle = "1m";

    @Option(
            names = "--port",
            defaultValue = "${env:TRIMTAB_PORT:-8080}",
            description = "The port of pages and REST; 0 takes a free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--host",
            defaultValue = "${env:TRIMTAB_HOST:-0.0.0.0}",
            description = "The address to listen on (default: ${DEFAULT-VALUE}).")
    private String host = "0.0.0.0";

    @Mixin
    private GrpcOptions grpc = new GrpcOptions();

    @Mixin
    private OpenCostOptions openCost = new OpenCostOptions();

    @Mixin
    private PriceOptions prices = new PriceOptions();

    @Mixin
    private BudgetOptions budgets = new BudgetOptions();

    @Mixin
    private KubeApiOptions kubeApi = new KubeApiOptions();

    @Option(
            names = "--events-token-file",
            paramLabel = "FILE",
            defaultValue = "${env:TRIMTAB_EVENTS_TOKEN_FILE}",
            description =
                    "The token that must come with POST /api/v1/events; without it anybody who reaches the port may"
                            + " wake workloads.")
    private Optional<Path> eventsToken = Optional.empty();

    @Option(
            names = "--write-token-file",
            paramLabel = "FILE",
            defaultValue = "${env:TRIMTAB_WRITE_TOKEN_FILE}",
            description = "The token that must come with POST /api/v1/write and /v1/metrics, and over gRPC; without it"
                    + " anybody who reaches a port may push samples.")
    private Optional<Path> writeToken = Optional.empty();

    @Mixin
    private ReplicaOptions replicas = new ReplicaOptions();

    @Mixin
    private StateOptions state = new StateOptions();

    @Mixin
    private HolidayOptions holidays = new HolidayOptions();

    @Option(
            names = "--demo-speed",
            defaultValue = "${env:TRIMTAB_DEMO_SPEED:-60}",
            description = "Simulated seconds per second (default: ${DEFAULT-VALUE}).")
    private double demoSpeed;

    @Option(
            names = "--demo-seed",
            defaultValue = "${env:TRIMTAB_DEMO_SEED:-1}",
            description = "Which simulated cluster; the same seed is the same cluster (default: ${DEFAULT-VALUE}).")
    private long demoSeed;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        Environment.check(System.getenv());
        Settings settings = new Settings(
                port,
                host,
                mode,
                Durations.parse("--cycle", cycle),
                where(),
                openCost.port(),
                prices.tariff(),
                budgets.settings());
        CountDownLatch stopped = new CountDownLatch(1);
        Service service = Service.start(settings, this::say);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            service.close();
            stopped.countDown();
        }));
        say("pages and REST at " + service.url());
        service.grpcPort().ifPresent(port -> say("OpenTelemetry's metrics by gRPC at port " + port));
        service.kubeApiPort().ifPresent(port -> say("external metrics for the API server at port " + port));
        service.openCostPort().ifPresent(port -> say("OpenCost's routes at port " + port));
        service.expanderPort().ifPresent(port -> say("expander for Cluster Autoscaler at port " + port));
        stopped.await();
        return 0;
    }

    private Settings.Source where() {
        return source.namesCluster()
                ? source.served(history, kubeApi.settings(host), eventsToken, writeToken)
                        .keeping(state.settings())
                        .taking(grpc.settings(host))
                        .resting(holidays.settings())
                        .telling(replicas.settings())
                : new Settings.Source.Demo(demoSeed, demoSpeed);
    }

    private void say(String message) {
        spec.commandLine().getErr().println("trimtab: " + message);
        spec.commandLine().getErr().flush();
    }
}
