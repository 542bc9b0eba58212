package io.trimtab.recommend.plan;

import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Resources;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.PodPhase;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.PodReason;
import io.trimtab.recommend.Recommendation;
import io.trimtab.recommend.nodes.NodePlanner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pods as they would be after the recommendations; where requests of CPU follow the hours, at their highest of the day, so that there is room for all of it. */
final class After {
    private After() {}

    static List<NodePlanner.Load> loads(ClusterSnapshot snapshot, List<Recommendation> decided) {
        Map<WorkloadId, Map<String, Requirements>> resized = new HashMap<>();
        Map<WorkloadId, Map<String, MilliCores>> highest = new HashMap<>();
        Map<WorkloadId, Integer> scaled = new HashMap<>();
        for (Recommendation recommendation : decided) {
            switch (recommendation) {
                case Recommendation.Resize resize -> {
                    put(resized, resize);
                    ofDay(resize).ifPresent(cpu -> put(highest, resize.workload(), resize.container(), cpu));
                }
                case Recommendation.Retune retune -> retune.resizes().forEach(resize -> put(resized, resize));
                case Recommendation.Scale scale -> scaled.put(scale.workload(), scale.to());
                case Recommendation.Hold hold ->
                    ofDay(hold).ifPresent(cpu -> put(highest, hold.workload(), hold.subject(), cpu));
            }
        }
        List<NodePlanner.Load> loads = new ArrayList<>();
        Map<WorkloadId, Integer> counted = new HashMap<>();
        Map<WorkloadId, NodePlanner.Load> example = new HashMap<>();
        for (Pod pod : snapshot.pods()) {
            boolean gone = pod.phase() == PodPhase.SUCCEEDED
                    || pod.phase() == PodPhase.FAILED
                    || pod.deletedAt().isPresent();
            if (gone) continue;
            Map<String, Requirements> changes = pod.owner()
                    .map(owner -> resized.getOrDefault(owner, Map.of()))
                    .orElse(Map.of());
            Map<String, MilliCores> peaks = pod.owner()
                    .map(owner -> highest.getOrDefault(owner, Map.of()))
                    .orElse(Map.of());
            Resources requested = pod.containers().stream()
                    .map(container -> requested(container, changes, peaks))
                    .reduce(Resources.ZERO, Resources::plus);
            var load = new NodePlanner.Load(pod.id().toString(), requested, pod.node(), pod.isDaemon());
            int place = pod.owner()
                    .map(owner -> counted.merge(owner, 1, Integer::sum))
                    .orElse(0);
            int wanted = pod.owner()
                    .map(owner -> scaled.getOrDefault(owner, Integer.MAX_VALUE))
                    .orElse(Integer.MAX_VALUE);
            pod.owner().ifPresent(owner -> example.putIfAbsent(owner, load));
            if (place <= wanted) loads.add(load);
        }
        scaled.forEach((workload, wanted) -> {
            NodePlanner.Load like = example.get(workload);
            for (int i = counted.getOrDefault(workload, 0); like != null && i < wanted; i++) {
                loads.add(new NodePlanner.Load(workload + "+" + i, like.requested(), like.node(), false));
            }
        });
        return loads;
    }

    private static void put(Map<WorkloadId, Map<String, Requirements>> resized, Recommendation.Resize resize) {
        put(resized, resize.workload(), resize.container(), resize.to());
    }

    private static <T> void put(Map<WorkloadId, Map<String, T>> all, WorkloadId workload, String container, T one) {
        all.computeIfAbsent(workload, _ -> new HashMap<>()).put(container, one);
    }

    /** The most that its steps come to. */
    private static Optional<MilliCores> ofDay(Recommendation recommendation) {
        return recommendation.reasons().stream()
                .filter(PodReason.TimeOfWeek.class::isInstance)
                .flatMap(reason -> ((PodReason.TimeOfWeek) reason).steps().stream())
                .map(PodReason.Step::request)
                .max(Comparator.naturalOrder());
    }

    private static Resources requested(
            ContainerSpec container, Map<String, Requirements> changes, Map<String, MilliCores> highest) {
        Requirements changed = changes.get(container.name());
        Resources requested = (changed == null ? container.requirements() : changed).requested();
        MilliCores cpu = highest.get(container.name());
        return cpu == null || cpu.compareTo(requested.cpu()) <= 0
                ? requested
                : new Resources(cpu, requested.memory(), requested.gpu());
    }
}
