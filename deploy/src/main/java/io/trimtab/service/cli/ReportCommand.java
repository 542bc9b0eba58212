package io.trimtab.service.cli;

import io.trimtab.ingest.model.Mode;
import io.trimtab.recommend.cycle.CycleReport;
import io.trimtab.service.config.Environment;
import io.trimtab.service.config.Settings;
import io.trimtab.service.config.SettingsException;
import io.trimtab.service.loop.OneRound;
import io.trimtab.service.report.ReportFormat;
import io.trimtab.service.report.ReportFormat.Report;
import io.trimtab.service.view.RecommendationView;
import io.trimtab.service.view.Views;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Reads a cluster once, prints what should change and what it costs, and changes nothing.",
            "Without --kubeconfig and --prometheus it reports on the simulated cluster."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:reported",
            "1:a source did not answer; the message says which and what to do",
            "2:a wrong call"
        },
        footer = {
            "",
            "Example:",
            "  trimtab report --prometheus http://127.0.0.1:9090 --kubeconfig ~/.kube/config --namespace shop"
        })
final class ReportCommand implements Callable<Integer> {
    private static final int SOURCE_FAILED = 1;

    @Mixin
    private SourceOptions source = new SourceOptions();

    @Option(names = "--namespace", paramLabel = "NAME", description = "Only the recommendations of this namespace.")
    private Optional<String> namespace = Optional.empty();

    @Option(
            names = "--window",
            paramLabel = "DURATION",
            defaultValue = "${env:TRIMTAB_HISTORY:-8d}",
            description = "How much history is read (default: ${DEFAULT-VALUE}).")
    private String window = "8d";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table, json, csv or html (default: ${DEFAULT-VALUE}).")
    private ReportFormat format = ReportFormat.TABLE;

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
        spec.commandLine().getOut().print(format.write(report(round.views())));
        spec.commandLine().getOut().flush();
        return cycle.usage().failure().isPresent() ? SOURCE_FAILED : 0;
    }

    private Report report(Views views) {
        List<RecommendationView> wanted = views.recommendations().stream()
                .filter(view -> namespace.map(view.namespace()::equals).orElse(true))
                .toList();
        if (namespace.isPresent() && wanted.isEmpty()) {
            throw new SettingsException("--namespace (%s) has no workload in this cluster".formatted(namespace.get()));
        }
        List<RecommendationView> changes =
                wanted.stream().filter(view -> !view.kind().equals("Hold")).toList();
        return new Report(views.overview(), changes, wanted.size() - changes.size(), views.nodes(), views.costs());
    }

    private void say(String message) {
        spec.commandLine().getErr().println("trimtab: " + message);
        spec.commandLine().getErr().flush();
    }
}
