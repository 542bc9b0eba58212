package io.trimtab.recommend.replay;

import io.trimtab.cost.units.Money;
import io.trimtab.ingest.model.CapacityType;
import io.trimtab.recommend.replay.SimulationReport.NodeHours;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Adds up what the simulation comes to. */
final class Counters {
    private record NodeKind(String instanceType, CapacityType capacityType) implements Comparable<NodeKind> {
        private static final Comparator<NodeKind> ORDER =
                Comparator.comparing(NodeKind::instanceType).thenComparing(NodeKind::capacityType);

        @Override
        public int compareTo(NodeKind other) {
            return ORDER.compare(this, other);
        }
    }

    private static final double GIB = 1L << 30;

    double throttledSeconds;
    long oomKills;
    long leakKills;
    double podSeconds;
    long pendingPodSeconds;
    long spotReclaims;
    double requestedMilliSeconds;
    double usedMilliSeconds;
    double requestedByteSeconds;
    double usedByteSeconds;
    double unusedMilliSeconds;
    double unusedByteSeconds;
    private final Map<NodeKind, Long> goneNodeSeconds = new TreeMap<>();

    void nodeGone(SimulatedNode node, long second) {
        goneNodeSeconds.merge(kindOf(node), second - node.launchedAt, Long::sum);
    }

    private static NodeKind kindOf(SimulatedNode node) {
        return new NodeKind(node.pool.shape().instanceType(), node.pool.capacityType());
    }

    SimulationReport report(World world) {
        List<NodeHours> nodes = nodeHours(world);
        Money cost = nodes.stream().map(NodeHours::cost).reduce(Money::plus).orElseThrow();
        long pending = pendingPodSeconds;
        for (SimulatedPod pod : world.pending) pending += world.second - pod.createdAt;
        double served = 0;
        double late = 0;
        for (SimulatedWorkload workload : world.workloads.values()) {
            served += workload.servedRequests;
            late += workload.lateRequests;
        }
        return new SimulationReport(
                world.spec.start(),
                Instant.ofEpochSecond(world.second),
                throttledSeconds / 60,
                oomKills,
                leakKills,
                podSeconds / 3600,
                pending,
                Math.round(served),
                Math.round(late),
                spotReclaims,
                requestedMilliSeconds / 3.6e6,
                usedMilliSeconds / 3.6e6,
                requestedByteSeconds / GIB / 3600,
                usedByteSeconds / GIB / 3600,
                unusedMilliSeconds / 3.6e6,
                unusedByteSeconds / GIB / 3600,
                nodes,
                cost);
    }

    private List<NodeHours> nodeHours(World world) {
        Map<NodeKind, Long> seconds = new TreeMap<>(goneNodeSeconds);
        // A pool that never had a node stands with nothing, so that the report has a currency even so.
        for (NodePool pool : world.pools)
            seconds.merge(new NodeKind(pool.shape().instanceType(), pool.capacityType()), 0L, Long::sum);
        for (SimulatedNode node : world.nodes) seconds.merge(kindOf(node), world.second - node.launchedAt, Long::sum);
        List<NodeHours> hours = new ArrayList<>();
        seconds.forEach((kind, running) ->
                hours.add(priced(kind, running, world.price.perHour(kind.instanceType(), kind.capacityType()))));
        return hours;
    }

    private static NodeHours priced(NodeKind kind, long runningSeconds, Money perHour) {
        BigDecimal amount = perHour.amount()
                .multiply(BigDecimal.valueOf(runningSeconds))
                .divide(BigDecimal.valueOf(3600), 6, RoundingMode.CEILING);
        return new NodeHours(
                kind.instanceType(),
                kind.capacityType(),
                Duration.ofSeconds(runningSeconds),
                perHour,
                Money.of(amount, perHour.currency(), RoundingMode.CEILING));
    }
}
