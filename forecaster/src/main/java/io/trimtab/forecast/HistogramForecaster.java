package io.trimtab.forecast;

import io.trimtab.forecast.encoding.StateReader;
import io.trimtab.forecast.encoding.StateWriter;
import io.trimtab.forecast.groups.PodOnNode;
import io.trimtab.forecast.groups.PodUse;
import io.trimtab.forecast.groups.UsageGroups;
import io.trimtab.forecast.starts.StartUnderWay;
import io.trimtab.forecast.starts.Starts;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.ContainerId;
import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.Node;
import io.trimtab.ingest.model.OutOfMemoryKill;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.PodPhase;
import io.trimtab.ingest.model.UsageBatch;
import io.trimtab.ingest.model.UsageSeries;
import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Learns as the stock VPA does: for each container of a workload one decaying histogram of CPU and one of daily peaks of memory over all its pods.
 * Holds about 4 KiB, as much for two weeks of days, and 800 bytes for the times of the week, for each container of a workload, and 200 bytes for each container of a pod, as much more while its pod starts, and 400 bytes more where it is one of three pods or more. Not safe for threads.
 */
public final class HistogramForecaster implements RememberingForecaster {
    /** What is gone for so long is forgotten; a shorter gap may be the inventory's. */
    static final Duration MEMORY_OF_THE_GONE = Duration.ofHours(1);

    /** An older sample is not what a pod uses now. */
    static final Duration FRESH = Duration.ofMinutes(5);

    private final Map<Subject, Known> subjects = new HashMap<>();
    private final Map<ContainerId, Source> sources = new HashMap<>();

    /** The containers of one name of one workload. */
    record Subject(WorkloadId workload, String container) {}

    static final class Known {
        final UsageAggregate aggregate;
        final Starts starts;
        Instant seenAt;

        Known(Instant seenAt, UsageAggregate aggregate, Starts starts) {
            this.seenAt = seenAt;
            this.aggregate = aggregate;
            this.starts = starts;
        }
    }

    /** The newest sample of a resource. */
    record Newest(Instant at, double amount) {
        static final Newest NONE = new Newest(Instant.MIN, 0);
    }

    static final class Source {
        final ContainerUsage usage;
        final Subject subject;
        Instant seenAt;
        Instant lastKillAt = Instant.MIN;

        Newest cpu = Newest.NONE;
        Newest memory = Newest.NONE;

        /** As its pod was last seen; null where it never was. */
        @Nullable
        Running running;

        /** Null once it is over, or where it was not seen. */
        @Nullable
        StartUnderWay start;

        /** Null where there are no others to hold it against. */
        @Nullable
        PodUse use;

        Source(Subject subject, ContainerUsage usage, Instant seenAt) {
            this.subject = subject;
            this.usage = usage;
            this.seenAt = seenAt;
        }
    }

    @Override
    public void observe(UsageBatch batch, ClusterSnapshot snapshot) {
        recognise(snapshot);
        PodOwners owners = new PodOwners(snapshot);
        // A node whose clock is ahead must not make two weeks old.
        Instant latest = snapshot.at().plus(FRESH);
        Map<ContainerId, List<OutOfMemoryKill>> kills = batch.kills().stream()
                .filter(kill -> !kill.at().isAfter(latest))
                .collect(Collectors.groupingBy(OutOfMemoryKill::container, Collectors.toCollection(ArrayList::new)));
        Map<Subject, List<CpuIntake.SourceSeries>> cpu = new LinkedHashMap<>();
        for (UsageSeries series : batch.series()) {
            Source source = source(series.container(), owners, snapshot.at());
            if (source == null) continue;
            switch (series.resource()) {
                case CPU ->
                    cpu.computeIfAbsent(source.subject, _ -> new ArrayList<>())
                            .add(new CpuIntake.SourceSeries(source, series));
                case MEMORY -> addMemory(source, series, kills.getOrDefault(series.container(), List.of()));
                case GPU -> {
                    // Whole ones are asked for, whatever is used of them.
                }
            }
        }
        cpu.forEach((subject, series) -> {
            Known known = subjects.get(subject);
            if (known != null) CpuIntake.add(known.starts, series);
        });
        kills.forEach((container, list) -> {
            Source source = source(container, owners, snapshot.at());
            if (source != null) list.forEach(kill -> addKill(source, kill));
        });
        forget(snapshot.at().minus(MEMORY_OF_THE_GONE));
    }

    @Override
    public List<Demand> forecast(ClusterSnapshot snapshot) {
        Map<WorkloadId, List<Pod>> running = snapshot.pods().stream()
                .filter(pod ->
                        pod.phase() == PodPhase.RUNNING && pod.deletedAt().isEmpty())
                .filter(pod -> pod.owner().isPresent())
                .collect(Collectors.groupingBy(pod -> pod.owner().orElseThrow()));
        Map<String, Map<String, String>> nodeLabels =
                snapshot.nodes().stream().collect(Collectors.toMap(Node::name, Node::labels, (one, _) -> one));
        List<Demand> demands = new ArrayList<>();
        for (Workload workload : snapshot.workloads()) {
            List<Pod> pods = running.getOrDefault(workload.id(), List.of());
            for (ContainerSpec container : workload.containers())
                demands.add(demand(workload, container, pods, nodeLabels, snapshot.at()));
        }
        return demands;
    }

    @Override
    public int stateVersion() {
        return ForecasterState.VERSION;
    }

    @Override
    public void save(StateWriter to) {
        new ForecasterState(subjects, sources).write(to);
    }

    @Override
    public void restore(int version, StateReader from) {
        ForecasterState state = ForecasterState.read(version, from);
        subjects.clear();
        subjects.putAll(state.subjects());
        sources.clear();
        sources.putAll(state.sources());
    }

    private Demand demand(
            Workload workload,
            ContainerSpec container,
            List<Pod> pods,
            Map<String, Map<String, String>> nodeLabels,
            Instant now) {
        Known known = subjects.get(new Subject(workload.id(), container.name()));
        UsageAggregate aggregate = known == null ? UsageAggregate.empty() : known.aggregate;
        return new Demand(
                workload.id(),
                container,
                workload.containers().size(),
                pods.size(),
                aggregate.cpu(),
                aggregate.memory(),
                aggregate.recent(),
                Optional.empty(),
                Optional.empty(),
                newest(pods, container.name(), now, source -> source.cpu),
                newest(pods, container.name(), now, source -> source.memory),
                aggregate.history(),
                Optional.ofNullable(known).flatMap(it -> it.starts.use()),
                groups(pods, container.name(), nodeLabels));
    }

    private Optional<UsageGroups> groups(
            List<Pod> pods, String container, Map<String, Map<String, String>> nodeLabels) {
        List<PodOnNode> compared = new ArrayList<>();
        for (Pod pod : pods) {
            Source source = sources.get(new ContainerId(pod.id(), container));
            Map<String, String> labels = pod.node()
                    .map(node -> nodeLabels.getOrDefault(node, Map.of()))
                    .orElse(Map.of());
            if (source != null && source.use != null) compared.add(new PodOnNode(pod.id(), source.use, labels));
        }
        return UsageGroups.find(compared, pods.size());
    }

    private Map<PodId, Double> newest(
            List<Pod> pods, String container, Instant now, Function<Source, Newest> newestOf) {
        Map<PodId, Double> amounts = new HashMap<>();
        for (Pod pod : pods) {
            Source source = sources.get(new ContainerId(pod.id(), container));
            if (source == null) continue;
            Newest newest = newestOf.apply(source);
            if (!newest.at().isBefore(now.minus(FRESH))) amounts.put(pod.id(), newest.amount());
        }
        return amounts;
    }

    private void recognise(ClusterSnapshot snapshot) {
        Instant now = snapshot.at();
        for (Workload workload : snapshot.workloads())
            for (ContainerSpec container : workload.containers())
                subjects.computeIfAbsent(
                                new Subject(workload.id(), container.name()),
                                subject -> new Known(now, UsageAggregate.empty(), new Starts()))
                        .seenAt = now;
        for (Pod pod : snapshot.pods()) {
            if (pod.owner().isEmpty()) continue;
            for (ContainerSpec container : pod.containers()) {
                Known known = subjects.get(new Subject(pod.owner().orElseThrow(), container.name()));
                if (known == null) continue;
                Source source = recognise(new ContainerId(pod.id(), container.name()), pod, known, now);
                source.running = Running.of(pod, container).orElse(null);
            }
        }
    }

    /** A pod of the same name that belongs to another workload now starts anew. */
    private Source recognise(ContainerId id, Pod pod, Known known, Instant now) {
        Subject subject = new Subject(pod.owner().orElseThrow(), id.container());
        Source source = sources.get(id);
        if (source == null || !source.subject.equals(subject)) {
            source = new Source(subject, known.aggregate.container(), now);
            sources.put(id, source);
        }
        source.seenAt = now;
        return source;
    }

    /** Null for one that is no workload's; a pod may be gone, or so new that it is in no snapshot yet. */
    private @Nullable Source source(ContainerId id, PodOwners owners, Instant now) {
        Source found = sources.get(id);
        if (found != null) return found;
        Optional<Subject> subject = owners.owner(id.pod()).map(owner -> new Subject(owner, id.container()));
        Known known = subject.map(subjects::get).orElse(null);
        if (known == null) return null;
        Source gone = new Source(subject.orElseThrow(), known.aggregate.container(), now);
        sources.put(id, gone);
        return gone;
    }

    private void forget(Instant before) {
        sources.values().removeIf(source -> source.seenAt.isBefore(before));
        subjects.values().removeIf(known -> known.seenAt.isBefore(before));
        sources.values().removeIf(source -> !subjects.containsKey(source.subject));
    }

    /** A kill follows the samples that were known before it was. */
    private static void addMemory(Source source, UsageSeries series, List<OutOfMemoryKill> kills) {
        long[] atSeconds = series.atSeconds();
        double[] bytes = series.amounts();
        int next = 0;
        for (int i = 0; i < bytes.length; i++) {
            Instant at = Instant.ofEpochSecond(atSeconds[i]);
            while (next < kills.size() && kills.get(next).seenAt().isBefore(at)) addKill(source, kills.get(next++));
            if (source.usage.addMemory(at, bytes[i])) source.memory = new Newest(at, bytes[i]);
        }
    }

    private static void addKill(Source source, OutOfMemoryKill kill) {
        if (!kill.at().isAfter(source.lastKillAt)) return;
        source.usage.addKill(kill.at(), kill.memoryRequest().value());
        source.lastKillAt = kill.at();
    }
}
