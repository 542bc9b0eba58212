package io.trimtab.recommend.plan;

import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Resources;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.PodReason;
import io.trimtab.recommend.Recommendation;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is requested after the recommendations, of workloads, by container.
 *
 * @param resized those that are recommended now
 * @param highest the most CPU that the steps of a day come to
 */
public record RecommendedRequests(
        Map<WorkloadId, Map<String, Requirements>> resized, Map<WorkloadId, Map<String, MilliCores>> highest) {
    /** The cluster with the requests that are recommended, and as many pods as there are. */
    public static ClusterSnapshot in(ClusterSnapshot snapshot, List<Recommendation> decided) {
        RecommendedRequests requests = of(decided);
        return new ClusterSnapshot(
                snapshot.at(),
                snapshot.workloads(),
                snapshot.pods().stream()
                        .map(pod -> pod.with(requests.after(pod)))
                        .toList(),
                snapshot.nodes(),
                snapshot.autoscalers(),
                snapshot.namespaces(),
                snapshot.policies(),
                snapshot.supply(),
                snapshot.limits(),
                snapshot.limitsKnown());
    }

    static RecommendedRequests of(List<Recommendation> decided) {
        RecommendedRequests all = new RecommendedRequests(new HashMap<>(), new HashMap<>());
        for (Recommendation recommendation : decided) {
            switch (recommendation) {
                case Recommendation.Resize resize -> all.put(resize);
                case Recommendation.Retune retune -> retune.resizes().forEach(all::put);
                case Recommendation.Hold hold -> all.putHighest(hold, hold.subject());
                case Recommendation.Scale _ -> {}
            }
        }
        return all;
    }

    private void put(Recommendation.Resize resize) {
        resized.computeIfAbsent(resize.workload(), _ -> new HashMap<>()).put(resize.container(), resize.to());
        putHighest(resize, resize.container());
    }

    private void putHighest(Recommendation recommendation, String container) {
        recommendation.reasons().stream()
                .filter(PodReason.TimeOfWeek.class::isInstance)
                .flatMap(reason -> ((PodReason.TimeOfWeek) reason).steps().stream())
                .map(PodReason.Step::request)
                .max(Comparator.naturalOrder())
                .ifPresent(cpu -> highest.computeIfAbsent(recommendation.workload(), _ -> new HashMap<>())
                        .put(container, cpu));
    }

    List<ContainerSpec> after(Pod pod) {
        if (pod.owner().isEmpty()) return pod.containers();
        Map<String, Requirements> changes = resized.getOrDefault(pod.owner().get(), Map.of());
        Map<String, MilliCores> peaks = highest.getOrDefault(pod.owner().get(), Map.of());
        if (changes.isEmpty() && peaks.isEmpty()) return pod.containers();
        return pod.containers().stream()
                .map(it -> it.with(atLeast(
                        changes.getOrDefault(it.name(), it.requirements()),
                        peaks.getOrDefault(it.name(), MilliCores.ZERO))))
                .toList();
    }

    private static Requirements atLeast(Requirements requirements, MilliCores cpu) {
        Resources requested = requirements.requested();
        if (cpu.compareTo(requested.cpu()) <= 0) return requirements;
        return new Requirements(
                Optional.of(cpu),
                requirements.memoryRequest(),
                requirements.cpuLimit(),
                requirements.memoryLimit(),
                requirements.gpu());
    }
}
