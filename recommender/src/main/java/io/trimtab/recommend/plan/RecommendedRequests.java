package io.trimtab.recommend.plan;

import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.Recommendation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A cluster in which the recommended requests are in force. */
public final class RecommendedRequests {
    private RecommendedRequests() {}

    /** With as many pods as there are. */
    public static ClusterSnapshot in(ClusterSnapshot snapshot, List<Recommendation> decided) {
        Map<WorkloadId, Map<String, Requirements>> resized = resizes(decided);
        List<Pod> pods = snapshot.pods().stream()
                .map(pod -> resized(
                        pod,
                        pod.owner()
                                .map(id -> resized.getOrDefault(id, Map.of()))
                                .orElse(Map.of())))
                .toList();
        return new ClusterSnapshot(
                snapshot.at(),
                snapshot.workloads(),
                pods,
                snapshot.nodes(),
                snapshot.autoscalers(),
                snapshot.namespaces(),
                snapshot.policies(),
                snapshot.supply(),
                snapshot.limits(),
                snapshot.limitsKnown());
    }

    private static Pod resized(Pod pod, Map<String, Requirements> changes) {
        if (changes.isEmpty()) return pod;
        List<ContainerSpec> containers = pod.containers().stream()
                .map(it -> new ContainerSpec(
                        it.name(),
                        it.image(),
                        changes.getOrDefault(it.name(), it.requirements()),
                        it.runtime(),
                        it.restartsFor()))
                .toList();
        return new Pod(
                pod.id(),
                pod.owner(),
                pod.node(),
                pod.phase(),
                containers,
                pod.labels(),
                pod.annotations(),
                pod.createdAt(),
                pod.startedAt(),
                pod.readyAt(),
                pod.deletedAt(),
                pod.scheduling());
    }

    private static Map<WorkloadId, Map<String, Requirements>> resizes(List<Recommendation> decided) {
        Map<WorkloadId, Map<String, Requirements>> resized = new HashMap<>();
        for (Recommendation recommendation : decided) {
            switch (recommendation) {
                case Recommendation.Resize resize -> put(resized, resize);
                case Recommendation.Retune retune -> retune.resizes().forEach(resize -> put(resized, resize));
                case Recommendation.Scale scale -> {}
                case Recommendation.Hold hold -> {}
            }
        }
        return resized;
    }

    private static void put(Map<WorkloadId, Map<String, Requirements>> resized, Recommendation.Resize resize) {
        resized.computeIfAbsent(resize.workload(), key -> new HashMap<>()).put(resize.container(), resize.to());
    }
}
