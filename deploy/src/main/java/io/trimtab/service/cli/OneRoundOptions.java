package io.trimtab.service.cli;

import io.trimtab.ingest.model.Mode;
import io.trimtab.recommend.cycle.CycleReport;
import io.trimtab.service.config.Environment;
import io.trimtab.service.config.Settings;
import io.trimtab.service.loop.OneRound;
import io.trimtab.service.view.Views;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** One look at a cluster, without a server, and what is printed of it. */
final class OneRoundOptions {
    private static final int SOURCE_FAILED = 1;

    @Mixin
    private SourceOptions source = new SourceOptions();

    @Mixin
    private PriceOptions prices = new PriceOptions();

    @Option(
            names = "--window",
            paramLabel = "DURATION",
            defaultValue = "${env:TRIMTAB_HISTORY:-8d}",
            description = "How much history is read (default: ${DEFAULT-VALUE}).")
    private String window = "8d";

    /**
     * @param command that prints
     * @return its exit code: 1 when a source did not answer
     */
    int print(CommandSpec command, Function<Views, String> words) {
        Environment.check(System.getenv());
        Settings.Source from = source.namesCluster() ? source.read(window) : new Settings.Source.Demo(1, 60);
        Settings settings = new Settings(
                0,
                "127.0.0.1",
                Mode.RECOMMEND,
                Duration.ofMinutes(1),
                from,
                Optional.empty(),
                prices.tariff(),
                Settings.Budgets.NONE);
        OneRound round = OneRound.run(settings, message -> say(command, message));
        CycleReport cycle = round.report();
        cycle.inventory()
                .failure()
                .ifPresent(failure -> say(command, "the cluster did not answer: " + failure.message()));
        cycle.usage().failure().ifPresent(failure -> say(command, "usage is missing: " + failure.message()));
        if (cycle.decision().isEmpty()) return SOURCE_FAILED;
        command.commandLine().getOut().print(words.apply(round.views()));
        command.commandLine().getOut().flush();
        return cycle.usage().failure().isPresent() ? SOURCE_FAILED : 0;
    }

    private static void say(CommandSpec command, String message) {
        command.commandLine().getErr().println("trimtab: " + message);
        command.commandLine().getErr().flush();
    }
}
