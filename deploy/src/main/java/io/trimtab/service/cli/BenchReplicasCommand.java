package io.trimtab.service.cli;

import io.trimtab.service.backtest.ReplicasBenchmark;
import io.trimtab.service.config.SettingsException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "replicas",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Scales replicas over traces of demand in a closed loop, one decision a minute, by the stock HPA's rules"
                    + " and with",
            "a forecast beside them; pods serve 90 s after they were asked for. Prints the minutes in which they were"
                    + " short",
            "of the target, and of what pods at a target of 70 % can carry, and what it cost in pod-hours.",
            "No decision sees anything after its minute."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "2:a wrong call, or a file that cannot be read"},
        footer = {"", "Example:", "  trimtab bench replicas --list traces.txt --days 5"})
final class BenchReplicasCommand implements Callable<Integer> {
    @Option(
            names = "--list",
            paramLabel = "FILE",
            required = true,
            description = "One trace a line: NAME=FILE[:COLUMN][@mean5|@max5|@sum5], relative to the list.")
    private Path list = Path.of("");

    @Option(
            names = "--pods",
            defaultValue = "30",
            description = "That the 95th percentile of demand needs (default: ${DEFAULT-VALUE}).")
    private int pods = 30;

    @Option(
            names = "--days",
            defaultValue = "5",
            description = "Judged at most, from the middle of a trace on (default: ${DEFAULT-VALUE}).")
    private int days = 5;

    @Option(
            names = "--known",
            paramLabel = "DAYS",
            defaultValue = "7",
            description = "Of the past that each decision is given at most (default: ${DEFAULT-VALUE}).")
    private int known = 7;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (pods < 1 || pods > 100_000) throw new SettingsException("--pods (%d) must be in 1..100000".formatted(pods));
        if (days < 1 || days > 366) throw new SettingsException("--days (%d) must be in 1..366".formatted(days));
        if (known < 1 || known > 28) throw new SettingsException("--known (%d) must be in 1..28".formatted(known));
        ReplicasBenchmark.run(list, pods, days, known, this::say);
        return 0;
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
