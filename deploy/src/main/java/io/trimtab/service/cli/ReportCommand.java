package io.trimtab.service.cli;

import io.trimtab.service.config.SettingsException;
import io.trimtab.service.report.ReportFormat;
import io.trimtab.service.report.ReportFormat.Report;
import io.trimtab.service.view.RecommendationView;
import io.trimtab.service.view.Views;
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
    @Mixin
    private OneRoundOptions round = new OneRoundOptions();

    @Option(names = "--namespace", paramLabel = "NAME", description = "Only the recommendations of this namespace.")
    private Optional<String> namespace = Optional.empty();

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
        return round.print(spec, views -> format.write(report(views)));
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
}
