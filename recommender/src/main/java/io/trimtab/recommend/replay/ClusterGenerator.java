package io.trimtab.recommend.replay;

import io.trimtab.cost.units.Resources;
import io.trimtab.ingest.model.CapacityType;
import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.replay.WorkloadCatalogue.Profile;
import io.trimtab.recommend.replay.WorkloadPlan.Footprint;
import io.trimtab.recommend.replay.WorkloadPlan.Load;
import io.trimtab.recommend.replay.WorkloadPlan.Scaling;
import io.trimtab.recommend.replay.WorkloadPlan.Timing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Makes up a cluster's workloads: every kind at least once where there are twelve or more, then by weight, as many replicas as the nodes have room for. */
final class ClusterGenerator {
    /** How full the first nodes are by requests: as full as clusters that nobody tunes are. */
    private static final double REQUESTED_SHARE = 0.72;

    private static final double MIB = 1L << 20;

    private final SimulatedClusterSpec spec;
    private final List<NodePool> pools;
    private final Map<WorkloadKind, Integer> counts = new HashMap<>();

    ClusterGenerator(SimulatedClusterSpec spec, List<NodePool> pools) {
        this.spec = spec;
        this.pools = pools;
    }

    List<WorkloadPlan> plans() {
        List<WorkloadKind> kinds = kinds();
        List<WorkloadPlan> first = draw(kinds, 1);
        return draw(kinds, fit(first));
    }

    private List<WorkloadKind> kinds() {
        SplittableRandom random = Seeds.random(spec.seed(), 0);
        List<WorkloadKind> kinds = new ArrayList<>();
        for (int i = 0; i < spec.workloads(); i++) {
            WorkloadKind[] all = WorkloadKind.values();
            kinds.add(i < all.length ? all[i] : weighted(random, kinds));
        }
        return kinds;
    }

    private WorkloadKind weighted(SplittableRandom random, List<WorkloadKind> soFar) {
        while (true) {
            double point = random.nextDouble() * totalWeight();
            for (WorkloadKind kind : WorkloadKind.values()) {
                point -= WorkloadCatalogue.of(kind).weight();
                if (point >= 0) continue;
                if (soFar.stream().filter(kind::equals).count() < most(kind)) return kind;
                break;
            }
        }
    }

    private static double totalWeight() {
        double total = 0;
        for (WorkloadKind kind : WorkloadKind.values())
            total += WorkloadCatalogue.of(kind).weight();
        return total;
    }

    /** A cluster has few daemons, and no more GPU workloads than GPU nodes to begin with. */
    private long most(WorkloadKind kind) {
        return switch (kind) {
            case DAEMON -> 6;
            case GPU_INFERENCE -> gpuNodes(CapacityType.ON_DEMAND);
            case GPU_TRAINING -> gpuNodes(CapacityType.SPOT);
            case WEB,
                    BURSTY_API,
                    BATCH,
                    CRON,
                    QUEUE_WORKER,
                    JVM_SERVICE,
                    LEAKING_SERVICE,
                    STATEFUL_STORE,
                    DEVELOPMENT -> Long.MAX_VALUE;
        };
    }

    private long gpuNodes(CapacityType capacityType) {
        return pools.stream()
                .filter(pool -> pool.hasGpu() && pool.capacityType() == capacityType)
                .mapToLong(NodePool::nodes)
                .sum();
    }

    private List<WorkloadPlan> draw(List<WorkloadKind> kinds, double scale) {
        counts.clear();
        List<WorkloadPlan> plans = new ArrayList<>();
        for (int i = 0; i < kinds.size(); i++) plans.add(plan(kinds.get(i), i, scale));
        return plans;
    }

    /** By how much to multiply the replicas so that the requests of what runs all day fill the nodes to the wanted share. */
    private double fit(List<WorkloadPlan> plans) {
        double cpuRoom = 0;
        double memoryRoom = 0;
        for (NodePool pool : pools) {
            if (pool.hasGpu()) continue;
            cpuRoom += pool.nodes() * (double) pool.shape().allocatableCpuMilli();
            memoryRoom += pool.nodes() * (double) pool.shape().allocatableMemoryBytes();
        }
        double cpu = 0;
        double memory = 0;
        for (WorkloadPlan plan : plans) {
            if (plan.kind().usesGpu() || plan.kind().runsToCompletion()) continue;
            Resources pod = plan.containers().stream()
                    .map(container -> container.requirements().requested())
                    .reduce(Resources.ZERO, Resources::plus);
            double pods = plan.kind().isDaemon() ? spec.nodes() : plan.replicas();
            cpu += pods * pod.cpu().value();
            memory += pods * pod.memory().value();
        }
        double factor = REQUESTED_SHARE * Math.min(cpuRoom / Math.max(1, cpu), memoryRoom / Math.max(1, memory));
        return Math.clamp(factor, 0.1, 20);
    }

    private WorkloadPlan plan(WorkloadKind kind, int index, double scale) {
        long seed = Seeds.mix(spec.seed(), 1_000 + index);
        SplittableRandom random = Seeds.random(seed, 0);
        Profile profile = WorkloadCatalogue.of(kind);
        WorkloadId id = name(kind, profile);
        double drawn = profile.replicas().at(random.nextDouble());
        boolean fixed = kind.demandsPerPod() || kind.usesGpu();
        int replicas = Math.max(1, (int) Math.round(fixed ? drawn : drawn * scale));
        double podMilli = profile.cpuMilli().at(random.nextDouble());
        double baseBytes = profile.baseMib().at(random.nextDouble()) * MIB;
        double loadBytes = profile.loadMib().at(random.nextDouble()) * MIB;
        boolean scaled = random.nextDouble() < profile.scaledShare();
        Load load = new Load(
                kind.demandsPerPod() ? podMilli : podMilli * replicas,
                profile.floor().at(random.nextDouble()),
                12 + 8 * random.nextDouble(),
                profile.weekend().at(random.nextDouble()),
                profile.noise(),
                random.nextDouble() < 0.2 ? 0.004 : 0,
                10 + 40 * random.nextDouble());
        RequestHabits habits = new RequestHabits(random, kind, scaled);
        ContainerSpec main =
                new ContainerSpec(id.name(), image(id.name(), 1), habits.requirements(podMilli, baseBytes + loadBytes));
        List<ContainerSpec> containers = new ArrayList<>(List.of(main));
        if (kind == WorkloadKind.WEB && random.nextDouble() < 0.4) containers.add(RequestHabits.sidecar());
        double limitBytes = main.requirements()
                .memoryLimit()
                .map(limit -> (double) limit.value())
                .orElse(baseBytes + loadBytes);
        double leak =
                kind == WorkloadKind.LEAKING_SERVICE ? (limitBytes - baseBytes) / (24 + 40 * random.nextDouble()) : 0;
        Optional<Scaling> scaling = scaled
                ? Optional.of(new Scaling(
                        Math.max(1, (int) Math.round(0.4 * replicas)), 2 * replicas + 1, 60 + 5 * random.nextInt(4)))
                : Optional.empty();
        return new WorkloadPlan(
                id,
                kind,
                replicas,
                containers,
                load,
                new Footprint(baseBytes, loadBytes, leak),
                timing(kind, random),
                scaling,
                seed);
    }

    private WorkloadId name(WorkloadKind kind, Profile profile) {
        int number = counts.merge(kind, 1, Integer::sum) - 1;
        String[] parts = profile.names().get(number % profile.names().size()).split("/");
        int round = number / profile.names().size();
        return new WorkloadId(parts[0], kind.kubernetesKind, round == 0 ? parts[1] : parts[1] + "-" + (round + 1));
    }

    private static Timing timing(WorkloadKind kind, SplittableRandom random) {
        long minutes = 60;
        double luck = random.nextDouble();
        return switch (kind) {
            case CRON -> {
                long every = new long[] {10, 15, 30, 60}[random.nextInt(4)] * minutes;
                yield new Timing(4, 1, 50, every, (long) (luck * every), 100 + 260 * random.nextDouble());
            }
            case BATCH ->
                new Timing(15, 5, 200, 86_400, 3600 + (long) (luck * 10_800), 3600 * (1 + 2 * random.nextDouble()));
            case GPU_TRAINING ->
                new Timing(
                        60, 20, 300, 86_400, 6 * 3600 + (long) (luck * 28_800), 3600 * (3 + 6 * random.nextDouble()));
            case JVM_SERVICE -> new Timing(12, 45 + (int) (45 * luck), 1200, 0, 0, 0);
            case GPU_INFERENCE -> new Timing(60, 60 + (int) (60 * luck), 900, 0, 0, 0);
            case STATEFUL_STORE -> new Timing(15, 30 + (int) (30 * luck), 300, 0, 0, 0);
            case WEB, BURSTY_API, QUEUE_WORKER, LEAKING_SERVICE, DAEMON, DEVELOPMENT ->
                new Timing(6, 4 + (int) (8 * luck), 100, 0, 0, 0);
        };
    }

    static String image(String container, int revision) {
        return "registry.example.com/%s:1.%d.0".formatted(container, revision);
    }
}
