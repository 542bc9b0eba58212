package io.trimtab.ingest.kubernetes;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.NodeAffinity;
import io.fabric8.kubernetes.api.model.NodeSelector;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.trimtab.cost.units.Resources;
import io.trimtab.ingest.model.InitContainer;
import io.trimtab.ingest.model.LabelSelector;
import io.trimtab.ingest.model.LabelSelector.Requirement;
import io.trimtab.ingest.model.Scheduling;
import io.trimtab.ingest.model.Taint;
import io.trimtab.ingest.model.Toleration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What of a pod, or of a template, the scheduler heeds beside the containers. What is merely preferred is passed over. */
final class SchedulingMapping {
    private SchedulingMapping() {}

    static Scheduling scheduling(@Nullable PodSpec spec) {
        return of(spec, spec == null ? List.of() : nodeAffinity(spec));
    }

    static Scheduling withoutAffinity(@Nullable PodSpec spec) {
        return of(spec, List.of());
    }

    private static Scheduling of(@Nullable PodSpec spec, List<LabelSelector> nodeAffinity) {
        if (spec == null) return Scheduling.PLAIN;
        Resources overhead = NodeMapping.resources(ContainerMapping.orEmpty(spec.getOverhead()));
        return new Scheduling(
                PodMapping.orEmpty(spec.getNodeSelector()),
                nodeAffinity,
                spec.getTolerations().stream()
                        .flatMap(it -> toleration(it).stream())
                        .toList(),
                initContainers(spec),
                overhead,
                TiesMapping.ties(spec),
                StorageMapping.requested(spec));
    }

    private static List<LabelSelector> nodeAffinity(PodSpec spec) {
        return Optional.ofNullable(spec.getAffinity())
                .map(Affinity::getNodeAffinity)
                .map(NodeAffinity::getRequiredDuringSchedulingIgnoredDuringExecution)
                .map(NodeSelector::getNodeSelectorTerms)
                .orElse(List.of())
                .stream()
                .map(SchedulingMapping::term)
                .toList();
    }

    private static LabelSelector term(NodeSelectorTerm term) {
        return new LabelSelector(Stream.concat(term.getMatchExpressions().stream(), term.getMatchFields().stream())
                .map(SchedulingMapping::requirement)
                .toList());
    }

    private static Requirement requirement(NodeSelectorRequirement it) {
        String key = it.getKey();
        return switch (it.getOperator()) {
            case "In" -> new Requirement.In(key, Set.copyOf(it.getValues()));
            case "NotIn" -> new Requirement.NotIn(key, Set.copyOf(it.getValues()));
            case "Exists" -> new Requirement.Exists(key, true);
            case "DoesNotExist" -> new Requirement.Exists(key, false);
            case "Gt" ->
                new Requirement.Compares(
                        key, true, Long.parseLong(it.getValues().getFirst()));
            case "Lt" ->
                new Requirement.Compares(
                        key, false, Long.parseLong(it.getValues().getFirst()));
            default ->
                throw new IllegalArgumentException("the operator (%s) must be In, NotIn, Exists, DoesNotExist, Gt or Lt"
                        .formatted(it.getOperator()));
        };
    }

    /** Nothing where it only tolerates what merely discourages. */
    private static Optional<Toleration> toleration(io.fabric8.kubernetes.api.model.Toleration it) {
        Optional<Taint.Effect> effect = effect(it.getEffect());
        if (isSet(it.getEffect()) && effect.isEmpty()) return Optional.empty();
        Optional<String> key = Optional.ofNullable(it.getKey()).filter(SchedulingMapping::isSet);
        boolean anyValue = "Exists".equals(it.getOperator());
        String value = it.getValue() == null ? "" : it.getValue();
        return Optional.of(new Toleration(key, anyValue ? Optional.empty() : Optional.of(value), effect));
    }

    static Optional<Taint.Effect> effect(@Nullable String effect) {
        if ("NoSchedule".equals(effect)) return Optional.of(Taint.Effect.NO_SCHEDULE);
        return "NoExecute".equals(effect) ? Optional.of(Taint.Effect.NO_EXECUTE) : Optional.empty();
    }

    private static List<InitContainer> initContainers(PodSpec spec) {
        List<InitContainer> ending = new ArrayList<>();
        List<String> sidecars = new ArrayList<>();
        for (Container container : spec.getInitContainers()) {
            if (ContainerMapping.isSidecar(container)) sidecars.add(container.getName());
            else ending.add(new InitContainer(ContainerMapping.requirements(container), sidecars));
        }
        return ending;
    }

    private static boolean isSet(@Nullable String text) {
        return text != null && !text.isEmpty();
    }
}
