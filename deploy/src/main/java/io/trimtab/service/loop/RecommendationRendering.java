package io.trimtab.service.loop;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.recommend.Outcome;
import io.trimtab.recommend.Recommendation;
import io.trimtab.recommend.cycle.CycleReport;
import io.trimtab.service.evaluate.OutcomeWords;
import io.trimtab.service.evaluate.ReasonWords;
import io.trimtab.service.loop.Advice.Part;
import io.trimtab.service.loop.Advice.Past;
import io.trimtab.service.loop.Advice.What;
import io.trimtab.service.view.Change;
import io.trimtab.service.view.MoneyChange;
import io.trimtab.service.view.PreviousView;
import io.trimtab.service.view.ReasonView;
import io.trimtab.service.view.RecommendationView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Shows recommendations, with what is remembered of each. */
final class RecommendationRendering {
    private static final String STAYS = "stays";

    private final Function<String, Optional<Advice>> remembered;

    /** @param remembered what has been said under an id */
    RecommendationRendering(Function<String, Optional<Advice>> remembered) {
        this.remembered = remembered;
    }

    List<RecommendationView> of(CycleReport report, PolicyRendering policies, BasisRendering bases) {
        if (report.decision().isEmpty()) return List.of();
        List<Recommendation> decided = report.decision().get().plan().recommendations();
        List<RecommendationView> views = new ArrayList<>();
        for (int i = 0; i < decided.size(); i++) {
            Optional<Outcome> outcome =
                    i < report.outcomes().size() ? Optional.of(report.outcomes().get(i)) : Optional.empty();
            views.add(view(decided.get(i), outcome.map(OutcomeWords::of).orElse(""), policies, bases, report.at()));
        }
        views.sort(Comparator.comparing(
                        (RecommendationView view) -> view.perMonth().saving())
                .reversed()
                .thenComparing(RecommendationView::id));
        return List.copyOf(views);
    }

    private RecommendationView view(
            Recommendation said, String outcome, PolicyRendering policies, BasisRendering bases, Instant now) {
        return switch (said) {
            case Recommendation.Resize resize ->
                view(
                        resize,
                        MoneyChange.of(
                                resize.impact().monthlyBefore(), resize.impact().monthlyAfter()),
                        outcome,
                        Patches.resize(resize),
                        policies,
                        bases,
                        now);
            case Recommendation.Retune retune ->
                view(
                        retune,
                        MoneyChange.of(
                                retune.impact().monthlyBefore(), retune.impact().monthlyAfter()),
                        outcome,
                        Patches.retune(retune),
                        policies,
                        bases,
                        now);
            case Recommendation.Scale scale ->
                view(
                        scale,
                        MoneyChange.of(
                                scale.impact().monthlyBefore(), scale.impact().monthlyAfter()),
                        outcome,
                        Patches.scale(scale),
                        policies,
                        bases,
                        now);
            case Recommendation.Hold hold -> view(hold, Rendering.unchanged(), "", "", policies, bases, now);
        };
    }

    private RecommendationView view(
            Recommendation said,
            MoneyChange money,
            String outcome,
            String patch,
            PolicyRendering policies,
            BasisRendering bases,
            Instant now) {
        String id = Rendering.id(said);
        List<ReasonView> reasons = ReasonWords.of(said.reasons());
        List<Part> parts = Advice.parts(said);
        Optional<Advice> advice = remembered.apply(id);
        return new RecommendationView(
                id,
                said.workload().namespace(),
                said.workload().kind(),
                said.workload().name(),
                said.getClass().getSimpleName(),
                Rendering.subject(said),
                changes(parts),
                money,
                reasons,
                advice.map(Advice::since).orElse(now),
                outcome,
                patch,
                policies.policyOf(said.workload()),
                advice.flatMap(Advice::before)
                        .map(past -> previous(past, parts, reasons.getFirst()))
                        .orElse(null),
                bases.of(said, policies.riskOf(said.workload())).orElse(null));
    }

    private static PreviousView previous(Past past, List<Part> now, ReasonView reason) {
        return new PreviousView(
                past.kind(),
                changes(past.parts()),
                past.reason(),
                past.since(),
                past.until(),
                changed(past.parts(), now),
                !past.reason().code().equals(reason.code()));
    }

    /** From what was to be to what is to be. */
    private static List<Change> changed(List<Part> before, List<Part> now) {
        Map<String, String> was = wanted(before);
        Map<String, String> is = wanted(now);
        List<Change> changed = new ArrayList<>();
        Stream.concat(is.keySet().stream(), was.keySet().stream()).distinct().forEach(what -> {
            String from = was.getOrDefault(what, STAYS);
            String to = is.getOrDefault(what, STAYS);
            if (!from.equals(to)) changed.add(new Change(what, from, to));
        });
        return changed;
    }

    private static Map<String, String> wanted(List<Part> parts) {
        Map<String, String> wanted = new LinkedHashMap<>();
        parts.forEach(part -> wanted.put(part.words(), words(part.what(), part.to())));
        return wanted;
    }

    private static List<Change> changes(List<Part> parts) {
        return parts.stream()
                .map(part -> new Change(part.words(), words(part.what(), part.from()), words(part.what(), part.to())))
                .toList();
    }

    private static String words(What what, Optional<Long> amount) {
        return switch (what) {
            case CPU_REQUEST, CPU_LIMIT -> Amounts.cpu(amount.map(MilliCores::new));
            case MEMORY_REQUEST, MEMORY_LIMIT -> Amounts.memory(amount.map(Bytes::new));
            case TARGET -> amount.orElseThrow() + "%";
            case MINIMUM, REPLICAS -> amount.map(String::valueOf).orElseThrow();
        };
    }
}
