package io.trimtab.service.cli;

import io.trimtab.ingest.model.Mode;
import io.trimtab.recommend.cycle.CycleReport;
import io.trimtab.service.config.Environment;
import io.trimtab.service.config.Settings;
import io.trimtab.service.config.SettingsException;
import io.trimtab.service.explain.Explanation;
import io.trimtab.service.loop.OneRound;
import io.trimtab.service.view.RecommendationView;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Reads a cluster once and says in plain words what is recommended for a workload, why, what it rests on"
                    + " and what could go wrong. Changes nothing.",
            "Without --kubeconfig and --prometheus it speaks of the simulated cluster."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:explained",
            "1:a source did not answer; the message says which and what to do",
            "2:a wrong call, or nothing of that name"
        },
        footer = {
            "",
            "Since when it is recommended, and what was before, only a running service knows:"
                    + " GET /api/v1/recommendations/ID/explain.",
            "Example:",
            "  trimtab explain --prometheus http://127.0.0.1:9090 --kubeconfig ~/.kube/config shop/Deployment/web"
        })
final class ExplainCommand implements Callable<Integer> {
    private static final int SOURCE_FAILED = 1;

    @Mixin
    private SourceOptions source = new SourceOptions();

    @Option(
            names = "--window",
            paramLabel = "DURATION",
            defaultValue = "${env:TRIMTAB_HISTORY:-8d}",
            description = "How much history is read (default: ${DEFAULT-VALUE}).")
    private String window = "8d";

    @Parameters(
            paramLabel = "WORKLOAD",
            description = "namespace/Kind/name, or with /container or /replicas behind it for that one alone.")
    private String wanted = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Environment.check(System.getenv());
        Settings.Source from = source.namesCluster() ? source.read(window) : new Settings.Source.Demo(1, 60);
        Settings settings = new Settings(0, "127.0.0.1", Mode.RECOMMEND, Duration.ofMinutes(1), from);
        OneRound round = OneRound.run(settings, this::say);
        CycleReport cycle = round.report();
        cycle.inventory().failure().ifPresent(failure -> say("the cluster did not answer: " + failure.message()));
        cycle.usage().failure().ifPresent(failure -> say("usage is missing: " + failure.message()));
        if (cycle.decision().isEmpty()) return SOURCE_FAILED;
        spec.commandLine().getOut().print(text(round.views().recommendations()));
        spec.commandLine().getOut().flush();
        return cycle.usage().failure().isPresent() ? SOURCE_FAILED : 0;
    }

    private String text(List<RecommendationView> all) {
        List<RecommendationView> found = all.stream()
                .filter(view -> view.id().equals(wanted) || view.id().startsWith(wanted + "/"))
                .toList();
        if (found.isEmpty())
            throw new SettingsException(
                    "WORKLOAD (%s) is nothing that is recommended for; it is namespace/Kind/name".formatted(wanted));
        return found.stream()
                .map(view -> Explanation.of(view).text())
                .collect(Collectors.joining(System.lineSeparator()));
    }

    private void say(String message) {
        spec.commandLine().getErr().println("trimtab: " + message);
        spec.commandLine().getErr().flush();
    }
}
