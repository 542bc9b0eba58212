package io.trimtab.forecast;

import io.trimtab.forecast.encoding.StateReader;
import io.trimtab.forecast.encoding.StateWriter;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.UsageSeries;
import io.trimtab.ingest.model.WorkloadId;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Feeds what each namespace and each pool of nodes uses as a series of its own, so that what goes together is in it. Not safe for
 * threads.
 */
final class JointSums {
    private static final int MINUTE_SECONDS = 60;

    private final FurtherSeries to;
    private final Placement placement = new Placement();
    private Map<Resource, MinuteSums> sums = new EnumMap<>(Resource.class);

    JointSums(FurtherSeries to) {
        this.to = to;
        for (Resource resource : Resource.values()) sums.put(resource, new MinuteSums());
    }

    /** @param members samples of the containers that are followed one by one too */
    void observe(List<UsageSeries> members, PodOwners owners, ClusterSnapshot snapshot) {
        placement.update(snapshot);
        Set<PodId> running = new HashSet<>();
        for (Pod pod : snapshot.pods()) if (pod.occupiesNode()) running.add(pod.id());
        MinuteSums.Places places = new MinuteSums.Places() {
            @Override
            public boolean runs(PodId pod) {
                return running.contains(pod);
            }

            @Override
            public Map<String, Double> pools(PodId pod) {
                return placement.shares(pod, owners);
            }
        };
        sums.forEach((resource, minutes) -> minutes.take(
                members.stream().filter(series -> series.resource() == resource).toList(),
                places,
                snapshot.at(),
                (scope, name, atSeconds, sum) -> to.feed(
                        new DemandSubject(scope, name, DemandKind.of(resource)),
                        Instant.ofEpochSecond(atSeconds),
                        sum)));
    }

    /** Where no pod runs nothing is used, and nobody says so. */
    void rest(ClusterSnapshot snapshot) {
        Map<String, String> poolsOfNodes = NamespacesAndPools.poolsOfNodes(snapshot);
        Set<String> namespaces = new HashSet<>();
        Set<String> pools = new HashSet<>();
        for (Pod pod : snapshot.pods()) {
            if (!pod.occupiesNode()) continue;
            namespaces.add(pod.id().namespace());
            NamespacesAndPools.pool(pod, poolsOfNodes).ifPresent(pools::add);
        }
        Instant at =
                Instant.ofEpochSecond(Math.floorDiv(snapshot.at().getEpochSecond(), MINUTE_SECONDS) * MINUTE_SECONDS);
        for (Resource resource : Resource.values()) {
            rest(Scope.NAMESPACE, DemandKind.of(resource), namespaces, at);
            rest(Scope.NODE_POOL, DemandKind.of(resource), pools, at);
        }
    }

    private void rest(Scope scope, DemandKind kind, Set<String> busy, Instant at) {
        for (String name : to.names(scope, kind))
            if (!busy.contains(name)) to.feed(new DemandSubject(scope, name, kind), at, 0);
    }

    /** What part of a workload counts for a namespace or a pool, as its pods are spread now. */
    double share(WorkloadId workload, Scope scope, String name) {
        return switch (scope) {
            case NAMESPACE -> workload.namespace().equals(name) ? 1 : 0;
            case NODE_POOL -> placement.spread(workload).getOrDefault(name, 0.0);
            case CONTAINER, WORKLOAD -> 0;
        };
    }

    void write(StateWriter to) {
        to.number(sums.size());
        sums.forEach((resource, minutes) -> {
            to.text(resource.name());
            minutes.write(to);
        });
    }

    /** @throws IllegalArgumentException if the bytes hold no such state */
    static Map<Resource, MinuteSums> read(StateReader from) {
        Map<Resource, MinuteSums> read = new EnumMap<>(Resource.class);
        for (Resource resource : Resource.values()) read.put(resource, new MinuteSums());
        for (int left = from.count(); left > 0; left--) {
            Resource resource = Resource.valueOf(from.text());
            read.put(resource, MinuteSums.read(from));
        }
        return read;
    }

    void goOnWith(Map<Resource, MinuteSums> restored) {
        sums = restored;
    }
}
