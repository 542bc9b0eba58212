package io.trimtab.service.cli;

import io.trimtab.service.config.SettingsException;
import io.trimtab.service.explain.Explanation;
import io.trimtab.service.view.RecommendationView;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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
    @Mixin
    private OneRoundOptions round = new OneRoundOptions();

    @Parameters(
            paramLabel = "WORKLOAD",
            description = "namespace/Kind/name, or with /container or /replicas behind it for that one alone.")
    private String wanted = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        return round.print(spec, views -> text(views.recommendations()));
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
}
