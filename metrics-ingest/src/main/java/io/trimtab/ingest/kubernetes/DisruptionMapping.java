package io.trimtab.ingest.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.trimtab.ingest.model.NodeClaim;
import io.trimtab.ingest.model.NodeDisruption;
import io.trimtab.ingest.model.NodeDisruption.Budget;
import io.trimtab.ingest.model.NodeDisruption.Consolidation;
import io.trimtab.ingest.model.Spans;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How Karpenter's nodes may go, with what the API server fills in where a field is left out. What is not understood lets fewer nodes go, never more.
 *
 * @see "Karpenter documentation, Disruption: Consolidation, Expiration, NodePool Disruption Budgets"
 */
final class DisruptionMapping {
    private DisruptionMapping() {}

    static NodeDisruption disruption(GenericKubernetesResource pool) {
        return new NodeDisruption(
                consolidation(pool.get("spec", "disruption", "consolidationPolicy")),
                after(pool.get("spec", "disruption", "consolidateAfter")),
                pool.get("spec", "disruption", "budgets") instanceof List<?> budgets
                        ? budgets.stream().map(DisruptionMapping::budget).toList()
                        : NodeDisruption.USUAL.budgets());
    }

    private static Consolidation consolidation(@Nullable Object policy) {
        if (policy == null) return NodeDisruption.USUAL.consolidation();
        return switch (policy.toString()) {
            case "WhenEmptyOrUnderutilized" -> Consolidation.WHEN_EMPTY_OR_UNDERUTILIZED;
            case "Balanced" -> Consolidation.BALANCED;
            default -> Consolidation.WHEN_EMPTY;
        };
    }

    /** {@code Never}, and what is no duration, is none. */
    private static Optional<Duration> after(@Nullable Object text) {
        return text == null ? NodeDisruption.USUAL.after() : Spans.parse(text.toString());
    }

    private static Budget budget(Object value) {
        if (!(value instanceof Map<?, ?> budget))
            return new Budget(String.valueOf(value), Set.of(), Optional.empty(), Optional.empty());
        Set<String> reasons = new HashSet<>();
        if (budget.get("reasons") instanceof List<?> stated)
            stated.forEach(reason -> reasons.add(String.valueOf(reason)));
        Object nodes = budget.get("nodes");
        return new Budget(
                nodes == null ? NodeDisruption.USUAL_NODES : nodes.toString(),
                reasons,
                text(budget.get("schedule")),
                text(budget.get("duration")).flatMap(Spans::parse));
    }

    private static Optional<String> text(@Nullable Object value) {
        return Optional.ofNullable(value).map(Object::toString);
    }

    static NodeClaim.Life life(GenericKubernetesResource claim) {
        ObjectMeta metadata = claim.getMetadata();
        Instant created = PodMapping.instant(metadata.getCreationTimestamp()).orElse(Instant.EPOCH);
        return new NodeClaim.Life(
                created,
                moment(claim.get("status", "lastPodEventTime")).or(() -> initializedAt(claim)),
                text(claim.get("spec", "expireAfter")).flatMap(Spans::parse).map(created::plus));
    }

    private static Optional<Instant> initializedAt(GenericKubernetesResource claim) {
        if (!(claim.get("status", "conditions") instanceof List<?> conditions)) return Optional.empty();
        return conditions.stream()
                .filter(condition -> condition instanceof Map<?, ?> it
                        && "Initialized".equals(it.get("type"))
                        && "True".equals(it.get("status")))
                .flatMap(condition -> moment(((Map<?, ?>) condition).get("lastTransitionTime")).stream())
                .findFirst();
    }

    private static Optional<Instant> moment(@Nullable Object text) {
        return PodMapping.instant(text == null ? null : text.toString());
    }
}
