package io.trimtab.service.cli;

import picocli.CommandLine.Command;

@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            BenchForecastCommand.class,
            BenchPodsCommand.class,
            BenchReplicasCommand.class,
            BenchPackCommand.class,
            BenchConsolidateCommand.class,
            BenchHeadroomCommand.class
        },
        description = "Measures on your own data. In a checkout, bin/trimtab bench runs the JMH benchmarks.")
final class BenchCommand {}
