package io.trimtab.forecast;

import io.trimtab.forecast.encoding.StateReader;
import io.trimtab.forecast.encoding.StateWriter;
import io.trimtab.forecast.online.Accuracy;
import io.trimtab.forecast.online.Leak;
import io.trimtab.forecast.online.OnlineSeries;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.HorizontalAutoscaler;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.PodId;
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
import java.util.stream.Collectors;

/**
 * Adds to another forecaster what is to come: for each container of a workload one {@link OnlineSeries} of CPU and one of memory, over
 * all its pods together, and {@link MinuteUse} for workloads that are scaled on CPU. One that is new begins like those of the same image. Refits rotate: each series has its minute of the hour.
 * Safe for threads: one learns while others look.
 */
public final class OutlookForecaster implements RememberingForecaster, Outlooks {
    /** Of the form below; version 1 was that of the other forecaster alone, version 2 had no leaks, version 3 no minutes. */
    private static final int VERSION = 4;

    /** While older samples are read, as at a first start, nothing is fitted. */
    private static final Duration LIVE = Duration.ofHours(1);

    private static final int MINUTES_PER_HOUR = 60;
    private static final int HOURS_PER_DAY = 24;
    private static final int MOST_SIBLINGS = 8;

    /** At most this part of the series is fitted in one round, so that no round waits long for a first start's fits. */
    private static final int ROUNDS_OF_FITS = 30;

    private final RememberingForecaster inner;
    private final Map<Subject, Together> known = new HashMap<>();
    private final Map<WorkloadId, MinuteUse> minutes = new HashMap<>();

    /** What a series is of. */
    public record Subject(WorkloadId workload, String container, Resource resource) {}

    public OutlookForecaster(RememberingForecaster inner) {
        this.inner = inner;
    }

    @Override
    public synchronized void observe(UsageBatch batch, ClusterSnapshot snapshot) {
        inner.observe(batch, snapshot);
        Map<Subject, String> images = images(snapshot);
        known.keySet().retainAll(images.keySet());
        Map<Subject, List<UsageSeries>> samples = bySubject(batch, snapshot);
        Map<String, List<Subject>> byImage = new HashMap<>();
        images.forEach((subject, image) ->
                byImage.computeIfAbsent(image, _ -> new ArrayList<>()).add(subject));
        samples.forEach((subject, series) -> {
            String image = images.get(subject);
            if (image == null) return;
            List<Subject> alike = byImage.getOrDefault(image, List.of());
            known.computeIfAbsent(subject, _ -> new Together(begin(subject, alike)))
                    .add(series);
        });
        countMinutes(samples, snapshot);
        Optional<Instant> newest = newest(batch);
        if (newest.isPresent()) {
            if (newest.get().isBefore(snapshot.at().minus(LIVE))) return;
            rest(snapshot);
        }
        refit(snapshot.at().atOffset(ZoneOffset.UTC).getMinute());
    }

    /** For those only that an autoscaler scales on CPU. */
    private void countMinutes(Map<Subject, List<UsageSeries>> samples, ClusterSnapshot snapshot) {
        Set<WorkloadId> scaled = snapshot.autoscalers().stream()
                .filter(autoscaler -> autoscaler.cpuUtilizationPercent().isPresent())
                .map(HorizontalAutoscaler::target)
                .collect(Collectors.toSet());
        if (snapshot.limitsKnown()) minutes.keySet().retainAll(scaled);
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
        cpu.forEach((workload, series) -> minutes.computeIfAbsent(workload, _ -> new MinuteUse())
                .add(series, pods.getOrDefault(workload, Map.of()), snapshot.at()));
    }

    @Override
    public synchronized Optional<PastUse> past(WorkloadId workload, int newest) {
        return Optional.ofNullable(minutes.get(workload)).flatMap(use -> use.past(newest));
    }

    /** Each series has its minute of the hour; those that could not be fitted in it are fitted in the next ones. */
    private void refit(int minute) {
        known.entrySet().stream()
                .filter(entry -> Math.floorMod(entry.getKey().hashCode(), MINUTES_PER_HOUR) <= minute)
                .filter(entry -> entry.getValue().series.due())
                .limit(known.size() / ROUNDS_OF_FITS + 1L)
                .toList()
                .parallelStream()
                .forEach(entry -> entry.getValue().refit(entry.getKey().resource()));
    }

    @Override
    public synchronized List<Demand> forecast(ClusterSnapshot snapshot) {
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
    public synchronized List<Overall> accuracy() {
        return Arrays.stream(Resource.values()).map(this::accuracy).toList();
    }

    private Overall accuracy(Resource resource) {
        List<Accuracy> judged = known.entrySet().stream()
                .filter(entry -> entry.getKey().resource() == resource)
                .map(entry -> entry.getValue().series.accuracy())
                .filter(accuracy -> accuracy.hours() >= HOURS_PER_DAY)
                .toList();
        return new Overall(
                resource,
                judged.size(),
                judged.stream().mapToDouble(Accuracy::mase).average().orElse(0),
                judged.stream().mapToDouble(Accuracy::coverage).average().orElse(0),
                Math.toIntExact(
                        judged.stream().filter(Accuracy::betterThanNaive).count()));
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

    private static Map<Subject, List<UsageSeries>> bySubject(UsageBatch batch, ClusterSnapshot snapshot) {
        PodOwners owners = new PodOwners(snapshot);
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
                .filter(other -> other.resource() == subject.resource() && known.containsKey(other))
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
        minutes.forEach((workload, use) -> {
            if (!running.contains(workload)) use.none(snapshot.at().getEpochSecond());
        });
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
        to.number(minutes.size());
        minutes.forEach((workload, use) -> {
            to.text(workload.namespace());
            to.text(workload.kind());
            to.text(workload.name());
            use.write(to);
        });
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
        Map<WorkloadId, MinuteUse> foundMinutes = new HashMap<>();
        int innerVersion = version;
        if (version > 1) {
            for (int left = from.count(); left > 0; left--) {
                WorkloadId workload = new WorkloadId(from.text(), from.text(), from.text());
                Subject subject = new Subject(workload, from.text(), Resource.valueOf(from.text()));
                found.put(subject, Together.read(from, version > 2));
            }
            for (int left = version > 3 ? from.count() : 0; left > 0; left--)
                foundMinutes.put(new WorkloadId(from.text(), from.text(), from.text()), MinuteUse.read(from));
            innerVersion = Math.toIntExact(Math.min(from.number(), Integer.MAX_VALUE));
        }
        inner.restore(innerVersion, from);
        known.clear();
        known.putAll(found);
        minutes.clear();
        minutes.putAll(foundMinutes);
    }
}
