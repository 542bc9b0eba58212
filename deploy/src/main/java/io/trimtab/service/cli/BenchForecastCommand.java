package io.trimtab.service.cli;

import io.trimtab.service.backtest.OnlineBenchmark;
import io.trimtab.service.backtest.PathBenchmark;
import io.trimtab.service.backtest.RollingBenchmark;
import io.trimtab.service.config.SettingsException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "forecast",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Forecasts series of yours and writes what a scorer needs; prints series per second and state per series.",
            "With --data: the next values of each row of NAME-train.csv[.gz], in the wide format of the M4 competition",
            "(first cell the series' name, then its values, oldest first).",
            "With --rolling --list: P50 and P95 of the maximum of the next hour, every 15 minutes over the second half",
            "of each trace. With --online in its place the same by what the service keeps of a series (3.3 KB), with",
            "coverage by horizon, leaks and the sum of the traces. No forecast sees anything after its origin."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:written", "2:a wrong call, or a file that cannot be read"},
        footer = {
            "",
            "Examples:",
            "  trimtab bench forecast --data m4 --out forecasts.csv",
            "  trimtab bench forecast --rolling --list traces.txt --out rolling.csv.gz"
        })
final class BenchForecastCommand implements Callable<Integer> {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Holds NAME-train.csv or NAME-train.csv.gz; each of them is forecast.")
    private Optional<Path> data = Optional.empty();

    @Option(
            names = "--horizon",
            paramLabel = "STEPS",
            description =
                    "Steps ahead (default: that of M4 for Hourly, Daily, Weekly, Monthly, Quarterly and Yearly; else"
                            + " 48).")
    private Optional<Integer> horizon = Optional.empty();

    @Option(names = "--rolling", description = "Forecasts the next hour of each trace of --list, again and again.")
    private boolean rolling;

    @Option(names = "--online", description = "As --rolling, by the forecasts that the service makes as samples come.")
    private boolean online;

    @Option(
            names = "--list",
            paramLabel = "FILE",
            description = "One trace a line: NAME=FILE[:COLUMN][@mean5|@max5|@sum5], relative to the list.")
    private Optional<Path> list = Optional.empty();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            required = true,
            description = "Where the forecasts go, as CSV; compressed when it ends in .gz.")
    private Path out = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        boolean traces = rolling || online;
        if (traces == data.isPresent() || traces != list.isPresent() || (rolling && online))
            throw new SettingsException(
                    "what is to be forecast? give --data DIR, or --rolling or --online with --list FILE");
        if (traces && horizon.isPresent())
            throw new SettingsException("--horizon goes with --data; --rolling and --online look an hour ahead");
        if (horizon.filter(steps -> steps < 1 || steps > 10_000).isPresent())
            throw new SettingsException("--horizon (%d) must be in 1..10000".formatted(horizon.get()));
        if (online) OnlineBenchmark.run(list.orElseThrow(), out, this::say);
        else if (rolling) RollingBenchmark.run(list.orElseThrow(), out, this::say);
        else PathBenchmark.run(data.orElseThrow(), horizon, out, this::say);
        return 0;
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
