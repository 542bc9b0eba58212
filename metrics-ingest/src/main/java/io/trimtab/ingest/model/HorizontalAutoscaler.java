package io.trimtab.ingest.model;

import java.util.List;
import java.util.Optional;

/**
 * What we honour of a HorizontalPodAutoscaler.
 *
 * @param targets in percent of requests, in the order of its metrics
 * @param keeper who would write back what somebody else changes of it, such as {@code ScaledObject web (KEDA)}; empty where nobody is known to
 */
public record HorizontalAutoscaler(
        String namespace,
        String name,
        WorkloadId target,
        int minReplicas,
        int maxReplicas,
        List<UtilizationTarget> targets,
        Optional<String> keeper) {
    public HorizontalAutoscaler {
        targets = List.copyOf(targets);
        if (minReplicas < 0 || maxReplicas < Math.max(1, minReplicas)) {
            throw new IllegalArgumentException("replica bounds (%d..%d) of %s/%s are out of order"
                    .formatted(minReplicas, maxReplicas, namespace, name));
        }
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

    /** The target of its CPU Resource metric, in percent of the request; empty when it has none. */
    public Optional<Integer> cpuUtilizationPercent() {
        return targets.stream()
                .filter(target ->
                        target.resource() == Resource.CPU && target.container().isEmpty())
                .map(UtilizationTarget::percent)
                .findFirst();
    }
}
