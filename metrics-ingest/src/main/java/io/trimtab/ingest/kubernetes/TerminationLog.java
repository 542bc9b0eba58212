package io.trimtab.ingest.kubernetes;

import io.trimtab.ingest.kubernetes.TerminationMapping.EndId;
import io.trimtab.ingest.kubernetes.TerminationMapping.Seen;
import io.trimtab.ingest.model.ContainerTermination;
import io.trimtab.ingest.model.OutOfMemoryKill;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.WorkloadId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The terminations of containers seen so far, each once, the oldest forgotten first: of a workload when it has too many, of all when all have.
 * What a pod still tells of is not taken for new when the log has forgotten it.
 */
final class TerminationLog {
    private final int capacity;
    private final int perWorkload;
    private final Function<ControllerRef, WorkloadId> top;
    private final Map<EndId, Seen> kept = new LinkedHashMap<>();
    private final Map<WorkloadId, Deque<EndId>> byWorkload = new HashMap<>();

    /** What each pod told of when it was last heard of; most tell of nothing and are not here. */
    private final Map<PodId, Set<EndId>> told = new HashMap<>();

    /** @param top what stands above a pod's controller as far as is known now; it may be more by and by */
    TerminationLog(int capacity, int perWorkload, Function<ControllerRef, WorkloadId> top) {
        this.capacity = capacity;
        this.perWorkload = perWorkload;
        this.top = top;
    }

    /** @param seen all that the pod's status tells of now */
    synchronized void add(PodId pod, List<Seen> seen) {
        Set<EndId> before = told.getOrDefault(pod, Set.of());
        for (Seen one : seen) if (!before.contains(one.id())) keep(one);
        if (seen.isEmpty()) told.remove(pod);
        else told.put(pod, seen.stream().map(Seen::id).collect(Collectors.toUnmodifiableSet()));
    }

    /**
     * The pod is gone. A pod of the same name that follows it has another uid and keeps what it told of.
     *
     * @param uid empty where it is not known any more
     */
    synchronized void forget(PodId pod, Optional<String> uid) {
        told.computeIfPresent(pod, (name, ids) -> {
            Set<EndId> others = ids.stream()
                    .filter(id -> uid.filter(gone -> !gone.equals(id.podUid())).isPresent())
                    .collect(Collectors.toUnmodifiableSet());
            return others.isEmpty() ? null : others;
        });
    }

    /** Those of a workload, newest first. */
    List<ContainerTermination> of(WorkloadId workload) {
        return all().map(this::withWorkload)
                .filter(it -> bucket(it).equals(workload))
                .sorted(ContainerTermination.NEWEST_FIRST)
                .toList();
    }

    List<OutOfMemoryKill> killsSeenAfter(Instant moment) {
        return all().flatMap(it -> it.termination().outOfMemory().stream())
                .filter(kill -> kill.seenAt().isAfter(moment))
                .sorted(Comparator.comparing(OutOfMemoryKill::seenAt).thenComparing(OutOfMemoryKill::container))
                .toList();
    }

    /** The oldest first. */
    synchronized List<Seen> kept() {
        return List.copyOf(kept.values());
    }

    /** Takes back what a log before this one had kept; an end that both have is as old as that one says. */
    synchronized void restore(List<Seen> before) {
        List<Seen> since = kept();
        kept.clear();
        byWorkload.clear();
        before.forEach(this::keep);
        since.forEach(this::keep);
    }

    private Stream<Seen> all() {
        return kept().stream();
    }

    private void keep(Seen seen) {
        ContainerTermination termination = withWorkload(seen);
        if (kept.putIfAbsent(seen.id(), new Seen(seen.id(), seen.controller(), termination)) != null) return;
        Deque<EndId> its = byWorkload.computeIfAbsent(bucket(termination), workload -> new ArrayDeque<>());
        its.add(seen.id());
        if (its.size() > perWorkload) remove(its.element());
        if (kept.size() > capacity) remove(kept.keySet().iterator().next());
    }

    private void remove(EndId id) {
        Seen gone = kept.remove(id);
        if (gone == null) return;
        byWorkload.computeIfPresent(bucket(gone.termination()), (workload, ids) -> {
            ids.remove(id);
            return ids.isEmpty() ? null : ids;
        });
    }

    /** An owner that was known once stays known: its ReplicaSet may be gone by now. */
    private ContainerTermination withWorkload(Seen seen) {
        Optional<WorkloadId> now = seen.controller().map(top);
        boolean lost = now.isPresent()
                && now.equals(seen.controller().map(ControllerRef::id))
                && seen.termination().workload().isPresent();
        return lost ? seen.termination() : seen.termination().of(now);
    }

    private static WorkloadId bucket(ContainerTermination termination) {
        return termination
                .workload()
                .orElseGet(() -> Ownership.barePod(termination.container().pod()));
    }
}
