package io.trimtab.forecast;

import io.trimtab.forecast.encoding.StateReader;
import io.trimtab.forecast.encoding.StateWriter;
import io.trimtab.forecast.online.Accuracy;
import io.trimtab.forecast.online.Holidays;
import io.trimtab.forecast.online.Leak;
import io.trimtab.forecast.online.OnlineSeries;
import io.trimtab.forecast.online.Outlook;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.UsageBatch;
import io.trimtab.ingest.model.UsageSeries;
import io.trimtab.ingest.model.WorkloadId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Adds to another forecaster what is to come: for each container of a workload one {@link OnlineSeries} of each resource, over
 * all its pods together, and {@link MinuteUse} for workloads that are scaled on CPU. One that is new begins like those of the same image and kind of workload.
 * Refits take {@link Turns}.
 * Safe for threads: one learns while others look; these wait while samples are taken in, but not for fits of other series than theirs.
 */
public final class OutlookForecaster implements RememberingForecaster, Outlooks {
    /** Of what {@link #saveFurther} gives. */
    public static final int FURTHER_VERSION = 2;

    /** While older samples are read, as at a first start, nothing is fitted. */
    private static final Duration LIVE = Duration.ofHours(1);

    private static final int MOST_SIBLINGS = 8;

    private final RememberingForecaster inner;
    private final Holidays holidays;
    private final Map<Subject, Together> known = new HashMap<>();
    private final FurtherSeries further = new FurtherSeries();
    private final JointSums joint = new JointSums(further);
    private final ScaledMinutes minutes = new ScaledMinutes();
    private final Turns turns = new Turns();

    /** As of the last round, for those who must not wait while something is learned. */
    private volatile AccuracyOverview overview = AccuracyOverview.of(Map.of(), further);

    /** What a series is of. */
    public record Subject(WorkloadId workload, String container, Resource resource) {}

    /** Of a cluster whose workloads know no holidays. */
    public OutlookForecaster(RememberingForecaster inner) {
        this(inner, Holidays.NONE);
    }

    /** @param holidays of all workloads */
    public OutlookForecaster(RememberingForecaster inner, Holidays holidays) {
        this.inner = inner;
        this.holidays = holidays;
    }

    /** What is forecast beside containers; to be fed by whoever reads it. */
    public FurtherSeries further() {
        return further;
    }

    @Override
    public void observe(UsageBatch batch, ClusterSnapshot snapshot) {
        if (!learn(batch, snapshot)) return;
        further.round(snapshot, holidays);
        due(snapshot.at()).parallelStream()
                .forEach(entry -> entry.getValue().refit(entry.getKey().resource(), holidays));
    }

    /** @return whether what it was given is of now */
    private synchronized boolean learn(UsageBatch batch, ClusterSnapshot snapshot) {
        inner.observe(batch, snapshot);
        Map<Subject, String> images = images(snapshot);
        known.keySet().retainAll(images.keySet());
        PodOwners owners = new PodOwners(snapshot);
        Map<Subject, List<UsageSeries>> samples = bySubject(batch, owners);
        samples.keySet().retainAll(images.keySet());
        Map<String, List<Subject>> byImage = new HashMap<>();
        images.forEach((subject, image) ->
                byImage.computeIfAbsent(image, _ -> new ArrayList<>()).add(subject));
        samples.forEach((subject, series) -> {
            List<Subject> alike = byImage.getOrDefault(images.get(subject), List.of());
            known.computeIfAbsent(subject, _ -> new Together(new Followed(begin(subject, alike))))
                    .add(series);
        });
        images.forEach((subject, image) -> {
            Together together = known.get(subject);
            if (together != null) together.runs(image, snapshot.at());
        });
        joint.observe(samples.values().stream().flatMap(List::stream).toList(), owners, snapshot);
        minutes.observe(samples, snapshot);
        Optional<Instant> newest = newest(batch);
        if (newest.isEmpty()) return true;
        if (newest.get().isBefore(snapshot.at().minus(LIVE))) return false;
        rest(snapshot);
        joint.rest(snapshot);
        return true;
    }

    @Override
    public synchronized Optional<PastUse> past(WorkloadId workload, int newest) {
        return minutes.past(workload, newest);
    }

    private synchronized List<Map.Entry<Subject, Together>> due(Instant now) {
        return turns.next(now, known.entrySet(), entry -> entry.getValue().followed).stream()
                .map(Map.Entry::copyOf)
                .toList();
    }

    @Override
    public synchronized List<Demand> forecast(ClusterSnapshot snapshot) {
        judge();
        return inner.forecast(snapshot).stream()
                .map(demand -> demand.with(leaking(demand), foreseen(demand)))
                .toList();
    }

    private void judge() {
        Map<Subject, Accuracy> accuracies = new HashMap<>();
        known.forEach((subject, together) -> accuracies.put(subject, together.followed.accuracy()));
        overview = AccuracyOverview.of(accuracies, further);
    }

    private Optional<Leak> leaking(Demand demand) {
        return Optional.ofNullable(known.get(subject(demand, Resource.MEMORY))).flatMap(Together::leak);
    }

    private Optional<Accuracy> foreseen(Demand demand) {
        return Optional.ofNullable(overview.ofContainers().get(subject(demand, Resource.CPU)));
    }

    private static Subject subject(Demand demand, Resource resource) {
        return new Subject(demand.workload(), demand.container().name(), resource);
    }

    @Override
    public synchronized List<ContainerOutlook> outlooks(WorkloadId workload) {
        return known.entrySet().stream()
                .filter(entry -> entry.getKey().workload().equals(workload)
                        && !entry.getValue().followed.isEmpty())
                .sorted(Comparator.comparing((Map.Entry<Subject, Together> entry) ->
                                entry.getKey().container())
                        .thenComparing(entry -> entry.getKey().resource()))
                .map(entry -> ContainerOutlook.of(entry.getKey(), entry.getValue()))
                .toList();
    }

    @Override
    public synchronized List<DemandOutlook> outlooks(Scope scope, String name) {
        return further.outlooks(scope, name).stream()
                .map(outlook -> new DemandOutlook(
                        outlook.subject(), outlook.series(), Members.pooling(outlook, members(outlook.subject()))))
                .toList();
    }

    @Override
    public Map<String, Outlook> ahead(Scope scope, DemandKind kind, Duration horizon) {
        return further.ahead(scope, kind, horizon);
    }

    private List<Members.Member> members(DemandSubject subject) {
        return known.entrySet().stream()
                .filter(entry -> DemandKind.of(entry.getKey().resource()) == subject.kind())
                .map(entry -> new Members.Member(
                        entry.getValue().followed,
                        joint.share(entry.getKey().workload(), subject.scope(), subject.name())))
                .filter(member -> member.share() > 0)
                .toList();
    }

    @Override
    public AccuracyOverview accuracy() {
        return overview;
    }

    /** What is known of a series; empty before its first sample. It changes with the next samples. */
    synchronized Optional<OnlineSeries> series(Subject subject) {
        return Optional.ofNullable(known.get(subject)).map(together -> together.followed.series());
    }

    /** The image of each container that there is. */
    private static Map<Subject, String> images(ClusterSnapshot snapshot) {
        Map<Subject, String> images = new LinkedHashMap<>();
        snapshot.workloads()
                .forEach(workload -> workload.containers().forEach(container -> {
                    for (Resource resource : Resource.values())
                        images.put(new Subject(workload.id(), container.name(), resource), container.image());
                }));
        return images;
    }

    private static Map<Subject, List<UsageSeries>> bySubject(UsageBatch batch, PodOwners owners) {
        Map<Subject, List<UsageSeries>> samples = new LinkedHashMap<>();
        for (UsageSeries series : batch.series()) {
            owners.owner(series.container().pod())
                    .map(owner -> new Subject(owner, series.container().container(), series.resource()))
                    .ifPresent(subject -> samples.computeIfAbsent(subject, _ -> new ArrayList<>())
                            .add(series));
        }
        return samples;
    }

    /** In the order of the snapshot, so that the same cluster begins the same way. */
    private OnlineSeries begin(Subject subject, List<Subject> alike) {
        List<OnlineSeries> siblings = alike.stream()
                .filter(other -> other.resource() == subject.resource()
                        && other.workload().kind().equals(subject.workload().kind())
                        && known.containsKey(other))
                .limit(MOST_SIBLINGS)
                .flatMap(other -> series(other).stream())
                .toList();
        return OnlineSeries.like(siblings);
    }

    private static Optional<Instant> newest(UsageBatch batch) {
        return batch.series().stream()
                .filter(series -> series.size() > 0)
                .map(series -> Instant.ofEpochSecond(series.atSeconds()[series.size() - 1]))
                .max(Instant::compareTo);
    }

    /** Without a pod a workload uses nothing, and nobody says so. */
    private void rest(ClusterSnapshot snapshot) {
        Set<WorkloadId> running = new HashSet<>();
        for (Pod pod : snapshot.pods()) if (pod.occupiesNode()) pod.owner().ifPresent(running::add);
        known.forEach((subject, together) -> {
            if (!running.contains(subject.workload()))
                together.none(snapshot.at().getEpochSecond());
        });
        minutes.rest(running, snapshot.at());
    }

    /** What is forecast beside containers, which can be lost without the rest. */
    public synchronized void saveFurther(StateWriter to) {
        joint.write(to);
        further.write(to);
    }

    /** @throws IllegalArgumentException if the bytes hold no such state; then nothing has changed */
    public synchronized void restoreFurther(StateReader from) {
        Map<Resource, MinuteSums> sums = JointSums.read(from);
        further.read(from);
        joint.goOnWith(sums);
        judge();
    }

    @Override
    public int stateVersion() {
        return OutlookState.VERSION;
    }

    @Override
    public synchronized void save(StateWriter to) {
        OutlookState.write(known, minutes, inner, to);
    }

    @Override
    public synchronized void restore(int version, StateReader from) {
        OutlookState found = OutlookState.read(version, from);
        inner.restore(found.innerVersion(), from);
        known.clear();
        known.putAll(found.known());
        minutes.goOnWith(found.minutes());
        judge();
    }
}
