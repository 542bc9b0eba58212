package io.trimtab.forecast;

import io.trimtab.forecast.Demand.History;
import io.trimtab.forecast.sketch.UsageAggregate;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.ContainerId;
import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.OutOfMemoryKill;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.PodPhase;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.UsageBatch;
import io.trimtab.ingest.model.UsageSeries;
import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Forecasts that the near future is like the recent past: a decaying histogram for each container of a workload, over all its pods. */
public final class HistogramForecaster implements Forecaster {
    private static final Duration FRESH = Duration.ofMinutes(5);

    private final Map<Key, UsageAggregate> aggregates = new HashMap<>();
    private final Map<PodId, WorkloadId> owners = new HashMap<>();
    private final Map<ContainerId, Newest> newestCpu = new HashMap<>();
    private final Map<ContainerId, Newest> newestMemory = new HashMap<>();
    private final Map<ContainerId, Instant> newestKill = new HashMap<>();

    private record Key(WorkloadId workload, String container) {}

    private record Newest(long atSeconds, double amount) {}

    @Override
    public void observe(UsageBatch batch, ClusterSnapshot snapshot) {
        for (Pod pod : snapshot.pods()) pod.owner().ifPresent(owner -> owners.put(pod.id(), owner));
        batch.series().forEach(this::add);
        batch.kills().forEach(this::add);
        forgetGone(snapshot);
    }

    @Override
    public List<Demand> forecast(ClusterSnapshot snapshot) {
        Map<WorkloadId, List<Pod>> running = snapshot.pods().stream()
                .filter(pod -> pod.phase() == PodPhase.RUNNING && pod.owner().isPresent())
                .collect(Collectors.groupingBy(pod -> pod.owner().orElseThrow()));
        List<Demand> demands = new ArrayList<>();
        for (Workload workload : snapshot.workloads()) {
            List<Pod> pods = running.getOrDefault(workload.id(), List.of());
            for (ContainerSpec container : workload.containers())
                demands.add(demand(workload, container, pods, snapshot.at()));
        }
        return demands;
    }

    private Demand demand(Workload workload, ContainerSpec container, List<Pod> pods, Instant now) {
        Optional<UsageAggregate> aggregate =
                Optional.ofNullable(aggregates.get(new Key(workload.id(), container.name())));
        History history = aggregate
                .map(known -> new History(known.firstSampleAt(), known.lastSampleAt(), known.samples()))
                .orElse(new History(Optional.empty(), Optional.empty(), 0));
        return new Demand(
                workload.id(),
                container,
                workload.containers().size(),
                pods.size(),
                aggregate.<Distribution>map(UsageAggregate::cpu).filter(cpu -> history.samples() > 0),
                aggregate
                        .map(UsageAggregate::memoryPeaks)
                        .filter(memory -> !memory.isEmpty())
                        .map(memory -> memory),
                now(newestCpu, container.name(), pods, now),
                now(newestMemory, container.name(), pods, now),
                history);
    }

    private static Map<PodId, Double> now(
            Map<ContainerId, Newest> newestOf, String container, List<Pod> pods, Instant now) {
        long oldest = now.minus(FRESH).getEpochSecond();
        Map<PodId, Double> amounts = new HashMap<>();
        for (Pod pod : pods) {
            Newest newest = newestOf.get(new ContainerId(pod.id(), container));
            if (newest != null && newest.atSeconds() >= oldest) amounts.put(pod.id(), newest.amount());
        }
        return amounts;
    }

    private void add(UsageSeries series) {
        ContainerId id = series.container();
        WorkloadId owner = owners.get(id.pod());
        if (owner == null || series.size() == 0) return;
        UsageAggregate aggregate =
                aggregates.computeIfAbsent(new Key(owner, id.container()), key -> new UsageAggregate());
        String pod = id.pod().name();
        long[] atSeconds = series.atSeconds();
        double[] amounts = series.amounts();
        for (int i = 0; i < amounts.length; i++) {
            Instant at = Instant.ofEpochSecond(atSeconds[i]);
            switch (series.resource()) {
                case CPU -> aggregate.addCpu(pod, amounts[i], at);
                case MEMORY -> aggregate.addMemory(pod, amounts[i], at);
            }
        }
        int last = amounts.length - 1;
        Map<ContainerId, Newest> newestOf = series.resource() == Resource.CPU ? newestCpu : newestMemory;
        newestOf.merge(
                id,
                new Newest(atSeconds[last], amounts[last]),
                (one, other) -> one.atSeconds() > other.atSeconds() ? one : other);
    }

    private void add(OutOfMemoryKill kill) {
        WorkloadId owner = owners.get(kill.container().pod());
        Instant newest = newestKill.getOrDefault(kill.container(), Instant.MIN);
        if (owner == null || !kill.at().isAfter(newest)) return;
        newestKill.put(kill.container(), kill.at());
        aggregates
                .computeIfAbsent(new Key(owner, kill.container().container()), key -> new UsageAggregate())
                .addKill(kill.container().pod().name(), kill.memoryRequest().value(), kill.at());
    }

    private void forgetGone(ClusterSnapshot snapshot) {
        Set<WorkloadId> workloads =
                snapshot.workloads().stream().map(Workload::id).collect(Collectors.toSet());
        aggregates.keySet().removeIf(key -> !workloads.contains(key.workload()));
        Set<PodId> pods = new HashSet<>();
        snapshot.pods().forEach(pod -> pods.add(pod.id()));
        owners.keySet().retainAll(pods);
        newestMemory.keySet().removeIf(id -> !pods.contains(id.pod()));
        newestCpu.keySet().removeIf(id -> !pods.contains(id.pod()));
        newestKill.keySet().removeIf(id -> !pods.contains(id.pod()));
        Map<WorkloadId, Set<String>> names = new HashMap<>();
        snapshot.pods()
                .forEach(pod -> pod.owner()
                        .ifPresent(owner -> names.computeIfAbsent(owner, key -> new HashSet<>())
                                .add(pod.id().name())));
        aggregates.forEach((key, aggregate) -> aggregate.keepPods(names.getOrDefault(key.workload(), Set.of())));
    }
}
