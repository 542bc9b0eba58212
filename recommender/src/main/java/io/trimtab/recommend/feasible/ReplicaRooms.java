package io.trimtab.recommend.feasible;

import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.LimitRange;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.PodPhase;
import io.trimtab.ingest.model.ResourceQuota;
import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.replicas.ReplicaRoom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How many replicas quotas and nodes have room for. For one snapshot; what one workload is promised is gone for the next. Nodes bound nothing where something may add
 * more of them.
 */
public final class ReplicaRooms {
    private final Map<String, List<ResourceQuota>> quotas;
    private final Map<String, List<LimitRange>> ranges;
    private final Map<WorkloadId, List<Pod>> pods;
    private final Map<ResourceQuota, Map<Entry, Long>> promised = new HashMap<>();
    private final Optional<FreeNodes> nodes;

    public ReplicaRooms(ClusterSnapshot snapshot) {
        this.quotas = snapshot.limits().quotas().stream().collect(Collectors.groupingBy(ResourceQuota::namespace));
        this.ranges = snapshot.limits().ranges().stream().collect(Collectors.groupingBy(LimitRange::namespace));
        this.pods = snapshot.pods().stream()
                .filter(ReplicaRooms::counts)
                .filter(pod -> pod.owner().isPresent())
                .collect(Collectors.groupingBy(pod -> pod.owner().orElseThrow()));
        this.nodes = NodeGrowth.possible(snapshot) ? Optional.empty() : Optional.of(new FreeNodes(snapshot));
    }

    private static boolean counts(Pod pod) {
        return pod.phase() != PodPhase.SUCCEEDED
                && pod.phase() != PodPhase.FAILED
                && pod.deletedAt().isEmpty();
    }

    /** The least of all that bounds it; empty where nothing does. */
    public Optional<ReplicaRoom> of(Workload workload) {
        PodShape each = each(workload);
        List<ReplicaRoom> rooms = new ArrayList<>();
        int there = pods(workload).size();
        for (ResourceQuota quota : quotas(workload))
            for (Entry entry : Entry.values())
                more(quota, entry, each)
                        .map(more -> new ReplicaRoom.InQuota(sum(there, more), quota.name(), entry.word))
                        .ifPresent(rooms::add);
        nodes.map(free -> new ReplicaRoom.OnNodes(sum(free.placed(workload.id()), free.count(each))))
                .ifPresent(rooms::add);
        return rooms.stream().min(Comparator.comparingInt(ReplicaRoom::most));
    }

    /** @param more pods of the workload that will be asked for */
    public void promise(Workload workload, int more) {
        PodShape each = each(workload);
        for (ResourceQuota quota : quotas(workload))
            for (Entry entry : Entry.values())
                promised.computeIfAbsent(quota, unseen -> new EnumMap<>(Entry.class))
                        .merge(entry, times(each.charged(entry), more), ReplicaRooms::plus);
        nodes.ifPresent(free -> free.place(each, more));
    }

    private List<Pod> pods(Workload workload) {
        return pods.getOrDefault(workload.id(), List.of());
    }

    private List<ResourceQuota> quotas(Workload workload) {
        return quotas.getOrDefault(workload.id().namespace(), List.of());
    }

    /** As the next pod will be: a pod's own says more of where it may run than its template. */
    private PodShape each(Workload workload) {
        var range = new Ranges(ranges.getOrDefault(workload.id().namespace(), List.of()));
        var scheduling = pods(workload).stream()
                .max(Comparator.comparing(Pod::createdAt).thenComparing(Pod::id))
                .map(Pod::scheduling)
                .orElse(workload.scheduling());
        return PodShape.of(workload.containers(), scheduling).map(range::filled);
    }

    /** Empty where the quota does not bound it. */
    private Optional<Long> more(ResourceQuota quota, Entry entry, PodShape each) {
        long charged = each.charged(entry);
        if (charged <= 0) return Optional.empty();
        long taken = plus(
                entry.used(quota).orElse(0L),
                promised.getOrDefault(quota, Map.of()).getOrDefault(entry, 0L));
        return entry.hard(quota).map(hard -> Math.max(0, hard - taken) / charged);
    }

    private static long times(long amount, int pods) {
        return amount > Long.MAX_VALUE / Math.max(1, pods) ? Long.MAX_VALUE : amount * pods;
    }

    private static long plus(long one, long other) {
        return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
    }

    private static int sum(int there, long more) {
        return (int) Math.min(Integer.MAX_VALUE, plus(there, more));
    }
}
