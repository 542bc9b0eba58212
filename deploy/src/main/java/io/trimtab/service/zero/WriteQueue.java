package io.trimtab.service.zero;

import io.trimtab.ingest.model.TriggeredScaling;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be written next: no more than so many in any second, the namespaces in turn, the newest of each object only, and one write of an object at a time.
 * Not safe for several threads; {@link Writer} is.
 */
final class WriteQueue<T> {
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** @param what is to be written for the object */
    record Write<T>(TriggeredScaling.Id id, T what) {}

    private final int perSecond;
    private final InstantSource time;
    private final Map<String, Map<TriggeredScaling.Id, Write<T>>> waiting = new LinkedHashMap<>();
    private final Set<TriggeredScaling.Id> underWay = new HashSet<>();
    private final Deque<Instant> written = new ArrayDeque<>();

    /** @param time that passes as the second does, whatever the cluster's clock says */
    WriteQueue(int perSecond, InstantSource time) {
        if (perSecond < 1) throw new IllegalArgumentException("perSecond (%d) must be at least 1".formatted(perSecond));
        this.perSecond = perSecond;
        this.time = time;
    }

    /** What still waits for the same object is replaced, in its place. */
    void add(Write<T> write) {
        waiting.computeIfAbsent(write.id().target().namespace(), unseen -> new LinkedHashMap<>())
                .put(write.id(), write);
    }

    /** What is no longer wanted. */
    void forget(TriggeredScaling.Id id) {
        Map<TriggeredScaling.Id, Write<T>> ofNamespace = waiting.get(id.target().namespace());
        if (ofNamespace == null) return;
        ofNamespace.remove(id);
        if (ofNamespace.isEmpty()) waiting.remove(id.target().namespace());
    }

    /** The next that may be written now; it is under way until {@link #done}. */
    Optional<Write<T>> next() {
        Instant now = time.instant();
        // Where the clock was set back, what counts from then on is the new time.
        written.removeIf(at -> at.isAfter(now));
        while (!written.isEmpty() && !written.peekFirst().plus(SECOND).isAfter(now)) written.pollFirst();
        if (written.size() >= perSecond) return Optional.empty();
        for (String namespace : List.copyOf(waiting.keySet())) {
            Optional<Write<T>> write = first(namespace);
            if (write.isEmpty()) continue;
            written.addLast(now);
            underWay.add(write.get().id());
            return write;
        }
        return Optional.empty();
    }

    /** Takes the namespace's first that is not under way, and puts the namespace behind the others. */
    private Optional<Write<T>> first(String namespace) {
        Map<TriggeredScaling.Id, Write<T>> ofNamespace = waiting.get(namespace);
        if (ofNamespace == null) return Optional.empty();
        for (Iterator<Write<T>> each = ofNamespace.values().iterator(); each.hasNext(); ) {
            Write<T> write = each.next();
            if (underWay.contains(write.id())) continue;
            each.remove();
            waiting.remove(namespace);
            if (!ofNamespace.isEmpty()) waiting.put(namespace, ofNamespace);
            return Optional.of(write);
        }
        return Optional.empty();
    }

    void done(TriggeredScaling.Id id) {
        underWay.remove(id);
    }

    /** How long until the next may be written; zero when it may be now or nothing was written lately. */
    Duration untilNext() {
        if (written.size() < perSecond) return Duration.ZERO;
        Duration left = Duration.between(time.instant(), written.peekFirst().plus(SECOND));
        return left.isNegative() ? Duration.ZERO : left;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    int size() {
        return waiting.values().stream().mapToInt(Map::size).sum();
    }
}
