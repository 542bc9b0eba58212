package io.trimtab.service.zero;

import io.trimtab.ingest.model.HorizontalAutoscaler;
import io.trimtab.ingest.model.TriggeredScaling;
import io.trimtab.ingest.model.TriggeredScaling.Owner;
import io.trimtab.ingest.model.WorkloadId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whose each workload is: one owner at a time. Pure. */
final class Claims {
    private Claims() {}

    /** Whether an object may scale its workload. */
    sealed interface Verdict {
        /** It may. */
        record Ours() implements Verdict {}

        /** KEDA's operator runs in this cluster and scales it. */
        record OfKeda(String operator) implements Verdict {}

        /** Other objects name the same workload, so none of them may. */
        record Contested(List<Owner> others) implements Verdict {}

        /** A HorizontalPodAutoscaler that is not ours sets the same count. */
        record Autoscaled(String autoscaler) implements Verdict {}
    }

    /**
     * @param kedaOperator the Deployment that runs KEDA's operator; empty where it does not run
     * @return a verdict for each object
     */
    static Map<TriggeredScaling.Id, Verdict> judge(
            List<TriggeredScaling> objects, List<HorizontalAutoscaler> autoscalers, Optional<String> kedaOperator) {
        Map<WorkloadId, List<Owner>> byTarget = objects.stream()
                .collect(Collectors.groupingBy(
                        TriggeredScaling::target, Collectors.mapping(TriggeredScaling::owner, Collectors.toList())));
        Map<WorkloadId, String> autoscaled = new HashMap<>();
        autoscalers.forEach(autoscaler -> autoscaled.putIfAbsent(autoscaler.target(), autoscaler.name()));
        Map<TriggeredScaling.Id, Verdict> verdicts = new HashMap<>();
        for (TriggeredScaling object : objects) {
            List<Owner> others = byTarget.getOrDefault(object.target(), List.of()).stream()
                    .filter(other -> !other.equals(object.owner()))
                    .sorted(Comparator.comparing(Owner::toString))
                    .toList();
            verdicts.put(object.id(), judge(object, others, autoscaled, kedaOperator));
        }
        return verdicts;
    }

    private static Verdict judge(
            TriggeredScaling object,
            List<Owner> others,
            Map<WorkloadId, String> autoscaled,
            Optional<String> kedaOperator) {
        boolean scaledObject = object.owner().kind().equals(TriggeredScaling.SCALED_OBJECT);
        if (scaledObject && kedaOperator.isPresent()) return new Verdict.OfKeda(kedaOperator.get());
        if (!others.isEmpty()) return new Verdict.Contested(others);
        String autoscaler = autoscaled.get(object.target());
        return autoscaler == null ? new Verdict.Ours() : new Verdict.Autoscaled(autoscaler);
    }

    /** What keeps the object from being acted on, and what to do about it; empty where it is ours. */
    static Optional<Standing.Trouble> trouble(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Ours() -> Optional.empty();
            case Verdict.OfKeda(String operator) ->
                trouble(
                        "ScaledByKeda",
                        "KEDA (%s) runs in this cluster and scales it, since two owners would undo each other; scale KEDA's operator to 0 to hand over"
                                .formatted(operator));
            case Verdict.Contested(List<Owner> others) ->
                trouble(
                        "Contested",
                        "%s scale the same workload, so none is followed; delete all but one"
                                .formatted(others.stream().map(Owner::toString).collect(Collectors.joining(", "))));
            case Verdict.Autoscaled(String autoscaler) ->
                trouble(
                        "Autoscaled",
                        "HorizontalPodAutoscaler %s sets the same replica count; delete one of the two"
                                .formatted(autoscaler));
        };
    }

    private static Optional<Standing.Trouble> trouble(String reason, String message) {
        return Optional.of(new Standing.Trouble(reason, message));
    }
}
