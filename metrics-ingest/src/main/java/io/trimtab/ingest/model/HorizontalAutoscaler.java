package io.trimtab.ingest.model;

import java.util.Optional;

/**
 * What we honour of a HorizontalPodAutoscaler.
 *
 * @param cpuUtilizationPercent the target of its CPU Resource metric, in percent of the request; empty when it has none
 */
public record HorizontalAutoscaler(
        String namespace,
        String name,
        WorkloadId target,
        int minReplicas,
        int maxReplicas,
        Optional<Integer> cpuUtilizationPercent) {
    public HorizontalAutoscaler {
        if (minReplicas < 0 || maxReplicas < Math.max(1, minReplicas)) {
            throw new IllegalArgumentException("replica bounds (%d..%d) of %s/%s are out of order"
                    .formatted(minReplicas, maxReplicas, namespace, name));
        }
    }
}
