package io.trimtab.forecast;

import io.trimtab.forecast.encoding.StateReader;
import io.trimtab.forecast.encoding.StateWriter;
import io.trimtab.forecast.online.Accuracy;
import io.trimtab.forecast.online.Holidays;
import io.trimtab.forecast.online.Leak;
import io.trimtab.forecast.online.OnlineSeries;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.UsageBatch;
import io.trimtab.ingest.model.UsageSeries;
import io.trimtab.ingest.model.WorkloadId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Adds to another forecaster what is to come: for each container of a workload one {@link OnlineSeries} of each resource, over
 * all its pods together, and {@link MinuteUse} for workloads that are scaled on CPU. One that is new begins like those of the same image and kind of workload.
 * Refits rotate: each series has its minute of the hour.
 * Safe for threads: one learns while others look.
 */
public final class OutlookForecaster implements RememberingForecaster, Outlooks {
    /** Of the form below; version 1 was that of the other forecaster alone, version 2 had no leaks, version 3 neither deploys nor minutes. */
    private static final int VERSION = 4;

    /** Of what {@link #saveFurther} gives. */
    public static final int FURTHER_VERSION = 1;

    /** While older samples are read, as at a first start, nothing is fitted. */
    private static final Duration LIVE = Duration.ofHours(1);

    private static final int MINUTES_PER_HOUR = 60;
    private static final int MOST_SIBLINGS = 8;

    /** At most this part of the series is fitted in one round, so that no round waits long for a first start's fits. */
    private static final int ROUNDS_OF_FITS = 30;

    private final RememberingForecaster inner;
    private final Holidays holidays;
    private final Map<Subject, Together> known = new HashMap<>();
    private final FurtherSeries further = new FurtherSeries();
    private final JointSums joint = new JointSums(further);
    private final ScaledMinutes minutes = new ScaledMinutes();

    /** As of the last forecast, for those who must not wait while something is learned. */
    private volatile Map<Subject, Accuracy> judged = Map.of();

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
    public synchronized void observe(UsageBatch batch, ClusterSnapshot snapshot) {
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
            known.computeIfAbsent(subject, _ -> new Together(begin(subject, alike)))
                    .add(series);
        });
        images.forEach((subject, image) -> {
            Together together = known.get(subject);
            if (together != null) together.runs(image, snapshot.at());
        });
        joint.observe(samples.values().stream().flatMap(List::stream).toList(), owners, snapshot);
        minutes.observe(samples, snapshot);
        Optional<Instant> newest = newest(batch);
        if (newest.isPresent()) {
            if (newest.get().isBefore(snapshot.at().minus(LIVE))) return;
            rest(snapshot);
            joint.rest(snapshot);
        }
        further.round(snapshot, holidays);
        refit(snapshot.at().atOffset(ZoneOffset.UTC).getMinute());
    }

    @Override
    public synchronized Optional<PastUse> past(WorkloadId workload, int newest) {
        return minutes.past(workload, newest);
    }

    /** Each series has its minute of the hour; those that could not be fitted in it are fitted in the next ones. */
    private void refit(int minute) {
        known.entrySet().stream()
                .filter(entry -> Math.floorMod(entry.getKey().hashCode(), MINUTES_PER_HOUR) <= minute)
                .filter(entry -> entry.getValue().series.due())
                .limit(known.size() / ROUNDS_OF_FITS + 1L)
                .toList()
                .parallelStream()
                .forEach(entry -> entry.getValue().refit(entry.getKey().resource(), holidays));
    }

    @Override
    public synchronized List<Demand> forecast(ClusterSnapshot snapshot) {
        Map<Subject, Accuracy> accuracies = new HashMap<>();
        known.forEach((subject, together) -> accuracies.put(subject, together.series.accuracy()));
        judged = accuracies;
        return inner.forecast(snapshot).stream()
                .map(demand -> leaking(demand)
                        .map(leak -> demand.leaking(Optional.of(leak)))
                        .orElse(demand))
                .toList();
    }

    private Optional<Leak> leaking(Demand demand) {
        Together memory =
                known.get(new Subject(demand.workload(), demand.container().name(), Resource.MEMORY));
        return memory == null ? Optional.empty() : memory.leak;
    }

    @Override
    public synchronized List<ContainerOutlook> outlooks(WorkloadId workload) {
        return known.entrySet().stream()
                .filter(entry -> entry.getKey().workload().equals(workload)
                        && !entry.getValue().series.isEmpty())
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

    private List<Members.Member> members(DemandSubject subject) {
        return known.entrySet().stream()
                .filter(entry -> DemandKind.of(entry.getKey().resource()) == subject.kind())
                .map(entry -> new Members.Member(
                        entry.getValue().series,
                        joint.share(entry.getKey().workload(), subject.scope(), subject.name())))
                .filter(member -> member.share() > 0)
                .toList();
    }

    @Override
    public synchronized List<Overall> accuracy() {
        // Most clusters have no GPU, and all have the others.
        boolean gpus = known.keySet().stream().anyMatch(subject -> subject.resource() == Resource.GPU);
        return Stream.concat(
                        Arrays.stream(Resource.values())
                                .filter(resource -> resource != Resource.GPU || gpus)
                                .map(this::accuracy),
                        further.accuracy().stream())
                .toList();
    }

    @Override
    public Optional<Accuracy> accuracy(Subject subject) {
        return Optional.ofNullable(judged.get(subject));
    }

    private Overall accuracy(Resource resource) {
        return Overall.of(
                Scope.CONTAINER,
                DemandKind.of(resource),
                known.entrySet().stream()
                        .filter(entry -> entry.getKey().resource() == resource)
                        .map(entry -> entry.getValue().series.accuracy())
                        .toList());
    }

    @Override
    public FurtherSeries.Room room() {
        return further.room();
    }

    /** What is known of a series; empty before its first sample. It changes with the next samples. */
    synchronized Optional<OnlineSeries> series(Subject subject) {
        return Optional.ofNullable(known.get(subject)).map(together -> together.series);
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
    }

    @Override
    public int stateVersion() {
        return VERSION;
    }

    @Override
    public synchronized void save(StateWriter to) {
        to.number(known.size());
        known.forEach((subject, together) -> {
            to.text(subject.workload().namespace());
            to.text(subject.workload().kind());
            to.text(subject.workload().name());
            to.text(subject.container());
            to.text(subject.resource().name());
            together.write(to);
        });
        minutes.write(to);
        to.number(inner.stateVersion());
        inner.save(to);
    }

    /** Version 1 is the other forecaster's: what is to come is learned anew then. */
    @Override
    public synchronized void restore(int version, StateReader from) {
        if (version < 1 || version > VERSION)
            throw new IllegalArgumentException(
                    "version %d of the forecaster's state is not known, only 1 to %d are".formatted(version, VERSION));
        Map<Subject, Together> found = new HashMap<>();
        Map<WorkloadId, MinuteUse> foundMinutes = Map.of();
        int innerVersion = version;
        if (version > 1) {
            for (int left = from.count(); left > 0; left--) {
                WorkloadId workload = new WorkloadId(from.text(), from.text(), from.text());
                Subject subject = new Subject(workload, from.text(), Resource.valueOf(from.text()));
                found.put(subject, Together.read(from, version));
            }
            if (version > 3) foundMinutes = ScaledMinutes.read(from);
            innerVersion = Math.toIntExact(Math.min(from.number(), Integer.MAX_VALUE));
        }
        inner.restore(innerVersion, from);
        known.clear();
        known.putAll(found);
        minutes.goOnWith(foundMinutes);
    }
}
