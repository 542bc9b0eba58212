package io.trimtab.service.cli;

import io.trimtab.service.backtest.ConsolidationBenchmark;
import io.trimtab.service.backtest.ConsolidationBenchmark.Size;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "consolidate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Consolidates seeded fragmented clusters, with and without shapes that may be added, beside single moves"
                    + " repeated without end and what",
            "Karpenter and the Cluster Autoscaler would do; then a simulated week of services with daily waves, a plan"
                    + " each hour, beside never and beside",
            "packing everything anew each hour. Checks every plan."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:a plan is not valid", "2:a wrong call"},
        footer = {"", "Example:", "  trimtab bench consolidate --seeds 3"})
final class BenchConsolidateCommand implements Callable<Integer> {
    @Option(names = "--seeds", defaultValue = "3", description = "From 1 to this (default: ${DEFAULT-VALUE}).")
    private int seeds;

    @Option(names = "--nodes", defaultValue = "1000", description = "Of a cluster (default: ${DEFAULT-VALUE}).")
    private int nodes;

    @Option(names = "--pods", defaultValue = "30", description = "For each node (default: ${DEFAULT-VALUE}).")
    private int pods;

    @Option(names = "--services", defaultValue = "300", description = "Of the week (default: ${DEFAULT-VALUE}).")
    private int services;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        return ConsolidationBenchmark.run(new Size(seeds, nodes, pods, services), this::say) ? 0 : 1;
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
