package io.trimtab.recommend.feasible;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Resources;
import io.trimtab.forecast.Demand;
import io.trimtab.forecast.UsageAggregate;
import io.trimtab.ingest.model.CapacityType;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.CpuAndMemory;
import io.trimtab.ingest.model.InitContainer;
import io.trimtab.ingest.model.LabelSelector;
import io.trimtab.ingest.model.LabelSelector.Requirement;
import io.trimtab.ingest.model.LimitRange;
import io.trimtab.ingest.model.LimitRule;
import io.trimtab.ingest.model.NamespaceLimits;
import io.trimtab.ingest.model.Node;
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
import io.trimtab.recommend.pods.LimitRules;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** Small clusters in which advice is often not to be had. */
final class RandomClusters {
    static final Instant AT = Instant.parse("2026-11-30T00:00:00Z");
    private static final List<String> NAMESPACES = List.of("shop", "team");

    private final Random random;
    private final List<UsageAggregate> usages;

    /** @param demands of each container that has any */
    record Made(ClusterSnapshot snapshot, List<Demand> demands, LimitRules rules) {}

    RandomClusters(long seed) {
        random = new Random(seed);
        usages = IntStream.range(0, 200).mapToObj(i -> usage()).toList();
    }

    /** Two days between nothing and 12 cores and 48 GiB. */
    private UsageAggregate usage() {
        UsageAggregate usage = UsageAggregate.empty();
        double cores = 0.0005 * Math.pow(2, random.nextDouble() * 14.5);
        double bytes = (1L << 20) * Math.pow(2, random.nextDouble() * 15.5);
        boolean cpu = random.nextInt(8) > 0;
        for (Instant at = AT.minus(Duration.ofDays(2)); at.isBefore(AT); at = at.plusSeconds(3600)) {
            if (cpu) usage.container().addCpu(at, cores * (0.8 + 0.4 * random.nextDouble()));
            if (!cpu || random.nextInt(8) > 0)
                usage.container().addMemory(at, bytes * (0.9 + 0.2 * random.nextDouble()));
        }
        return usage;
    }

    Made next() {
        List<Node> nodes = IntStream.range(0, random.nextInt(7))
                .mapToObj(i -> node("n" + i))
                .toList();
        List<Workload> workloads = new ArrayList<>();
        List<Pod> pods = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) daemon("daemon" + i, nodes, workloads, pods);
        if (!nodes.isEmpty() && random.nextInt(4) == 0)
            pods.add(pod("static", Optional.empty(), nodes.getFirst().name(), List.of(small("app")), Scheduling.PLAIN));
        for (int i = 1 + random.nextInt(4); i > 0; i--) workload("web" + i, nodes, workloads, pods);
        List<Demand> demands = new ArrayList<>();
        for (Workload workload : workloads)
            for (ContainerSpec container : workload.containers())
                if (random.nextInt(6) > 0) demands.add(demand(workload, container));
        NamespaceLimits limits = new NamespaceLimits(
                NAMESPACES.stream().flatMap(it -> ranges(it).stream()).toList(),
                NAMESPACES.stream().flatMap(it -> quotas(it, pods).stream()).toList(),
                List.of());
        ClusterSnapshot snapshot = new ClusterSnapshot(
                AT, workloads, pods, nodes, List.of(), List.of(), List.of(), NodeSupply.NONE, limits, true);
        return new Made(snapshot, demands, new LimitRules(rule(false), rule(true)));
    }

    private Node node(String name) {
        long milli = 1000L << random.nextInt(5);
        long bytes = (2L << 30) << random.nextInt(6);
        Resources all = new Resources(
                new MilliCores(milli - random.nextInt(200)),
                new Bytes(bytes - random.nextInt(1 << 28)),
                new GpuMilli(random.nextInt(6) == 0 ? 1000 : 0));
        List<Taint> taints = random.nextInt(3) > 0
                ? List.of()
                : List.of(new Taint(one("dedicated", "gpu"), one("a", "b"), one(Taint.Effect.values())));
        return new Node(
                name,
                "t",
                "r",
                "z",
                CapacityType.ON_DEMAND,
                all,
                all,
                random.nextInt(10) == 0 ? 1 + random.nextInt(3) : 110,
                random.nextInt(12) > 0,
                random.nextInt(12) > 0,
                Map.of("disk", one("ssd", "hdd"), "zone", one("a", "b", "c"), "cores", String.valueOf(milli / 1000)),
                AT,
                "",
                taints,
                Map.of());
    }

    @SafeVarargs
    private <T> T one(T... of) {
        return of[random.nextInt(of.length)];
    }

    private void daemon(String name, List<Node> nodes, List<Workload> workloads, List<Pod> pods) {
        WorkloadId id = new WorkloadId("team", "DaemonSet", name);
        List<ContainerSpec> containers = List.of(random.nextBoolean() ? small("app") : container("app"));
        int count = 0;
        for (Node node : nodes)
            if (random.nextInt(5) > 0) {
                count++;
                pods.add(pod(name + "-" + node.name(), Optional.of(id), node.name(), containers, Scheduling.PLAIN));
            }
        workloads.add(new Workload(id, count, containers, Map.of(), Map.of(), AT));
    }

    private void workload(String name, List<Node> nodes, List<Workload> workloads, List<Pod> pods) {
        String namespace = one("shop", "team");
        WorkloadId id = new WorkloadId(namespace, one("Deployment", "StatefulSet"), name);
        List<ContainerSpec> containers = new ArrayList<>();
        boolean guaranteed = random.nextInt(4) == 0;
        for (int i = 1 + random.nextInt(3); i > 0; i--)
            containers.add(guaranteed ? guaranteed("c" + i) : container("c" + i));
        Scheduling scheduling = scheduling(containers, guaranteed);
        int replicas = random.nextInt(4);
        int surge = id.kind().equals("Deployment") ? random.nextInt(3) : 0;
        workloads.add(new Workload(id, replicas, containers, Map.of(), Map.of(), AT, scheduling, surge));
        List<ContainerSpec> inForce = random.nextInt(5) > 0
                ? containers
                : containers.stream()
                        .map(it -> it.with(container(it.name()).requirements()))
                        .toList();
        for (int i = Math.max(0, replicas - random.nextInt(2)); i > 0; i--) {
            String node = nodes.isEmpty() || random.nextInt(8) == 0
                    ? null
                    : nodes.get(random.nextInt(nodes.size())).name();
            pods.add(pod(name + "-" + i, Optional.of(id), node, inForce, scheduling));
        }
    }

    private static Pod pod(
            String name, Optional<WorkloadId> owner, String node, List<ContainerSpec> containers, Scheduling where) {
        return new Pod(
                new PodId(owner.map(WorkloadId::namespace).orElse("shop"), name),
                owner,
                Optional.ofNullable(node),
                node == null ? PodPhase.PENDING : PodPhase.RUNNING,
                containers,
                Map.of(),
                Map.of(),
                AT,
                Optional.of(AT),
                Optional.of(AT),
                Optional.empty(),
                where);
    }

    private Scheduling scheduling(List<ContainerSpec> containers, boolean guaranteed) {
        Map<String, String> selector = random.nextInt(4) > 0 ? Map.of() : Map.of("disk", one("ssd", "hdd"));
        List<LabelSelector> affinity = random.nextInt(4) > 0
                ? List.of()
                : List.of(
                        new LabelSelector(List.of(new Requirement.In("zone", Set.of(one("a", "b"), "c")))),
                        new LabelSelector(List.of(
                                new Requirement.NotIn("zone", Set.of("a")),
                                new Requirement.Compares("cores", random.nextBoolean(), 3))));
        List<Toleration> tolerations = switch (random.nextInt(4)) {
            case 0 -> List.of(new Toleration(Optional.empty(), Optional.empty(), Optional.empty()));
            case 1 ->
                List.of(new Toleration(
                        Optional.of("dedicated"), Optional.of(one("a", "b")), Optional.of(one(Taint.Effect.values()))));
            case 2 -> List.of(new Toleration(Optional.of("gpu"), Optional.empty(), Optional.empty()));
            default -> List.of();
        };
        List<InitContainer> init = random.nextInt(3) > 0
                ? List.of()
                : List.of(new InitContainer(
                        (guaranteed ? guaranteed("init") : container("init")).requirements(),
                        random.nextBoolean()
                                ? List.of()
                                : List.of(containers.getLast().name())));
        Resources overhead = random.nextInt(8) > 0
                ? Resources.ZERO
                : new Resources(new MilliCores(100), new Bytes(64L << 20), GpuMilli.ZERO);
        return new Scheduling(selector, affinity, tolerations, init, overhead);
    }

    private static ContainerSpec small(String name) {
        return new ContainerSpec(name, "i", Requirements.requests(new MilliCores(50), new Bytes(64L << 20)));
    }

    private ContainerSpec guaranteed(String name) {
        Optional<MilliCores> cpu = Optional.of(cpu());
        Optional<Bytes> memory = Optional.of(memory());
        return new ContainerSpec(name, "i", new Requirements(cpu, memory, cpu, memory, GpuMilli.ZERO));
    }

    private ContainerSpec container(String name) {
        Optional<MilliCores> cpu = random.nextInt(6) > 0 ? Optional.of(cpu()) : Optional.empty();
        Optional<Bytes> memory = random.nextInt(6) > 0 ? Optional.of(memory()) : Optional.empty();
        Optional<MilliCores> cpuLimit =
                random.nextBoolean() ? cpu.map(it -> it.times(one(1.0, 1.5, 2.0, 4.0))) : Optional.empty();
        Optional<Bytes> memoryLimit =
                random.nextBoolean() ? memory.map(it -> it.times(one(1.0, 1.5, 2.0))) : Optional.empty();
        GpuMilli gpu = random.nextInt(20) == 0 ? new GpuMilli(1000) : GpuMilli.ZERO;
        return new ContainerSpec(name, "i", new Requirements(cpu, memory, cpuLimit, memoryLimit, gpu));
    }

    private MilliCores cpu() {
        return new MilliCores((long) (10 * Math.pow(2, random.nextDouble() * 9)));
    }

    private Bytes memory() {
        return new Bytes((long) ((16L << 20) * Math.pow(2, random.nextDouble() * 9)));
    }

    /** At most one with defaults: with two it depends on their order what becomes of a pod. */
    private List<LimitRange> ranges(String namespace) {
        List<LimitRange> ranges = new ArrayList<>();
        for (int i = random.nextInt(4) - 1; i > 0; i--) {
            CpuAndMemory limit = i == 1 && random.nextInt(3) == 0 ? amounts(500, 256) : CpuAndMemory.NONE;
            CpuAndMemory request = limit.equals(CpuAndMemory.NONE) ? limit : amounts(20, 16);
            ranges.add(new LimitRange(namespace, "range" + i, bounds(1), bounds(2), request, limit));
        }
        return ranges;
    }

    private LimitRange.Bounds bounds(int scale) {
        Optional<BigDecimal> ratio = random.nextInt(4) == 0
                ? Optional.of(one(new BigDecimal("1.5"), BigDecimal.TWO, BigDecimal.TEN))
                : Optional.empty();
        return new LimitRange.Bounds(
                random.nextInt(3) == 0 ? amounts(40L * scale, 64L * scale) : CpuAndMemory.NONE,
                random.nextInt(3) == 0 ? amounts(500L * scale, 512L * scale) : CpuAndMemory.NONE,
                ratio,
                random.nextInt(4) == 0 ? Optional.of(BigDecimal.TWO) : Optional.empty());
    }

    /** Some times so much. */
    private CpuAndMemory amounts(long milli, long mebibytes) {
        return new CpuAndMemory(
                random.nextInt(4) == 0 ? Optional.empty() : Optional.of(new MilliCores(milli << random.nextInt(5))),
                random.nextInt(4) == 0
                        ? Optional.empty()
                        : Optional.of(new Bytes((mebibytes << 20) << random.nextInt(5))));
    }

    private List<ResourceQuota> quotas(String namespace, List<Pod> pods) {
        List<ResourceQuota> quotas = new ArrayList<>();
        for (int i = random.nextInt(4) - 1; i > 0; i--) {
            CpuAndMemory[] used = ApiServer.used(namespace, pods);
            quotas.add(new ResourceQuota(
                    namespace,
                    "quota" + i,
                    hard(used[0], random.nextInt(3)),
                    used[0],
                    hard(used[1], random.nextInt(3)),
                    used[1]));
        }
        return quotas;
    }

    /** @param which 0 for none, 1 for less than is used or little more, 2 for plenty */
    private CpuAndMemory hard(CpuAndMemory used, int which) {
        if (which == 0) return CpuAndMemory.NONE;
        double times = which == 1 ? random.nextDouble() * 1.5 : 3;
        return new CpuAndMemory(
                used.cpu().map(it -> it.times(times)), used.memory().map(it -> it.times(times)));
    }

    private LimitRule rule(boolean memory) {
        return switch (random.nextInt(memory ? 8 : 7)) {
            case 0 -> new LimitRule.None();
            case 1 -> new LimitRule.Keep();
            case 7 -> new LimitRule.Plus(new Bytes(64L << 20));
            default -> new LimitRule.Ratio();
        };
    }

    private Demand demand(Workload workload, ContainerSpec container) {
        UsageAggregate usage = usages.get(random.nextInt(usages.size()));
        return new Demand(
                workload.id(),
                container,
                workload.containers().size(),
                workload.replicas(),
                usage.cpu(),
                usage.memory(),
                usage.recent(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Map.of(),
                usage.history());
    }
}
