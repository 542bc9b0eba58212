package io.trimtab.service.nodes;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.forecast.Demand;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.PodId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What pods used last, over their containers. */
final class PodUse {
    private final Map<PodId, Double> cpuCores = new HashMap<>();
    private final Map<PodId, Double> memoryBytes = new HashMap<>();

    PodUse(List<Demand> demands) {
        for (Demand demand : demands) {
            demand.cpuCoresNow().forEach((pod, cores) -> cpuCores.merge(pod, cores, Double::sum));
            demand.memoryBytesNow().forEach((pod, bytes) -> memoryBytes.merge(pod, bytes, Double::sum));
        }
    }

    /** Of those that have a sample; empty where none has one. */
    Optional<MilliCores> cpu(List<Pod> pods) {
        return sum(cpuCores, pods).map(cores -> new MilliCores(Math.round(cores * 1000)));
    }

    Optional<Bytes> memory(List<Pod> pods) {
        return sum(memoryBytes, pods).map(bytes -> new Bytes(Math.round(bytes)));
    }

    private static Optional<Double> sum(Map<PodId, Double> of, List<Pod> pods) {
        return pods.stream()
                .filter(pod -> of.containsKey(pod.id()))
                .map(pod -> of.getOrDefault(pod.id(), 0.0))
                .reduce(Double::sum);
    }
}
