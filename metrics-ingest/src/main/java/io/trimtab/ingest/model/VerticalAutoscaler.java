package io.trimtab.ingest.model;

import java.util.Map;

/**
 * What we keep of a VerticalPodAutoscaler. Answers: who else writes the requests of a workload, and what does the stock recommender say?
 *
 * @param updateMode such as {@code Off} or {@code Recreate}
 * @param targets what it would request, by container; empty before its first recommendation
 */
public record VerticalAutoscaler(
        String namespace, String name, WorkloadId target, String updateMode, Map<String, CpuAndMemory> targets) {
    public VerticalAutoscaler {
        targets = Map.copyOf(targets);
    }
}
