package io.trimtab.service.loop;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.RetunedTargets;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.Outcome;
import io.trimtab.recommend.Recommendation;
import io.trimtab.recommend.cycle.CycleReport;
import io.trimtab.service.evaluate.OutcomeWords;
import io.trimtab.service.evaluate.ReasonWords;
import io.trimtab.service.view.Change;
import io.trimtab.service.view.MoneyChange;
import io.trimtab.service.view.RecommendationView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Shows recommendations, and remembers since when each has come out as it is. */
final class RecommendationRendering {
    private final Map<String, Since> known = new HashMap<>();

    private record Since(List<Change> changes, Instant at) {}

    /** @param policies which policy governs a workload, for people */
    List<RecommendationView> of(CycleReport report, Function<WorkloadId, String> policies) {
        if (report.decision().isEmpty()) return List.of();
        List<Recommendation> decided = report.decision().get().plan().recommendations();
        List<RecommendationView> views = new ArrayList<>();
        for (int i = 0; i < decided.size(); i++) {
            Optional<Outcome> outcome =
                    i < report.outcomes().size() ? Optional.of(report.outcomes().get(i)) : Optional.empty();
            views.add(view(
                    decided.get(i),
                    outcome.map(OutcomeWords::of).orElse(""),
                    policies.apply(decided.get(i).workload()),
                    report.at()));
        }
        known.keySet().retainAll(views.stream().map(RecommendationView::id).collect(Collectors.toSet()));
        views.sort(Comparator.comparing(
                        (RecommendationView view) -> view.perMonth().saving())
                .reversed()
                .thenComparing(RecommendationView::id));
        return List.copyOf(views);
    }

    private RecommendationView view(Recommendation recommendation, String outcome, String policy, Instant now) {
        return switch (recommendation) {
            case Recommendation.Resize resize ->
                view(
                        resize,
                        resize.container(),
                        changes(resize.from(), resize.to()),
                        Rendering.money(
                                resize.impact().monthlyBefore(), resize.impact().monthlyAfter()),
                        outcome,
                        Patches.resize(resize),
                        policy,
                        now);
            case Recommendation.Retune retune ->
                view(
                        retune,
                        retune.subject(),
                        changes(retune),
                        Rendering.money(
                                retune.impact().monthlyBefore(), retune.impact().monthlyAfter()),
                        outcome,
                        Patches.retune(retune),
                        policy,
                        now);
            case Recommendation.Scale scale ->
                view(
                        scale,
                        "replicas",
                        List.of(new Change("replicas", Integer.toString(scale.from()), Integer.toString(scale.to()))),
                        Rendering.money(
                                scale.impact().monthlyBefore(), scale.impact().monthlyAfter()),
                        outcome,
                        Patches.scale(scale),
                        policy,
                        now);
            case Recommendation.Hold hold ->
                view(hold, hold.subject(), List.of(), Rendering.unchanged(), "", "", policy, now);
        };
    }

    private RecommendationView view(
            Recommendation recommendation,
            String subject,
            List<Change> changes,
            MoneyChange money,
            String outcome,
            String patch,
            String policy,
            Instant now) {
        WorkloadId workload = recommendation.workload();
        String id = Rendering.id(recommendation, subject);
        Since since = known.get(id);
        if (since == null || !since.changes().equals(changes)) {
            since = new Since(changes, now);
            known.put(id, since);
        }
        return new RecommendationView(
                id,
                workload.namespace(),
                workload.kind(),
                workload.name(),
                recommendation.getClass().getSimpleName(),
                subject,
                changes,
                money,
                ReasonWords.of(recommendation.reasons()),
                since.at(),
                outcome,
                patch,
                policy);
    }

    /** Where several containers change, those after the first are named. */
    private static List<Change> changes(Recommendation.Retune retune) {
        List<Change> changes = new ArrayList<>();
        for (Recommendation.Resize resize : retune.resizes()) {
            boolean first = resize.container().equals(retune.subject());
            changes(resize.from(), resize.to()).stream()
                    .map(change -> first
                            ? change
                            : new Change(change.what() + " of " + resize.container(), change.from(), change.to()))
                    .forEach(changes::add);
        }
        for (Recommendation.Retune.Target target : retune.targets()) {
            if (target.from() == target.to()) continue;
            String measured = RetunedTargets.word(target.resource())
                    + target.container().map(name -> " of " + name).orElse("");
            changes.add(new Change(
                    "%s target of autoscaler %s".formatted(measured, retune.autoscaler()),
                    target.from() + "%",
                    target.to() + "%"));
        }
        return changes;
    }

    private static List<Change> changes(Requirements from, Requirements to) {
        List<Change> changes = new ArrayList<>();
        cpu(changes, "cpu request", from.cpuRequest(), to.cpuRequest());
        memory(changes, "memory request", from.memoryRequest(), to.memoryRequest());
        cpu(changes, "cpu limit", from.cpuLimit(), to.cpuLimit());
        memory(changes, "memory limit", from.memoryLimit(), to.memoryLimit());
        return changes;
    }

    private static void cpu(List<Change> changes, String what, Optional<MilliCores> from, Optional<MilliCores> to) {
        if (!from.equals(to)) changes.add(new Change(what, Amounts.cpu(from), Amounts.cpu(to)));
    }

    private static void memory(List<Change> changes, String what, Optional<Bytes> from, Optional<Bytes> to) {
        if (!from.equals(to)) changes.add(new Change(what, Amounts.memory(from), Amounts.memory(to)));
    }
}
