package io.trimtab.service.zero;

import io.trimtab.actuate.kubernetes.StatusCondition;
import io.trimtab.recommend.zero.ZeroDecision;
import io.trimtab.recommend.zero.ZeroDecision.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What an object's status says, in KEDA's condition types and reasons where it has them. Pure. */
final class Conditions {
    private Conditions() {}

    static List<StatusCondition> of(Standing standing) {
        List<StatusCondition> conditions = new ArrayList<>();
        conditions.add(ready(standing));
        standing.decided().map(ScaledTarget.Decided::decision).ifPresent(decision -> {
            conditions.add(active(decision));
            boolean fallback = decision.action() == Action.FALLBACK;
            conditions.add(StatusCondition.of(
                    "Fallback",
                    fallback,
                    fallback ? "FallbackExists" : "NoFallbackFound",
                    fallback ? "a trigger cannot be read: the fall-back decides" : "no fall-back is in force"));
            boolean paused = decision.action() == Action.PAUSED;
            conditions.add(StatusCondition.of(
                    "Paused",
                    paused,
                    paused ? "ScaledObjectPaused" : "ScaledObjectUnpaused",
                    paused ? "an annotation pauses it" : "nothing pauses it"));
        });
        return conditions;
    }

    /** Of an object that makes no sense. */
    static StatusCondition invalid(String why) {
        return StatusCondition.of("Ready", false, "Invalid", why);
    }

    private static StatusCondition ready(Standing standing) {
        if (standing.trouble().isPresent()) {
            Standing.Trouble trouble = standing.trouble().get();
            return StatusCondition.of("Ready", false, trouble.reason(), trouble.message());
        }
        if (!standing.sources().isEmpty()) {
            String which = standing.sources().stream()
                    .map(source -> source.trigger() + ": " + source.message())
                    .collect(Collectors.joining("; "));
            return StatusCondition.of("Ready", false, "TriggerError", which + "; the count does not fall meanwhile");
        }
        List<String> words = new ArrayList<>();
        words.add(standing.refusal()
                .map("Trimtab decides and writes nothing: "::concat)
                .orElse("Trimtab scales it"));
        if (!standing.notSupported().isEmpty())
            words.add("not supported and without effect: " + String.join("; ", standing.notSupported()));
        String reason = standing.notSupported().isEmpty() ? "ScaledObjectReady" : "PartlySupported";
        return StatusCondition.of("Ready", true, reason, String.join("; ", words));
    }

    private static StatusCondition active(ZeroDecision decision) {
        return StatusCondition.of(
                "Active",
                decision.active(),
                decision.active() ? "ScalerActive" : "ScalerNotActive",
                decision.active() ? "a trigger is active" : "no trigger is active");
    }
}
