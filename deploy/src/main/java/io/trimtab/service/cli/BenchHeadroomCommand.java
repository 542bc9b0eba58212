package io.trimtab.service.cli;

import io.trimtab.service.backtest.HeadroomBenchmark;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "headroom",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "A seeded week of a pool of nodes whose pods come and go: what the nodes cost and how long pods wait for"
                    + " one, with room for what is forecast for",
            "the time that a node takes to start, and without, at the same cost."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "2:a wrong call"},
        footer = {"", "Example:", "  trimtab bench headroom --seeds 5"})
final class BenchHeadroomCommand implements Callable<Integer> {
    @Option(names = "--seeds", defaultValue = "3", description = "From 1 to this (default: ${DEFAULT-VALUE}).")
    private int seeds;

    @Option(names = "--services", defaultValue = "60", description = "On the pool (default: ${DEFAULT-VALUE}).")
    private int services;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        HeadroomBenchmark.run(seeds, services, this::say);
        return 0;
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
