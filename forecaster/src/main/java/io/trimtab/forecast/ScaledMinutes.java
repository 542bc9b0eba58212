package io.trimtab.forecast;

import io.trimtab.forecast.OutlookForecaster.Subject;
import io.trimtab.forecast.encoding.StateReader;
import io.trimtab.forecast.encoding.StateWriter;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.HorizontalAutoscaler;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.UsageSeries;
import io.trimtab.ingest.model.WorkloadId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The CPU of workloads minute by minute, of those only that an autoscaler scales on it. */
final class ScaledMinutes {
    private final Map<WorkloadId, MinuteUse> known = new HashMap<>();

    void observe(Map<Subject, List<UsageSeries>> samples, ClusterSnapshot snapshot) {
        Set<WorkloadId> scaled = snapshot.autoscalers().stream()
                .filter(autoscaler -> autoscaler.cpuUtilizationPercent().isPresent())
                .map(HorizontalAutoscaler::target)
                .collect(Collectors.toSet());
        if (snapshot.limitsKnown()) known.keySet().retainAll(scaled);
        Map<WorkloadId, Map<PodId, Pod>> pods = new HashMap<>();
        for (Pod pod : snapshot.pods())
            pod.owner()
                    .filter(scaled::contains)
                    .ifPresent(owner ->
                            pods.computeIfAbsent(owner, _ -> new HashMap<>()).put(pod.id(), pod));
        Map<WorkloadId, List<UsageSeries>> cpu = new HashMap<>();
        samples.forEach((subject, series) -> {
            if (subject.resource() == Resource.CPU && scaled.contains(subject.workload()))
                cpu.computeIfAbsent(subject.workload(), _ -> new ArrayList<>()).addAll(series);
        });
        cpu.forEach((workload, series) -> known.computeIfAbsent(workload, _ -> new MinuteUse())
                .add(series, pods.getOrDefault(workload, Map.of()), snapshot.at()));
    }

    /** What does not run uses nothing. */
    void rest(Set<WorkloadId> running, Instant now) {
        known.forEach((workload, use) -> {
            if (!running.contains(workload)) use.none(now.getEpochSecond());
        });
    }

    /** @param newest at most so many minutes */
    Optional<PastUse> past(WorkloadId workload, int newest) {
        return Optional.ofNullable(known.get(workload)).flatMap(use -> use.past(newest));
    }

    void write(StateWriter to) {
        to.number(known.size());
        known.forEach((workload, use) -> {
            to.text(workload.namespace());
            to.text(workload.kind());
            to.text(workload.name());
            use.write(to);
        });
    }

    /** @throws IllegalArgumentException if the bytes hold no such state */
    static Map<WorkloadId, MinuteUse> read(StateReader from) {
        Map<WorkloadId, MinuteUse> read = new HashMap<>();
        for (int left = from.count(); left > 0; left--)
            read.put(new WorkloadId(from.text(), from.text(), from.text()), MinuteUse.read(from));
        return read;
    }

    void goOnWith(Map<WorkloadId, MinuteUse> read) {
        known.clear();
        known.putAll(read);
    }
}
