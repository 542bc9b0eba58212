package io.trimtab.recommend.nodeplan;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Resources;
import io.trimtab.ingest.model.CapacityType;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.CpuAndMemory;
import io.trimtab.ingest.model.DisruptionBudget;
import io.trimtab.ingest.model.LabelSelector;
import io.trimtab.ingest.model.NamespaceLimits;
import io.trimtab.ingest.model.Node;
import io.trimtab.ingest.model.NodeClaim;
import io.trimtab.ingest.model.NodeDisruption;
import io.trimtab.ingest.model.NodePool;
import io.trimtab.ingest.model.NodeSupply;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.PodPhase;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.Scheduling;
import io.trimtab.ingest.model.Taint;
import io.trimtab.ingest.model.Tie;
import io.trimtab.ingest.model.Ties;
import io.trimtab.ingest.model.WorkloadId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A cluster, put together for a test. */
final class Seen {
    static final Instant AT = Instant.parse("2026-11-30T12:00:00Z");
    static final NodePlans.Prices PRICES =
            (node, as) -> BigDecimal.valueOf(node.capacity().cpu().value() * (as == CapacityType.SPOT ? 2 : 5), 5);

    private final List<Node> nodes = new ArrayList<>();
    private final List<Pod> pods = new ArrayList<>();
    private final List<DisruptionBudget> budgets = new ArrayList<>();
    private final List<NodePool> pools = new ArrayList<>();
    private final List<NodeClaim> claims = new ArrayList<>();
    private boolean known = true;

    /** Ephemeral storage of the nodes that follow. */
    Bytes storage = Node.UNBOUNDED;

    /** A Karpenter NodePool; nodes are of it by their label. */
    Seen pool(String name, Optional<Integer> replicas, NodeDisruption disruption) {
        pools.add(new NodePool(
                NodePool.KARPENTER,
                "",
                name,
                replicas,
                Optional.empty(),
                Optional.empty(),
                CpuAndMemory.NONE,
                Optional.empty(),
                disruption));
        return this;
    }

    Seen withoutPools() {
        pools.clear();
        return this;
    }

    Seen claim(String node, NodeClaim.Life life) {
        claims.add(new NodeClaim("claim-" + node, "general", node, life));
        return this;
    }

    /** A pod in the making. */
    static final class Making {
        Map<String, String> labels = Map.of();
        Map<String, String> annotations = Map.of();
        Scheduling scheduling = Scheduling.PLAIN;
        Optional<String> kind = Optional.of("Deployment");
        Duration age = Duration.ofDays(1);
        boolean leaving;
        long gpuMilli;
    }

    Seen node(String name, long cpuMilli, String zone, CapacityType type, Map<String, String> labels, Taint... taints) {
        Map<String, String> all = new HashMap<>(labels);
        all.put("topology.kubernetes.io/zone", zone);
        Resources room = new Resources(new MilliCores(cpuMilli), new Bytes(cpuMilli << 22), new GpuMilli(0));
        nodes.add(new Node(
                name,
                "m" + cpuMilli,
                "r",
                zone,
                type,
                room,
                room,
                50,
                true,
                true,
                all,
                AT,
                "pool",
                List.of(taints),
                Map.of(),
                storage));
        return this;
    }

    Seen pod(String name, String node, long cpuMilli, Making making) {
        Requirements asked = new Requirements(
                Optional.of(new MilliCores(cpuMilli)),
                Optional.of(new Bytes(cpuMilli << 21)),
                Optional.empty(),
                Optional.empty(),
                new GpuMilli(making.gpuMilli));
        Instant started = AT.minus(making.age);
        pods.add(new Pod(
                new PodId("shop", name),
                making.kind.map(kind -> new WorkloadId("shop", kind, name)),
                Optional.of(node),
                PodPhase.RUNNING,
                List.of(new ContainerSpec("app", "i", asked, Optional.empty(), Set.of())),
                making.labels,
                making.annotations,
                started,
                Optional.of(started),
                Optional.of(started),
                making.leaving ? Optional.of(AT) : Optional.empty(),
                making.scheduling));
        return this;
    }

    Seen budget(String name, String selector, int allowed) {
        budgets.add(new DisruptionBudget("shop", name, LabelSelector.parse(selector), "", "1", allowed));
        return this;
    }

    Seen unknownLimits() {
        known = false;
        return this;
    }

    static Scheduling tied(Tie... ties) {
        return with(new Ties(Set.of(ties), List.of()));
    }

    static Scheduling storing(long bytes) {
        return new Scheduling(Map.of(), List.of(), List.of(), List.of(), Resources.ZERO, Ties.NONE, new Bytes(bytes));
    }

    static Scheduling with(Ties ties) {
        return new Scheduling(Map.of(), List.of(), List.of(), List.of(), Resources.ZERO, ties);
    }

    ClusterSnapshot snapshot() {
        return new ClusterSnapshot(
                AT,
                List.of(),
                pods,
                nodes,
                List.of(),
                List.of(),
                List.of(),
                new NodeSupply(pools, claims, List.of()),
                new NamespaceLimits(List.of(), List.of(), budgets),
                known);
    }
}
