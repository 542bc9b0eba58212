package io.trimtab.recommend.feasible;

import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.PodPhase;
import io.trimtab.ingest.model.ResourceQuota;
import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.PodReason;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the quotas leave, less with each advice that takes of it. What an advice frees is not given to another before it is free. All quotas of a namespace count,
 * whatever their scopes.
 */
final class Quotas {
    private final Map<String, List<ResourceQuota>> byNamespace;
    private final Map<WorkloadId, List<PodShape>> pods = new HashMap<>();
    private final Map<ResourceQuota, Map<Entry, Long>> promised = new HashMap<>();

    Quotas(ClusterSnapshot snapshot) {
        byNamespace = snapshot.limits().quotas().stream().collect(Collectors.groupingBy(ResourceQuota::namespace));
        Set<String> namespaces = byNamespace.keySet();
        for (Pod pod : snapshot.pods()) {
            boolean counts = pod.phase() != PodPhase.SUCCEEDED && pod.phase() != PodPhase.FAILED;
            if (!counts
                    || pod.owner().isEmpty()
                    || !namespaces.contains(pod.id().namespace())) continue;
            pods.computeIfAbsent(pod.owner().get(), unseen -> new ArrayList<>()).add(PodShape.of(pod));
        }
    }

    /**
     * @param now of the template, {@code to} what it would be; with the defaults in place
     * @return the first entry, by quota, that has too little left for all of the workload's pods and those that a rollout adds for a while
     */
    Optional<PodReason> refusal(Workload workload, PodShape now, PodShape to) {
        for (ResourceQuota quota : of(workload)) {
            for (Entry entry : Entry.values()) {
                Optional<Long> hard = entry.hard(quota);
                if (hard.isEmpty()) continue;
                boolean dropped = now.containers().entrySet().stream()
                        .anyMatch(it -> entry.of(it.getValue()).isPresent()
                                && entry.of(to.containers().getOrDefault(it.getKey(), it.getValue()))
                                        .isEmpty());
                if (dropped) return Optional.of(new PodReason.QuotaNeedsAmount(quota.name(), entry.word));
                long needed = needed(workload, entry, now, to);
                long left = Math.max(0, hard.get() - entry.used(quota).orElse(0L) - promised(quota, entry));
                if (needed > left)
                    return Optional.of(new PodReason.BeyondQuota(
                            quota.name(),
                            entry.word,
                            Entry.amounts(entry.resource, needed),
                            Entry.amounts(entry.resource, left)));
            }
        }
        return Optional.empty();
    }

    void take(Workload workload, PodShape now, PodShape to) {
        for (ResourceQuota quota : of(workload))
            for (Entry entry : Entry.values())
                promised.computeIfAbsent(quota, unseen -> new EnumMap<>(Entry.class))
                        .merge(entry, needed(workload, entry, now, to), Math::addExact);
    }

    private List<ResourceQuota> of(Workload workload) {
        return byNamespace.getOrDefault(workload.id().namespace(), List.of());
    }

    private long promised(ResourceQuota quota, Entry entry) {
        return promised.getOrDefault(quota, Map.of()).getOrDefault(entry, 0L);
    }

    /** Beyond what its pods have now, which may be more than the template says; nothing where a pod asks for no more than before. */
    private long needed(Workload workload, Entry entry, PodShape now, PodShape to) {
        long each = to.charged(entry);
        if (each <= now.charged(entry)) return 0;
        List<PodShape> running = pods.getOrDefault(workload.id(), List.of());
        long have = running.stream().mapToLong(it -> it.charged(entry)).sum();
        int count = Math.max(workload.replicas(), running.size()) + workload.surge();
        long most = each > Long.MAX_VALUE / Math.max(1, count) ? Long.MAX_VALUE : each * count;
        return Math.max(0, most - have);
    }
}
