package io.trimtab.recommend.feasible;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Money;
import io.trimtab.cost.units.Resources;
import io.trimtab.forecast.Demand;
import io.trimtab.forecast.RecentDays;
import io.trimtab.ingest.model.CapacityType;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.CpuAndMemory;
import io.trimtab.ingest.model.InitContainer;
import io.trimtab.ingest.model.LimitRange;
import io.trimtab.ingest.model.NamespaceLimits;
import io.trimtab.ingest.model.Node;
import io.trimtab.ingest.model.NodePool;
import io.trimtab.ingest.model.NodeSupply;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.PodPhase;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.ResourceQuota;
import io.trimtab.ingest.model.Scheduling;
import io.trimtab.ingest.model.Taint;
import io.trimtab.ingest.model.Toleration;
import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.Impact;
import io.trimtab.recommend.PodReason;
import io.trimtab.recommend.Reason;
import io.trimtab.recommend.Recommendation;
import io.trimtab.recommend.pods.LimitRules;
import io.trimtab.recommend.pods.PodPolicy;
import io.trimtab.recommend.pods.PodRecommender;
import io.trimtab.recommend.replicas.ReplicaRoom;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A small cluster in words, and what becomes of advice in it. */
final class Cluster {
    private static final Instant AT = Instant.parse("2026-11-30T00:00:00Z");
    private static final String NAMESPACE = "shop";
    private static final Impact NOTHING = new Impact(new Money(0, Money.USD), new Money(0, Money.USD));

    private final List<Node> nodes = new ArrayList<>();
    private final List<Pod> pods = new ArrayList<>();
    private final List<Workload> workloads = new ArrayList<>();
    private final List<LimitRange> ranges = new ArrayList<>();
    private final List<ResourceQuota> quotas = new ArrayList<>();
    private LimitRules rules = LimitRules.RATIO;
    private Scheduling scheduling = Scheduling.PLAIN;
    private final List<NodePool> pools = new ArrayList<>();
    private String pool = "";
    private int surge;
    private Optional<String> inForce = Optional.empty();

    Cluster node(String name, String allocatable) {
        return node(name, allocatable, null, null);
    }

    Cluster node(String name, String allocatable, String label, String taint) {
        return node(
                name,
                allocatable,
                true,
                true,
                110,
                pairs(label),
                pairs(taint).entrySet().stream()
                        .map(it -> new Taint(it.getKey(), it.getValue(), Taint.Effect.NO_SCHEDULE))
                        .toList());
    }

    Cluster node(String name, String allocatable, boolean ready, boolean schedulable, int maxPods) {
        return node(name, allocatable, ready, schedulable, maxPods, Map.of(), List.of());
    }

    private Cluster node(
            String name,
            String allocatable,
            boolean ready,
            boolean schedulable,
            int maxPods,
            Map<String, String> labels,
            List<Taint> taints) {
        Resources all = requirements(allocatable).requested();
        nodes.add(new Node(
                name,
                "t",
                "r",
                "z",
                CapacityType.ON_DEMAND,
                all,
                all,
                maxPods,
                ready,
                schedulable,
                labels,
                AT,
                pool,
                taints,
                Map.of()));
        return this;
    }

    Cluster daemon(String name, String requested, String... on) {
        WorkloadId id = new WorkloadId(NAMESPACE, "DaemonSet", name);
        workloads.add(new Workload(id, on.length, List.of(container("app", requested)), Map.of(), Map.of(), AT));
        for (String node : on) pods.add(pod(name + "-" + node, id, node, List.of(container("app", requested))));
        return this;
    }

    Cluster selecting(String label) {
        scheduling = new Scheduling(
                pairs(label), List.of(), scheduling.tolerations(), scheduling.initContainers(), Resources.ZERO);
        return this;
    }

    Cluster tolerating(String key, String value, Taint.Effect effect) {
        Toleration it = new Toleration(Optional.of(key), Optional.of(value), Optional.of(effect));
        scheduling = new Scheduling(Map.of(), List.of(), List.of(it), List.of(), Resources.ZERO);
        return this;
    }

    Cluster initContainer(String requested, String... sidecars) {
        InitContainer it = new InitContainer(requirements(requested), List.of(sidecars));
        scheduling = new Scheduling(Map.of(), List.of(), List.of(), List.of(it), Resources.ZERO);
        return this;
    }

    Cluster quota(String name, String text) {
        String[] words = text.split(" ", 2);
        CpuAndMemory hard = amounts(words[1]);
        boolean limits = words[0].equals("limits");
        quotas.add(new ResourceQuota(
                NAMESPACE,
                name,
                limits ? CpuAndMemory.NONE : hard,
                CpuAndMemory.NONE,
                limits ? hard : CpuAndMemory.NONE,
                CpuAndMemory.NONE));
        return this;
    }

    Cluster ranges(String text) {
        for (String part : text.split("; ")) ranges.add(range("range" + ranges.size(), part.split(" ", 3)));
        return this;
    }

    private static LimitRange range(String name, String[] words) {
        if (words[0].equals("default")) {
            CpuAndMemory limit = amounts(words[1] + " " + words[2]);
            return new LimitRange(
                    NAMESPACE, name, LimitRange.Bounds.NONE, LimitRange.Bounds.NONE, CpuAndMemory.NONE, limit);
        }
        LimitRange.Bounds bounds = switch (words[1]) {
            case "min" ->
                new LimitRange.Bounds(amounts(words[2]), CpuAndMemory.NONE, Optional.empty(), Optional.empty());
            case "max" ->
                new LimitRange.Bounds(CpuAndMemory.NONE, amounts(words[2]), Optional.empty(), Optional.empty());
            default -> {
                Optional<BigDecimal> ratio = Optional.of(new BigDecimal(words[2]));
                yield new LimitRange.Bounds(CpuAndMemory.NONE, CpuAndMemory.NONE, ratio, ratio);
            }
        };
        boolean pod = words[0].equals("pod");
        return new LimitRange(
                NAMESPACE,
                name,
                pod ? LimitRange.Bounds.NONE : bounds,
                pod ? bounds : LimitRange.Bounds.NONE,
                CpuAndMemory.NONE,
                CpuAndMemory.NONE);
    }

    Cluster rules(LimitRules others) {
        rules = others;
        return this;
    }

    Cluster surge(int pods) {
        surge = pods;
        return this;
    }

    Cluster inForce(String requested) {
        inForce = Optional.of(requested);
        return this;
    }

    /** {@code web}, with a container {@code app} and, where there is more, {@code proxy}. */
    Cluster deployment(int replicas, String... requirements) {
        return deployment("web", replicas, requirements);
    }

    Cluster another(String requirements) {
        return deployment("worker", 1, requirements);
    }

    private Cluster deployment(String name, int replicas, String... requirements) {
        List<ContainerSpec> containers = new ArrayList<>(List.of(container("app", requirements[0])));
        if (requirements.length > 1) containers.add(container("proxy", requirements[1]));
        WorkloadId id = new WorkloadId(NAMESPACE, "Deployment", name);
        workloads.add(new Workload(id, replicas, containers, Map.of(), Map.of(), AT, scheduling, surge));
        for (int i = 0; i < replicas; i++)
            pods.add(pod(
                    name + "-" + i,
                    id,
                    nodes.isEmpty() ? null : nodes.getFirst().name(),
                    inForce.map(it -> List.of(container("app", it))).orElse(containers)));
        return this;
    }

    private Pod pod(String name, WorkloadId owner, String node, List<ContainerSpec> containers) {
        return new Pod(
                new PodId(NAMESPACE, name),
                Optional.of(owner),
                Optional.ofNullable(node),
                PodPhase.RUNNING,
                containers,
                Map.of(),
                Map.of(),
                AT,
                Optional.of(AT),
                Optional.of(AT),
                Optional.empty(),
                owner.kind().equals("DaemonSet") ? Scheduling.PLAIN : scheduling);
    }

    /** @param wanted of each container; {@code -} or the same where nothing is advised */
    String fit(String... wanted) {
        Map<String, String> byContainer = new HashMap<>(Map.of("web/app", wanted[0]));
        if (wanted.length > 1 && !wanted[1].equals("-")) byContainer.put("web/proxy", wanted[1]);
        List<Recommendation> answers = fit(byContainer);
        String text = answers.stream().map(this::says).collect(Collectors.joining(", "));
        if (wanted.length > 1 && answers.size() < 2) text += ", same";
        return text + names(answers);
    }

    String fitDaemon(String name, String wanted) {
        List<Recommendation> answers = fit(Map.of(name + "/app", wanted));
        return says(answers.getFirst()) + names(answers);
    }

    String fitBoth(String daemon, String its, String app) {
        return fit(Map.of(daemon + "/app", its, "web/app", app)).stream()
                .map(this::says)
                .collect(Collectors.joining(", "));
    }

    String fitTwo(String web, String worker) {
        return fit(Map.of("web/app", web, "worker/app", worker)).stream()
                .map(this::says)
                .collect(Collectors.joining(", "));
    }

    Recommendation fitHold() {
        Recommendation hold =
                new Recommendation.Hold(workloads.getFirst().id(), "app", List.of(new PodReason.NoSamples()));
        return fit(List.of(demand(workloads.getFirst(), "app")), List.of(hold)).getFirst();
    }

    List<Reason> reasons(String wanted) {
        return fit(Map.of("web/app", wanted)).getFirst().reasons();
    }

    /** In the order of the workloads and their containers. */
    private List<Recommendation> fit(Map<String, String> wanted) {
        List<Demand> demands = new ArrayList<>();
        List<Recommendation> advised = new ArrayList<>();
        for (Workload workload : workloads)
            for (ContainerSpec container : workload.containers()) {
                String text = wanted.get(workload.id().name() + "/" + container.name());
                if (text == null || requirements(text).equals(container.requirements())) continue;
                demands.add(demand(workload, container.name()));
                advised.add(new Recommendation.Resize(
                        workload.id(),
                        container.name(),
                        container.requirements(),
                        requirements(text),
                        NOTHING,
                        List.of(new PodReason.OutsideRange())));
            }
        return fit(demands, advised);
    }

    private ClusterSnapshot snapshot() {
        return new ClusterSnapshot(
                AT,
                workloads,
                pods,
                nodes,
                List.of(),
                List.of(),
                List.of(),
                new NodeSupply(pools, List.of(), List.of()),
                new NamespaceLimits(ranges, quotasUsed(), List.of()),
                true);
    }

    /** A NodePool, or a MachineDeployment where it has a size. */
    Cluster pool(String name, @Nullable Integer replicas, @Nullable Integer maxSize, String limits) {
        pools.add(new NodePool(
                replicas == null ? "NodePool" : "MachineDeployment",
                "",
                name,
                Optional.ofNullable(replicas),
                Optional.empty(),
                Optional.ofNullable(maxSize),
                limits.isEmpty() ? CpuAndMemory.NONE : amounts(limits)));
        return this;
    }

    /** The nodes that follow. */
    Cluster inPool(String name) {
        pool = name;
        return this;
    }

    /** A pod of {@code web} that has no node yet. */
    Cluster waiting() {
        Workload web = workloads.getLast();
        pods.add(pod("waiting", web.id(), null, web.containers()));
        return this;
    }

    /** Of {@code web}, after {@code worker} was promised so many; as {@code 7 nodes}, {@code 3 quota/requests.cpu}, or {@code -}. */
    String room(int promised) {
        var rooms = new ReplicaRooms(snapshot());
        workloads.stream()
                .filter(it -> it.id().name().equals("worker"))
                .forEach(worker -> rooms.promise(worker, promised));
        Workload web = workloads.stream()
                .filter(it -> it.id().name().equals("web"))
                .findFirst()
                .orElseThrow();
        return rooms.of(web)
                .map(room -> switch (room) {
                    case ReplicaRoom.InQuota(int most, String quota, String entry) -> most + " " + quota + "/" + entry;
                    case ReplicaRoom.OnNodes(int most) -> most + " nodes";
                })
                .orElse("-");
    }

    private List<Recommendation> fit(List<Demand> demands, List<Recommendation> advised) {
        ClusterSnapshot snapshot = snapshot();
        PodPolicy usual = PodPolicy.DEFAULT;
        PodPolicy policy = new PodPolicy(usual.bounds(), rules, usual.minHistory(), usual.band(), usual.risk());
        return new Feasibility(snapshot)
                .fit(
                        demands,
                        advised,
                        workload -> policy,
                        (demand, resize, to, why) ->
                                PodRecommender.instead(demand, resize, to, why, (from, after) -> NOTHING));
    }

    private List<ResourceQuota> quotasUsed() {
        Resources sum = pods.stream().map(Pod::requested).reduce(Resources.ZERO, Resources::plus);
        CpuAndMemory requests = new CpuAndMemory(Optional.of(sum.cpu()), Optional.of(sum.memory()));
        CpuAndMemory limits = new CpuAndMemory(
                Optional.of(
                        requirements().flatMap(it -> it.cpuLimit().stream()).reduce(MilliCores.ZERO, MilliCores::plus)),
                Optional.of(
                        requirements().flatMap(it -> it.memoryLimit().stream()).reduce(Bytes.ZERO, Bytes::plus)));
        return quotas.stream()
                .map(it -> new ResourceQuota(it.namespace(), it.name(), it.requests(), requests, it.limits(), limits))
                .toList();
    }

    private Stream<Requirements> requirements() {
        return pods.stream().flatMap(it -> it.containers().stream()).map(ContainerSpec::requirements);
    }

    private static Demand demand(Workload workload, String container) {
        return new Demand(
                workload.id(),
                workload.containers().stream()
                        .filter(it -> it.name().equals(container))
                        .findFirst()
                        .orElseThrow(),
                workload.containers().size(),
                workload.replicas(),
                Optional.empty(),
                Optional.empty(),
                RecentDays.NONE,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Map.of(),
                new Demand.History(Optional.empty(), Optional.empty(), 0));
    }

    private String says(Recommendation answer) {
        return answer instanceof Recommendation.Resize resize ? text(resize.to()) : "held";
    }

    private static String text(Requirements it) {
        String requests = it.cpuRequest().map(cpu -> cpu.value() + "m").orElse("-") + " "
                + it.memoryRequest().map(Bytes::toString).orElse("-");
        if (it.cpuLimit().isEmpty() && it.memoryLimit().isEmpty()) return requests;
        return requests + "/" + it.cpuLimit().map(cpu -> cpu.value() + "m").orElse("-") + " "
                + it.memoryLimit().map(Bytes::toString).orElse("-");
    }

    /** What was said beside the advice's own reason. */
    private static String names(List<Recommendation> answers) {
        return answers.getFirst().reasons().stream()
                .filter(reason -> !(reason instanceof PodReason.OutsideRange))
                .map(reason -> " " + reason.getClass().getSimpleName())
                .collect(Collectors.joining());
    }

    private static ContainerSpec container(String name, String requirements) {
        return new ContainerSpec(name, "image", requirements(requirements));
    }

    private static Requirements requirements(String text) {
        String[] sides = text.split("/");
        CpuAndMemory requests = amounts(sides[0]);
        CpuAndMemory limits = sides.length > 1 ? amounts(sides[1]) : CpuAndMemory.NONE;
        return new Requirements(requests.cpu(), requests.memory(), limits.cpu(), limits.memory(), GpuMilli.ZERO);
    }

    private static CpuAndMemory amounts(String text) {
        String[] words = text.split(" ");
        return new CpuAndMemory(
                Optional.of(words[0]).filter(it -> !it.equals("-")).map(MilliCores::parse),
                Optional.of(words[1]).filter(it -> !it.equals("-")).map(Bytes::parse));
    }

    private static Map<String, String> pairs(String text) {
        if (text == null || text.isBlank()) return Map.of();
        String[] pair = text.strip().split("=");
        return Map.of(pair[0], pair[1]);
    }
}
