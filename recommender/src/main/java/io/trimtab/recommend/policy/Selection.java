package io.trimtab.recommend.policy;

import io.trimtab.ingest.model.LabelSelector;
import io.trimtab.ingest.model.Policy;
import io.trimtab.ingest.model.Workload;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The policies that are the most specific ones for a workload: one of its namespace before a cluster-wide one, and of either one with a
 * selector before one without.
 */
final class Selection {
    private final List<Policy> clusterWide = new ArrayList<>();
    private final Map<String, List<Policy>> byNamespace = new HashMap<>();

    Selection(Collection<Policy> policies) {
        for (Policy policy : policies) {
            if (policy.id().isClusterWide()) clusterWide.add(policy);
            else
                byNamespace
                        .computeIfAbsent(policy.id().namespace(), unseen -> new ArrayList<>())
                        .add(policy);
        }
    }

    /** @return none, the one that governs it, or those that tie */
    List<Policy> of(Workload workload) {
        List<Policy> best = new ArrayList<>();
        Stream.concat(byNamespace.getOrDefault(workload.id().namespace(), List.of()).stream(), clusterWide.stream())
                .filter(policy -> policy.spec().scope().covers(workload))
                .forEach(policy -> {
                    int ahead = best.isEmpty() ? 1 : Integer.compare(rank(policy), rank(best.getFirst()));
                    if (ahead > 0) best.clear();
                    if (ahead >= 0) best.add(policy);
                });
        return best;
    }

    private static int rank(Policy policy) {
        int place = policy.id().isClusterWide() ? 0 : 2;
        boolean selects = !policy.spec().scope().selector().equals(LabelSelector.EVERYTHING);
        return selects ? place + 1 : place;
    }
}
