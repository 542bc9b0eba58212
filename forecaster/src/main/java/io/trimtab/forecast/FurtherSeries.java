package io.trimtab.forecast;

import io.trimtab.forecast.encoding.StateReader;
import io.trimtab.forecast.encoding.StateWriter;
import io.trimtab.forecast.online.Accuracy;
import io.trimtab.forecast.online.Holidays;
import io.trimtab.forecast.online.Occasions;
import io.trimtab.forecast.online.Outlook;
import io.trimtab.ingest.model.ClusterSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is forecast beside the containers' CPU and memory: each series is named by a {@link DemandSubject} and fed by whoever reads it.
 * There are at most so many; one that finds no room is left out, and counted. Safe for threads: some feed while others look.
 */
public final class FurtherSeries {
    /** Some 3.4 KB each, so 34 MB. */
    static final int MOST = 10_000;

    /** As long as a series remembers. */
    private static final Duration SILENCE = Duration.ofDays(28);

    private final int most;
    private final Map<DemandSubject, Followed> known = new HashMap<>();
    private final Turns turns = new Turns();
    private long leftOut;

    /**
     * How much room there is.
     *
     * @param leftOut samples of series that found none
     */
    public record Room(int series, int most, long leftOut) {}

    public FurtherSeries() {
        this(MOST);
    }

    FurtherSeries(int most) {
        this.most = most;
    }

    /** Takes in a sample; one that is negative, not finite or not after the newest of its series does not count. */
    public void feed(DemandSubject subject, Instant at, double value) {
        followed(subject).ifPresent(series -> series.add(at.getEpochSecond(), value));
    }

    private synchronized Optional<Followed> followed(DemandSubject subject) {
        if (known.size() < most || known.containsKey(subject))
            return Optional.of(known.computeIfAbsent(subject, _ -> new Followed()));
        leftOut++;
        return Optional.empty();
    }

    /** Who has a series of a kind. */
    public synchronized List<String> names(Scope scope, DemandKind kind) {
        return known.keySet().stream()
                .filter(subject -> subject.scope() == scope && subject.kind() == kind)
                .map(DemandSubject::name)
                .toList();
    }

    public synchronized Room room() {
        return new Room(known.size(), most, leftOut);
    }

    /** Forgets what is gone, and fits those whose turn it is; who feeds others meanwhile does not wait. */
    void round(ClusterSnapshot snapshot, Holidays holidays) {
        forget(snapshot);
        Occasions occasions = new Occasions(OptionalLong.empty(), holidays);
        due(snapshot.at()).parallelStream().forEach(one -> one.refit(occasions));
    }

    private void forget(ClusterSnapshot snapshot) {
        Map<Scope, Set<String>> there = there(snapshot);
        long oldest = snapshot.at().minus(SILENCE).getEpochSecond();
        Set<DemandSubject> gone = all().entrySet().stream()
                .filter(entry ->
                        !Objects.requireNonNull(there.get(entry.getKey().scope()))
                                        .contains(entry.getKey().name())
                                || entry.getValue().newestSeconds() < oldest)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        synchronized (this) {
            known.keySet().removeAll(gone);
        }
    }

    List<Followed> due(Instant now) {
        return turns.next(now, all().values(), Function.identity());
    }

    /** To look at one by one: while one is fitted, only who asks for it waits. */
    private synchronized Map<DemandSubject, Followed> all() {
        return new HashMap<>(known);
    }

    private static Map<Scope, Set<String>> there(ClusterSnapshot snapshot) {
        Map<Scope, Set<String>> there = new EnumMap<>(Scope.class);
        there.put(
                Scope.WORKLOAD,
                snapshot.workloads().stream()
                        .map(workload -> workload.id().toString())
                        .collect(Collectors.toSet()));
        there.put(Scope.NAMESPACE, NamespacesAndPools.namespaces(snapshot));
        there.put(Scope.NODE_POOL, NamespacesAndPools.pools(snapshot));
        return there;
    }

    /** By kind, then source; a series without a sample is none. */
    List<DemandOutlook> outlooks(Scope scope, String name) {
        return all().entrySet().stream()
                .filter(entry -> entry.getKey().scope() == scope
                        && entry.getKey().name().equals(name)
                        && !entry.getValue().isEmpty())
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> new DemandOutlook(entry.getKey(), entry.getValue().outlook(), Optional.empty()))
                .toList();
    }

    /** Of those that a scope has once, by name; a series without a sample is none. */
    Map<String, Outlook> ahead(Scope scope, DemandKind kind, Duration horizon) {
        Map<String, Outlook> ahead = new HashMap<>();
        all().forEach((subject, series) -> {
            boolean wanted = subject.scope() == scope
                    && subject.kind() == kind
                    && subject.source().isEmpty();
            if (wanted && !series.isEmpty()) ahead.put(subject.name(), series.forecast(horizon));
        });
        return ahead;
    }

    /** By scope and kind, those that there are. */
    Map<Scope, Map<DemandKind, List<Accuracy>>> accuracies() {
        return all().entrySet().stream()
                .collect(Collectors.groupingBy(
                        entry -> entry.getKey().scope(),
                        Collectors.groupingBy(
                                entry -> entry.getKey().kind(),
                                TreeMap::new,
                                Collectors.mapping(entry -> entry.getValue().accuracy(), Collectors.toList()))));
    }

    void write(StateWriter to) {
        Map<DemandSubject, Followed> all = all();
        to.number(all.size());
        all.forEach((subject, followed) -> {
            to.text(subject.scope().name());
            to.text(subject.name());
            to.text(subject.kind().name());
            to.text(subject.source());
            followed.write(to);
        });
        to.number(room().leftOut());
    }

    /** @throws IllegalArgumentException if the bytes hold no such state; then nothing has changed */
    synchronized void read(StateReader from) {
        Map<DemandSubject, Followed> found = new HashMap<>();
        for (int left = from.count(); left > 0; left--) {
            Scope scope = Scope.valueOf(from.text());
            String name = from.text();
            DemandSubject subject = new DemandSubject(scope, name, DemandKind.valueOf(from.text()), from.text());
            found.put(subject, Followed.read(from));
        }
        long samples = from.number();
        from.end();
        known.clear();
        known.putAll(found);
        leftOut = samples;
    }
}
