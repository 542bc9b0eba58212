package io.trimtab.recommend.replay;

import io.trimtab.ingest.model.WorkloadId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.SortedMap;
import java.util.TreeMap;

/** Everything that the simulation's parts share: what there is, what is due, and the moment. */
final class World {
    final SimulatedClusterSpec spec;
    final NodePrice price;
    final long startSecond;
    final long stepSeconds;
    final List<NodePool> pools;
    final SortedMap<WorkloadId, SimulatedWorkload> workloads = new TreeMap<>();
    final List<HorizontalScaler> scalers = new ArrayList<>();
    final List<SimulatedNode> nodes = new ArrayList<>();
    final List<SimulatedPod> pending = new ArrayList<>();
    final EventQueue events = new EventQueue();
    final Counters counters = new Counters();
    final UsageHistory history;

    /** Workloads whose pods may not be what they should be, in the order in which they were named. */
    private final SequencedSet<SimulatedWorkload> unsettled = new LinkedHashSet<>();

    /** Whether a pod came or room was freed since pods were last placed. */
    boolean placementDue;

    /** Seconds since the epoch. */
    long second;

    private long nodesEver;

    World(SimulatedClusterSpec spec, NodePrice price) {
        this.spec = spec;
        this.price = price;
        startSecond = spec.start().getEpochSecond();
        stepSeconds = spec.step().toSeconds();
        second = startSecond;
        pools = NodePool.forCluster(spec.nodes());
        history = new UsageHistory(spec);
    }

    void unsettle(SimulatedWorkload workload) {
        unsettled.add(workload);
    }

    /** The next workload to look at; empty when all are settled. */
    Optional<SimulatedWorkload> nextUnsettled() {
        return unsettled.isEmpty() ? Optional.empty() : Optional.of(unsettled.removeFirst());
    }

    SimulatedNode newNode(NodePool pool) {
        long number = nodesEver++;
        long seed = Seeds.mix(spec.seed() ^ 0x6e6f6465L, number);
        int host = (int) Math.floorMod(number * 7_919 + Math.floorMod(spec.seed(), 60_000L), 64_000L);
        String name =
                "ip-10-%d-%d-%d.eu-central-1.compute.internal".formatted(number / 64_000, host / 250, 4 + host % 250);
        String zone = "eu-central-1" + (char) ('a' + Math.floorMod(number, 3L));
        SimulatedNode node = new SimulatedNode(pool, name, zone, seed, second);
        nodes.add(node);
        return node;
    }

    int countOf(NodePool pool) {
        int count = 0;
        for (SimulatedNode node : nodes) if (node.pool.equals(pool)) count++;
        return count;
    }
}
