package io.trimtab.recommend.feasible;

import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.Resource;
import io.trimtab.recommend.PodReason;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.stream.Stream;

/**
 * Finds the largest requests that are feasible: all that is needed, or as much of it as fits, memory before CPU, since too little of that kills. What several containers of a
 * pod grow by is cut by the same part. Nothing gets less than it has and needs; where not even that is feasible, nothing is advised.
 *
 * @param refusal the first thing that stands against a pod; empty where nothing does
 */
record Fitting(PodShape now, List<Change> changes, double band, Function<PodShape, Optional<PodReason>> refusal) {
    /** What comes of it: the pod, and what stood against more. */
    sealed interface Answer {
        record Fits(PodShape to, List<PodReason> cuts) implements Answer {}

        record Refused(List<PodReason> why) implements Answer {}
    }

    Answer answer() {
        List<PodReason> impossible =
                changes.stream().flatMap(it -> it.refusal().stream()).distinct().toList();
        if (!impossible.isEmpty()) return new Answer.Refused(impossible);
        Set<PodReason> cuts = new LinkedHashSet<>();
        changes.forEach(it -> cuts.addAll(it.moved()));
        long allCpu = growth(Resource.CPU);
        long allMemory = growth(Resource.MEMORY);
        long memory = allMemory;
        long cpu = allCpu;
        if (refused(cpu, memory).isPresent()) {
            Optional<PodReason> least = refused(0, 0);
            if (least.isPresent()) return new Answer.Refused(List.copyOf(distinct(least.get(), cuts)));
            memory = most(allMemory, part -> refused(0, part).isEmpty());
            if (memory < allMemory) refused(0, allMemory).ifPresent(cuts::add);
            long had = memory;
            cpu = most(allCpu, part -> refused(part, had).isEmpty());
            if (cpu < allCpu) refused(allCpu, had).ifPresent(cuts::add);
        }
        return new Answer.Fits(quiet(cpu, memory), List.copyOf(cuts));
    }

    private static Set<PodReason> distinct(PodReason first, Set<PodReason> others) {
        Set<PodReason> all = new LinkedHashSet<>(List.of(first));
        all.addAll(others);
        return all;
    }

    private long growth(Resource resource) {
        return of(resource).mapToLong(Change::growth).sum();
    }

    private Stream<Change> of(Resource resource) {
        return changes.stream().filter(it -> it.amounts().resource() == resource);
    }

    private Optional<PodReason> refused(long cpu, long memory) {
        return refusal.apply(shape(requests(cpu, memory)));
    }

    private List<Long> requests(long cpu, long memory) {
        long allCpu = growth(Resource.CPU);
        long allMemory = growth(Resource.MEMORY);
        return changes.stream()
                .map(it -> switch (it.amounts().resource()) {
                    case CPU -> it.request(cpu, allCpu);
                    case MEMORY -> it.request(memory, allMemory);
                    case GPU -> it.advised();
                })
                .toList();
    }

    /** @param requests one for each change */
    private PodShape shape(List<Long> requests) {
        Map<String, Requirements> changed = new TreeMap<>();
        for (int i = 0; i < changes.size(); i++) {
            Change change = changes.get(i);
            Requirements sofar = changed.getOrDefault(change.container(), change.now());
            changed.put(change.container(), change.amounts().with(change.now(), sofar, requests.get(i)));
        }
        return now.with(changed);
    }

    /** What was moved to a place near to what is in force stays instead, if it may. */
    private PodShape quiet(long cpu, long memory) {
        List<Long> requests = new ArrayList<>(requests(cpu, memory));
        for (int i = 0; i < changes.size(); i++) {
            Change change = changes.get(i);
            if (requests.get(i) == change.advised() || !change.near(requests.get(i), band)) continue;
            long moved = requests.set(
                    i,
                    Entry.request(change.amounts().resource()).of(change.now()).orElseThrow());
            if (refusal.apply(shape(requests)).isPresent()) requests.set(i, moved);
        }
        return shape(requests);
    }

    /** The most of 0 to {@code all} that is allowed, of which 0 is known to be. */
    private static long most(long all, LongPredicate allowed) {
        long least = 0;
        long most = all;
        while (least < most) {
            long middle = most - (most - least) / 2;
            if (allowed.test(middle)) least = middle;
            else most = middle - 1;
        }
        return least;
    }
}
