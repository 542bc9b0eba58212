package io.trimtab.service.cli;

import io.trimtab.recommend.replay.SimulatedClusterSpec;
import io.trimtab.service.backtest.PodsBenchmark;
import io.trimtab.service.backtest.RequestsBenchmark;
import io.trimtab.service.config.SettingsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "pods",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Simulates the same month of a cluster three times: with requests as its teams wrote them, with a stock"
                    + " VPA,",
            "and with what Trimtab recommends; replicas and nodes have the stock autoscalers in all of them.",
            "Prints what is requested and not used, kills for memory, throttled minutes, late requests and cost.",
            "With a list of traces: the CPU request of a container that uses just that, by the whole week and by the"
                    + " time of the week."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "2:a wrong call"},
        footer = {
            "",
            "Examples:",
            "  trimtab bench pods --days 30 --seed 7 --kinds",
            "  trimtab bench pods --list traces.txt"
        })
final class BenchPodsCommand implements Callable<Integer> {
    private static final Duration SAMPLED = Duration.ofMinutes(5);

    @Option(names = "--days", defaultValue = "30", description = "Days in which it acts (default: ${DEFAULT-VALUE}).")
    private int days = 30;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Of everything that looks random (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--workloads", defaultValue = "60", description = "How many (default: ${DEFAULT-VALUE}).")
    private int workloads = 60;

    @Option(names = "--nodes", defaultValue = "25", description = "How many at first (default: ${DEFAULT-VALUE}).")
    private int nodes = 25;

    @Option(
            names = "--kinds",
            description = "Prints for each kind of workload what is not used, and what would not be with hindsight.")
    private boolean kinds;

    @Option(
            names = "--list",
            paramLabel = "FILE",
            description = "One trace a line: NAME=FILE[:COLUMN][@mean5|@max5|@sum5], relative to the list.")
    private @Nullable Path list;

    @Option(
            names = "--first-halves",
            description = "Judges the first half of each trace from the eighth day on, not the second half.")
    private boolean firstHalves;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (days < 1 || days > 366) throw new SettingsException("--days (%d) must be in 1..366".formatted(days));
        if (list != null) {
            RequestsBenchmark.run(
                    list, firstHalves, line -> spec.commandLine().getOut().println(line));
            return 0;
        }
        PodsBenchmark.run(
                simulated(),
                Duration.ofDays(days),
                kinds,
                line -> spec.commandLine().getOut().println(line),
                line -> spec.commandLine().getErr().println(line));
        return 0;
    }

    private SimulatedClusterSpec simulated() {
        try {
            return SimulatedClusterSpec.sized(workloads, nodes)
                    .withSeed(seed)
                    .withStep(SAMPLED)
                    .withHistoryKept(Duration.ofDays(1));
        } catch (IllegalArgumentException e) {
            throw new SettingsException("--" + e.getMessage());
        }
    }
}
