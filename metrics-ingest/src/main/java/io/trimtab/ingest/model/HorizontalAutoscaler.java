package io.trimtab.ingest.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What we honour of a HorizontalPodAutoscaler.
 *
 * @param ownMinReplicas the minimum as its owner set it, before Trimtab raised it to hold replicas; empty where Trimtab has not, or where somebody has set it since
 * @param targets in percent of requests, in the order of its metrics
 * @param keeper who would write back what somebody else changes of it, such as {@code ScaledObject web (KEDA)}; empty where nobody is known to
 */
public record HorizontalAutoscaler(
        String namespace,
        String name,
        WorkloadId target,
        int minReplicas,
        OptionalInt ownMinReplicas,
        int maxReplicas,
        List<UtilizationTarget> targets,
        Optional<String> keeper) {
    public HorizontalAutoscaler {
        targets = List.copyOf(targets);
        if (minReplicas < 0 || maxReplicas < Math.max(1, minReplicas)) {
            throw new IllegalArgumentException("replica bounds (%d..%d) of %s/%s are out of order"
                    .formatted(minReplicas, maxReplicas, namespace, name));
        }
        int own = ownMinReplicas.orElse(minReplicas);
        if (own < 0 || own > maxReplicas)
            throw new IllegalArgumentException("minimum (%d) that the owner of %s/%s has set must be 0 to %d"
                    .formatted(own, namespace, name, maxReplicas));
    }

    /** One whose minimum is as its owner set it. */
    public HorizontalAutoscaler(
            String namespace,
            String name,
            WorkloadId target,
            int minReplicas,
            int maxReplicas,
            List<UtilizationTarget> targets,
            Optional<String> keeper) {
        this(namespace, name, target, minReplicas, OptionalInt.empty(), maxReplicas, targets, keeper);
    }

    /** One that stands on the CPU of whole pods, or on nothing that is requested, and that nobody keeps. */
    public HorizontalAutoscaler(
            String namespace,
            String name,
            WorkloadId target,
            int minReplicas,
            int maxReplicas,
            Optional<Integer> cpuUtilizationPercent) {
        this(
                namespace,
                name,
                target,
                minReplicas,
                maxReplicas,
                cpuUtilizationPercent
                        .map(percent ->
                                new UtilizationTarget(Resource.CPU, Optional.empty(), percent, Optional.empty()))
                        .stream()
                        .toList(),
                Optional.empty());
    }

    /** The lower bound that its owner wants. */
    public int ownMinimum() {
        return ownMinReplicas.orElse(minReplicas);
    }

    /** Otherwise the same. */
    public HorizontalAutoscaler withMinimum(int replicas) {
        return new HorizontalAutoscaler(
                namespace, name, target, replicas, ownMinReplicas, maxReplicas, targets, keeper);
    }

    /** The target of its CPU Resource metric, in percent of the request; empty when it has none. */
    public Optional<Integer> cpuUtilizationPercent() {
        return targets.stream()
                .filter(target ->
                        target.resource() == Resource.CPU && target.container().isEmpty())
                .map(UtilizationTarget::percent)
                .findFirst();
    }
}
