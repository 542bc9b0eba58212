package io.trimtab.ingest.kubernetes;

import io.trimtab.ingest.model.ContainerId;
import io.trimtab.ingest.model.OutOfMemoryKill;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The kills for memory seen so far, each once, the oldest forgotten first. */
final class KillLog {
    private record Key(ContainerId container, Instant at) {}

    private final int capacity;
    private final Map<Key, OutOfMemoryKill> kills = new LinkedHashMap<>();

    KillLog(int capacity) {
        this.capacity = capacity;
    }

    synchronized void add(Collection<OutOfMemoryKill> seen) {
        for (OutOfMemoryKill kill : seen) kills.putIfAbsent(new Key(kill.container(), kill.at()), kill);
        while (kills.size() > capacity) kills.remove(kills.keySet().iterator().next());
    }

    /** Takes back what a log before this one had seen; a kill that both have became known when that one saw it. */
    synchronized void restore(Collection<OutOfMemoryKill> seen) {
        List<OutOfMemoryKill> since = List.copyOf(kills.values());
        kills.clear();
        add(seen);
        add(since);
    }

    synchronized List<OutOfMemoryKill> seenAfter(Instant moment) {
        return kills.values().stream()
                .filter(kill -> kill.seenAt().isAfter(moment))
                .sorted(Comparator.comparing(OutOfMemoryKill::seenAt).thenComparing(OutOfMemoryKill::container))
                .toList();
    }
}
