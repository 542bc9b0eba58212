package io.trimtab.recommend.consolidation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts drained nodes into waves: the earliest that its disruption budgets and the budgets for nodes leave room in. */
final class Waves {
    private final Map<String, Integer> allowed;
    private final Limits limits;
    private final List<Wave> waves = new ArrayList<>();

    /** What has been put into one. */
    private static final class Wave {
        private final Map<String, Integer> empty = new HashMap<>();
        private final Map<String, Integer> used = new HashMap<>();
        private final Map<String, Integer> evictions = new HashMap<>();
    }

    Waves(Map<String, Integer> allowed, Limits limits) {
        this.allowed = allowed;
        this.limits = limits;
    }

    int count() {
        return waves.size();
    }

    /**
     * @param first the earliest wave that it may be in
     * @return the wave of the host, from 1
     */
    int put(Host host, int first) {
        int at = first - 1;
        while (at < waves.size() && !hasRoom(waves.get(at), host)) at++;
        if (at == waves.size()) waves.add(new Wave());
        Wave wave = waves.get(at);
        (host.isEmpty() ? wave.empty : wave.used).merge(limits.group(host), 1, Integer::sum);
        host.evictions().forEach((budget, pods) -> wave.evictions.merge(budget, pods, Integer::sum));
        return at + 1;
    }

    private boolean hasRoom(Wave wave, Host host) {
        Limits.AtOnce most = limits.of(host);
        int empty = wave.empty.getOrDefault(limits.group(host), 0);
        int used = wave.used.getOrDefault(limits.group(host), 0);
        if (empty + used >= most.together()) return false;
        if (host.isEmpty() ? empty >= most.empty() : used >= most.used()) return false;
        return host.evictions().entrySet().stream()
                .allMatch(entry -> wave.evictions.getOrDefault(entry.getKey(), 0) + entry.getValue()
                        <= allowed.getOrDefault(entry.getKey(), 0));
    }
}
