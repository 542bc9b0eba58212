package io.trimtab.service.zero;

import io.trimtab.ingest.model.TriggerSpec;
import io.trimtab.ingest.model.TriggeredScaling;
import io.trimtab.ingest.model.TriggeredScaling.Owner;
import io.trimtab.recommend.zero.TriggerReading;
import io.trimtab.recommend.zero.ZeroDecision;
import io.trimtab.service.evaluate.ReasonWords;
import io.trimtab.service.view.ReasonView;
import io.trimtab.service.view.ZeroView;
import io.trimtab.service.view.ZeroView.TriggerView;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Shows how an object stands. */
final class ZeroRendering {
    private ZeroRendering() {}

    static ZeroView of(Standing standing) {
        TriggeredScaling object = standing.object();
        Optional<ZeroDecision> decision = standing.decided().map(ScaledTarget.Decided::decision);
        return new ZeroView(
                object.owner().namespace(),
                object.owner().kind() + "/" + object.owner().name(),
                object.target().kind() + "/" + object.target().name(),
                state(standing),
                standing.replicas().orElse(null),
                standing.decided().map(decided -> decided.steady().replicas()).orElse(null),
                object.minReplicas(),
                object.maxReplicas(),
                decision.map(it -> it.action().name().toLowerCase(Locale.ROOT)).orElse(""),
                standing.lastActive().orElse(null),
                decision.flatMap(ZeroDecision::until).orElse(null),
                triggers(standing),
                standing.decided()
                        .map(decided -> ReasonWords.of(decided.steady().reasons()))
                        .orElse(List.<ReasonView>of()),
                standing.trouble().map(Standing.Trouble::message).orElse(""),
                standing.refusal().orElse(""),
                standing.notSupported(),
                standing.outcome().orElse(""));
    }

    static ZeroView unreadable(Owner owner, String why) {
        return new ZeroView(
                owner.namespace(),
                owner.kind() + "/" + owner.name(),
                "",
                "held",
                null,
                null,
                0,
                0,
                "",
                null,
                null,
                List.of(),
                List.of(),
                why,
                "",
                List.of(),
                "");
    }

    private static String state(Standing standing) {
        if (standing.trouble().isPresent()) return "held";
        if (standing.decided().isEmpty() || standing.replicas().isEmpty()) return "unknown";
        return standing.replicas().get() == 0 ? "asleep" : "awake";
    }

    private static List<TriggerView> triggers(Standing standing) {
        List<TriggerSpec> specs = standing.object().triggers();
        List<TriggerView> views = new ArrayList<>();
        for (int i = 0; i < specs.size(); i++) {
            String name = Binder.name(specs.get(i), i);
            Optional<TriggerReading> reading = standing.decided().stream()
                    .flatMap(decided -> decided.readings().stream())
                    .filter(it -> it.name().equals(name))
                    .findFirst();
            Optional<Standing.SourceTrouble> trouble = standing.sources().stream()
                    .filter(source -> source.trigger().equals(name))
                    .findFirst();
            views.add(new TriggerView(
                    name,
                    specs.get(i).type(),
                    reading.flatMap(TriggerReading::value)
                            .map(ZeroRendering::plain)
                            .orElse(""),
                    reading.map(it -> plain(it.target().threshold())).orElse(""),
                    trouble.map(Standing.SourceTrouble::failed).orElse(0),
                    trouble.map(Standing.SourceTrouble::message).orElse("")));
        }
        return views;
    }

    private static String plain(BigDecimal amount) {
        return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
    }
}
