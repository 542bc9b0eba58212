package io.trimtab.actuate.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.trimtab.ingest.model.RetunedTargets;
import io.trimtab.recommend.Recommendation.Retune;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The merge patches that move targets and the minimum of one HorizontalPodAutoscaler and note on it from what; they touch nothing else. */
final class TargetPatch {
    static final ResourceDefinitionContext KIND =
            Kinds.context("autoscaling", "v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers");

    private TargetPatch() {}

    /** Why they cannot be moved: one is gone, or is neither what was seen nor what it is to be. */
    static Optional<String> refusal(GenericKubernetesResource autoscaler, Retune retune) {
        for (Retune.Target target : retune.targets()) {
            Optional<Integer> now = percent(autoscaler, target);
            if (now.isEmpty()) return Optional.of("it has no such target any more");
            if (now.get() != target.from() && now.get() != target.to())
                return Optional.of("its target is %d %% by now, not %d %%; the next cycle decides again"
                        .formatted(now.get(), target.from()));
        }
        int minimum = minimum(autoscaler);
        return retune.minimum()
                .filter(wanted -> minimum != wanted.from() && minimum != wanted.to())
                .map(wanted -> "its minReplicas is %d by now, not %d; the next cycle decides again"
                        .formatted(minimum, wanted.from()));
    }

    /** Lowers what targets are to be lower, raises a minimum that is to be higher, and notes for every target what it stood for: a pod that is resized after it finds no target too high for it. */
    static Optional<Map<String, Object>> begin(GenericKubernetesResource autoscaler, Retune retune) {
        return of(autoscaler, retune, target -> first(autoscaler, target), least -> first(autoscaler, least), false);
    }

    private static int first(GenericKubernetesResource autoscaler, Retune.Minimum minimum) {
        return minimum(autoscaler) == minimum.to() ? minimum.to() : Math.max(minimum.from(), minimum.to());
    }

    private static int minimum(GenericKubernetesResource autoscaler) {
        return autoscaler.get("spec", "minReplicas") instanceof Number replicas ? replicas.intValue() : 1;
    }

    /** What is there already is not taken back. */
    private static int first(GenericKubernetesResource autoscaler, Retune.Target target) {
        boolean there =
                percent(autoscaler, target).filter(now -> now == target.to()).isPresent();
        return there ? target.to() : Math.min(target.from(), target.to());
    }

    private static Optional<Integer> percent(GenericKubernetesResource autoscaler, Retune.Target target) {
        return metrics(autoscaler).stream()
                .flatMap(metric -> utilization(metric, target).stream())
                .map(utilization -> utilization.get("averageUtilization"))
                .flatMap(percent -> percent instanceof Number number ? Stream.of(number.intValue()) : Stream.empty())
                .findFirst();
    }

    /** Does the rest; what stands where it came from needs no note. */
    static Optional<Map<String, Object>> end(GenericKubernetesResource autoscaler, Retune retune) {
        return of(autoscaler, retune, Retune.Target::to, Retune.Minimum::to, true);
    }

    /** As it was seen, where nothing came of it. */
    static Optional<Map<String, Object>> undo(GenericKubernetesResource autoscaler, Retune retune) {
        return of(autoscaler, retune, Retune.Target::from, Retune.Minimum::from, true);
    }

    /** @return the patch, bound to the version; empty when nothing of it is to change */
    private static Optional<Map<String, Object>> of(
            GenericKubernetesResource autoscaler,
            Retune retune,
            ToIntFunction<Retune.Target> percent,
            ToIntFunction<Retune.Minimum> least,
            boolean forgets) {
        Map<String, String> annotations =
                Optional.ofNullable(autoscaler.getMetadata().getAnnotations()).orElse(Map.of());
        String noted = annotations.getOrDefault(RetunedTargets.ANNOTATION, "");
        RetunedTargets notes = RetunedTargets.parse(noted);
        List<Map<String, Object>> metrics = new ArrayList<>(metrics(autoscaler));
        Map<String, Object> spec = new HashMap<>();
        if (retune.minimum().isPresent()) {
            Retune.Minimum wanted = retune.minimum().get();
            int replicas = least.applyAsInt(wanted);
            notes = forgets && !wanted.holds() && replicas == wanted.own()
                    ? notes.withoutMinimum()
                    : notes.with(new RetunedTargets.Minimum(wanted.own(), replicas));
            spec.put("minReplicas", replicas);
        }
        for (Retune.Target target : retune.targets()) {
            int wanted = percent.applyAsInt(target);
            // While a minimum stands in for it, a target is not all that its owner set.
            notes = forgets
                            && wanted == target.origin().percent()
                            && notes.minimum().isEmpty()
                    ? notes.without(target.resource(), target.container())
                    : notes.with(
                            new RetunedTargets.Entry(target.resource(), target.container(), target.origin(), wanted));
            metrics.replaceAll(metric -> utilization(metric, target).isPresent() ? with(metric, wanted) : metric);
        }
        String toNote = notes.toString();
        boolean sameMinimum = !spec.containsKey("minReplicas") || spec.containsValue(minimum(autoscaler));
        if (metrics.equals(metrics(autoscaler)) && toNote.equals(noted) && sameMinimum) return Optional.empty();
        spec.put("metrics", metrics);
        Map<String, @Nullable Object> annotation = new HashMap<>();
        annotation.put(RetunedTargets.ANNOTATION, toNote.isEmpty() ? null : toNote);
        return Optional.of(Map.of(
                "metadata",
                Map.of(
                        "uid",
                        autoscaler.getMetadata().getUid(),
                        "resourceVersion",
                        autoscaler.getMetadata().getResourceVersion(),
                        "annotations",
                        annotation),
                "spec",
                spec));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> metrics(GenericKubernetesResource autoscaler) {
        return autoscaler.get("spec", "metrics") instanceof List<?> metrics
                ? (List<Map<String, Object>>) metrics
                : List.of();
    }

    /** The part of a metric that holds the target, where it is this one. */
    @SuppressWarnings("unchecked")
    private static Optional<Map<String, Object>> utilization(Map<String, Object> metric, Retune.Target target) {
        if (!(metric.get(part(target)) instanceof Map<?, ?> source)) return Optional.empty();
        boolean same = RetunedTargets.word(target.resource()).equals(source.get("name"))
                && target.container()
                        .map(name -> name.equals(source.get("container")))
                        .orElse(true);
        return same && source.get("target") instanceof Map<?, ?> held && held.containsKey("averageUtilization")
                ? Optional.of((Map<String, Object>) held)
                : Optional.empty();
    }

    private static String part(Retune.Target target) {
        return target.container().isPresent() ? "containerResource" : "resource";
    }

    /** A copy, with another percentage in the only part that has one. */
    private static Map<String, Object> with(Map<String, Object> metric, int percent) {
        Map<String, Object> copy = new HashMap<>(metric);
        copy.replaceAll((key, value) -> key.equals("averageUtilization")
                ? percent
                : value instanceof Map<?, ?> inner ? with(cast(inner), percent) : value);
        return copy;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> cast(Map<?, ?> object) {
        return (Map<String, Object>) object;
    }
}
