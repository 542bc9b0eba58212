package io.trimtab.recommend.plan;

import io.trimtab.cost.prices.PriceBook;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Money;
import io.trimtab.cost.units.Resources;
import io.trimtab.forecast.Demand;
import io.trimtab.ingest.model.CapacityType;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.HorizontalAutoscaler;
import io.trimtab.ingest.model.Mode;
import io.trimtab.ingest.model.Node;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.PodPhase;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.Impact;
import io.trimtab.recommend.Reason;
import io.trimtab.recommend.Recommendation;
import io.trimtab.recommend.nodes.NodePlan;
import io.trimtab.recommend.nodes.NodePlanner;
import io.trimtab.recommend.pods.PodRecommender;
import io.trimtab.recommend.pods.Steering;
import io.trimtab.recommend.policy.Governance;
import io.trimtab.recommend.policy.Standing;
import io.trimtab.recommend.policy.Terms;
import io.trimtab.recommend.replicas.CpuScaling;
import io.trimtab.recommend.replicas.PodState;
import io.trimtab.recommend.replicas.ScalingHistory;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** Decides requests, then replicas, then nodes for what comes of both, and prices it all from one price book. */
public final class Planner {
    private final PriceBook prices;
    private final Mode most;
    private final Terms defaults;

    /** @param most the mode of workloads without a policy, and the most that a policy can grant */
    public Planner(PriceBook prices, Mode most) {
        this(prices, most, Terms.DEFAULT);
    }

    /** @param defaults the terms of workloads without a policy */
    public Planner(PriceBook prices, Mode most, Terms defaults) {
        this.prices = prices;
        this.most = most;
        this.defaults = defaults;
    }

    public Plan plan(ClusterSnapshot snapshot, List<Demand> demands) {
        UnitPrices unitPrices = UnitPrices.of(snapshot.nodes(), this::price);
        Governance governance = Governance.of(snapshot, most, defaults);
        List<Recommendation> decided = new ArrayList<>();
        Map<WorkloadId, HorizontalAutoscaler> autoscalers = new HashMap<>();
        snapshot.autoscalers().forEach(autoscaler -> autoscalers.putIfAbsent(autoscaler.target(), autoscaler));
        decided.addAll(requests(snapshot, demands, governance, unitPrices));
        decided.addAll(replicas(snapshot, demands, autoscalers, governance, unitPrices));
        decided.sort(Comparator.comparing(Recommendation::workload));
        NodePlan nodes = NodePlanner.plan(snapshot.nodes(), After.loads(snapshot, decided), this::price);
        Impact cluster = new Impact(perMonth(nodes.hourlyNow()), perMonth(nodes.hourlyNeeded()));
        return new Plan(snapshot.at(), decided, nodes, Costs.lastHour(snapshot, demands, this::price), cluster);
    }

    /** Where an autoscaler measures by requests, those of a workload's containers are decided together with its targets. */
    private static List<Recommendation> requests(
            ClusterSnapshot snapshot, List<Demand> demands, Governance governance, UnitPrices unitPrices) {
        Map<WorkloadId, List<HorizontalAutoscaler>> autoscalers = snapshot.autoscalers().stream()
                .filter(autoscaler -> !autoscaler.targets().isEmpty())
                .collect(Collectors.groupingBy(HorizontalAutoscaler::target));
        Map<WorkloadId, List<Pod>> pods = snapshot.pods().stream()
                .filter(pod -> pod.owner().filter(autoscalers::containsKey).isPresent())
                .collect(Collectors.groupingBy(pod -> pod.owner().orElseThrow()));
        Map<WorkloadId, List<Demand>> byWorkload = demands.stream()
                .collect(Collectors.groupingBy(Demand::workload, LinkedHashMap::new, Collectors.toList()));
        List<Recommendation> decided = new ArrayList<>();
        byWorkload.forEach((workload, containers) -> {
            BiFunction<Demand, Steering, Recommendation> decide =
                    (demand, steering) -> requests(demand, governance, snapshot.at(), steering, unitPrices);
            List<HorizontalAutoscaler> measuring = autoscalers.getOrDefault(workload, List.of());
            if (!measuring.isEmpty()
                    && governance.of(workload) instanceof Standing.Governed it
                    && it.hold().isEmpty()) {
                var samples = new Samples(pods.getOrDefault(workload, List.of()), containers);
                decided.addAll(new JointRequests(containers, measuring, samples, it.terms(), decide).decide());
            } else containers.forEach(demand -> decided.add(decide.apply(demand, Steering.FREE)));
        });
        return decided;
    }

    private static Recommendation requests(
            Demand demand, Governance governance, Instant now, Steering steering, UnitPrices unitPrices) {
        return switch (governance.of(demand.workload())) {
            case Standing.Governed it
            when it.hold().isEmpty() ->
                PodRecommender.decide(
                        demand,
                        it.terms().pods(),
                        now,
                        steering,
                        (from, to) -> impact(unitPrices, from, to, demand.pods()));
            case Standing it -> held(it, demand.workload(), demand.container().name());
        };
    }

    private static Recommendation held(Standing standing, WorkloadId workload, String subject) {
        return new Recommendation.Hold(
                workload,
                subject,
                standing.hold().<Reason>map(why -> why).stream().toList());
    }

    private static Impact impact(UnitPrices prices, Requirements from, Requirements to, int pods) {
        return new Impact(prices.perMonth(from.requested(), pods), prices.perMonth(to.requested(), pods));
    }

    private static List<Recommendation> replicas(
            ClusterSnapshot snapshot,
            List<Demand> demands,
            Map<WorkloadId, HorizontalAutoscaler> autoscalers,
            Governance governance,
            UnitPrices unitPrices) {
        Map<PodId, Double> coresByPod = new HashMap<>();
        demands.forEach(
                demand -> demand.cpuCoresNow().forEach((pod, cores) -> coresByPod.merge(pod, cores, Double::sum)));
        Map<WorkloadId, List<Pod>> byOwner = snapshot.pods().stream()
                .filter(pod -> pod.owner().isPresent())
                .collect(Collectors.groupingBy(pod -> pod.owner().orElseThrow()));
        List<Recommendation> decided = new ArrayList<>();
        snapshot.workloads().forEach(workload -> {
            HorizontalAutoscaler autoscaler = autoscalers.get(workload.id());
            if (autoscaler == null) return;
            Standing standing = governance.of(workload.id());
            if (!(standing instanceof Standing.Governed governed)
                    || governed.hold().isPresent()) {
                decided.add(held(standing, workload.id(), "replicas"));
                return;
            }
            Resources perPod = workload.requestedPerPod();
            Money now = unitPrices.perMonth(perPod, workload.replicas());
            List<CpuScaling.CpuPod> scaled = byOwner.getOrDefault(workload.id(), List.of()).stream()
                    .map(pod -> cpuPod(pod, Optional.ofNullable(coresByPod.get(pod.id()))))
                    .toList();
            decided.add(CpuScaling.decide(
                    autoscaler,
                    workload.replicas(),
                    scaled,
                    Optional.empty(),
                    ScalingHistory.NONE,
                    governed.terms().replicas(),
                    count -> new Impact(now, unitPrices.perMonth(perPod, count))));
        });
        return decided;
    }

    private static CpuScaling.CpuPod cpuPod(Pod pod, Optional<Double> cores) {
        boolean allRequest = pod.containers().stream()
                .allMatch(container -> container.requirements().cpuRequest().isPresent());
        return new CpuScaling.CpuPod(
                state(pod),
                cores.map(value -> new MilliCores((long) Math.ceil(value * 1000))),
                allRequest ? Optional.of(pod.requested().cpu()) : Optional.empty());
    }

    static PodState state(Pod pod) {
        if (pod.deletedAt().isPresent()) return PodState.TERMINATING;
        return switch (pod.phase()) {
            case FAILED, SUCCEEDED -> PodState.FAILED;
            case PENDING, UNKNOWN -> PodState.PENDING;
            case RUNNING -> pod.readyAt().isPresent() ? PodState.READY : PodState.NEVER_READY;
        };
    }

    private BigDecimal price(Node node) {
        return prices.price(node.instanceType(), node.capacity(), node.capacityType() == CapacityType.SPOT)
                .perHour();
    }

    private static Money perMonth(BigDecimal hourly) {
        return Money.of(hourly.multiply(UnitPrices.HOURS_PER_MONTH), Money.USD, RoundingMode.CEILING);
    }

    /** The pods as they would be after the recommendations. */
    private static final class After {
        private After() {}

        static List<NodePlanner.Load> loads(ClusterSnapshot snapshot, List<Recommendation> decided) {
            Map<WorkloadId, Map<String, Requirements>> resized = new HashMap<>();
            Map<WorkloadId, Integer> scaled = new HashMap<>();
            for (Recommendation recommendation : decided) {
                switch (recommendation) {
                    case Recommendation.Resize resize -> put(resized, resize);
                    case Recommendation.Retune retune -> retune.resizes().forEach(resize -> put(resized, resize));
                    case Recommendation.Scale scale -> scaled.put(scale.workload(), scale.to());
                    case Recommendation.Hold hold -> {}
                }
            }
            List<NodePlanner.Load> loads = new ArrayList<>();
            Map<WorkloadId, Integer> counted = new HashMap<>();
            Map<WorkloadId, NodePlanner.Load> example = new HashMap<>();
            for (Pod pod : snapshot.pods()) {
                boolean gone = pod.phase() == PodPhase.SUCCEEDED
                        || pod.phase() == PodPhase.FAILED
                        || pod.deletedAt().isPresent();
                if (gone) continue;
                Map<String, Requirements> changes = pod.owner()
                        .map(owner -> resized.getOrDefault(owner, Map.of()))
                        .orElse(Map.of());
                Resources requested = pod.containers().stream()
                        .map(container -> requested(container, changes))
                        .reduce(Resources.ZERO, Resources::plus);
                var load = new NodePlanner.Load(pod.id().toString(), requested, pod.node(), pod.isDaemon());
                int place = pod.owner()
                        .map(owner -> counted.merge(owner, 1, Integer::sum))
                        .orElse(0);
                int wanted = pod.owner()
                        .map(owner -> scaled.getOrDefault(owner, Integer.MAX_VALUE))
                        .orElse(Integer.MAX_VALUE);
                pod.owner().ifPresent(owner -> example.putIfAbsent(owner, load));
                if (place <= wanted) loads.add(load);
            }
            scaled.forEach((workload, wanted) -> {
                NodePlanner.Load like = example.get(workload);
                for (int i = counted.getOrDefault(workload, 0); like != null && i < wanted; i++) {
                    loads.add(new NodePlanner.Load(workload + "+" + i, like.requested(), like.node(), false));
                }
            });
            return loads;
        }

        private static void put(Map<WorkloadId, Map<String, Requirements>> resized, Recommendation.Resize resize) {
            resized.computeIfAbsent(resize.workload(), key -> new HashMap<>()).put(resize.container(), resize.to());
        }

        private static Resources requested(ContainerSpec container, Map<String, Requirements> changes) {
            Requirements changed = changes.get(container.name());
            return (changed == null ? container.requirements() : changed).requested();
        }
    }
}
