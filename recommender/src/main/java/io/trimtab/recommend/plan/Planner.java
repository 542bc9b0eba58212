package io.trimtab.recommend.plan;

import io.trimtab.cost.prices.PriceBook;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Money;
import io.trimtab.cost.units.Resources;
import io.trimtab.forecast.Demand;
import io.trimtab.forecast.Pasts;
import io.trimtab.forecast.StartUp;
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
import io.trimtab.recommend.policy.Governance;
import io.trimtab.recommend.policy.Standing;
import io.trimtab.recommend.policy.Terms;
import io.trimtab.recommend.replicas.CpuScaling;
import io.trimtab.recommend.replicas.Foresights;
import io.trimtab.recommend.replicas.PastDemand;
import io.trimtab.recommend.replicas.PodState;
import io.trimtab.recommend.replicas.ReplicaPolicy;
import io.trimtab.recommend.replicas.ScalingHistory;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Decides requests, then replicas, then nodes for what comes of both, and prices it all from one price book. Remembers from round to round what it has found out
 * about forecasts; used by one thread at a time.
 */
public final class Planner {
    /** How old a pod's newest sample usually is at most. */
    private static final Duration SAMPLE_AGE = Duration.ofMinutes(1);

    private final PriceBook prices;
    private final Mode most;
    private final Terms defaults;
    private final Foresights foresights = new Foresights();

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

    /** Without forecasts of replicas. */
    public Plan plan(ClusterSnapshot snapshot, List<Demand> demands) {
        return plan(snapshot, demands, Pasts.NONE);
    }

    /** @param pasts what forecasts of replicas start from */
    public Plan plan(ClusterSnapshot snapshot, List<Demand> demands, Pasts pasts) {
        UnitPrices unitPrices = UnitPrices.of(snapshot.nodes(), this::price);
        Governance governance = Governance.of(snapshot, most, defaults);
        List<Recommendation> decided = new ArrayList<>();
        Map<WorkloadId, HorizontalAutoscaler> autoscalers = new HashMap<>();
        Map<WorkloadId, String> namesOnCpu = new HashMap<>();
        snapshot.autoscalers().forEach(autoscaler -> {
            autoscalers.putIfAbsent(autoscaler.target(), autoscaler);
            if (autoscaler.cpuUtilizationPercent().isPresent())
                namesOnCpu.putIfAbsent(autoscaler.target(), autoscaler.name());
        });
        for (Demand demand : demands) {
            Optional<String> onCpu = Optional.ofNullable(namesOnCpu.get(demand.workload()));
            decided.add(requests(demand, governance, snapshot.at(), onCpu, unitPrices));
        }
        foresights.look(foreseeable(snapshot, autoscalers, governance), pasts, snapshot.at());
        decided.addAll(replicas(snapshot, demands, autoscalers, governance, unitPrices, pasts));
        decided.sort(Comparator.comparing(Recommendation::workload));
        NodePlan nodes = NodePlanner.plan(snapshot.nodes(), After.loads(snapshot, decided), this::price);
        Impact cluster = new Impact(perMonth(nodes.hourlyNow()), perMonth(nodes.hourlyNeeded()));
        return new Plan(snapshot.at(), decided, nodes, Costs.lastHour(snapshot, demands, this::price), cluster);
    }

    private static Recommendation requests(
            Demand demand, Governance governance, Instant now, Optional<String> onCpu, UnitPrices unitPrices) {
        return switch (governance.of(demand.workload())) {
            case Standing.Governed it
            when it.hold().isEmpty() ->
                PodRecommender.decide(
                        demand,
                        it.terms().pods(),
                        now,
                        onCpu,
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

    /** Whose replicas a forecast may raise. */
    private static List<Foresights.Candidate> foreseeable(
            ClusterSnapshot snapshot, Map<WorkloadId, HorizontalAutoscaler> autoscalers, Governance governance) {
        return snapshot.workloads().stream()
                .filter(workload -> governance.of(workload.id()) instanceof Standing.Governed it
                        && it.terms().replicas().predictive())
                .flatMap(workload -> Optional.ofNullable(autoscalers.get(workload.id()))
                        .flatMap(HorizontalAutoscaler::cpuUtilizationPercent)
                        .map(percent -> new Foresights.Candidate(
                                workload.id(), workload.requestedPerPod().cpu().value() / 1000.0 * percent / 100))
                        .stream())
                .toList();
    }

    private List<Recommendation> replicas(
            ClusterSnapshot snapshot,
            List<Demand> demands,
            Map<WorkloadId, HorizontalAutoscaler> autoscalers,
            Governance governance,
            UnitPrices unitPrices,
            Pasts pasts) {
        Instant at = snapshot.at();
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
                    .map(pod -> cpuPod(pod, Optional.ofNullable(coresByPod.get(pod.id())), at))
                    .toList();
            ReplicaPolicy policy = governed.terms().replicas();
            Optional<PastDemand> demand =
                    policy.predictive() ? foresights.demand(workload.id(), pasts, at) : Optional.empty();
            decided.add(CpuScaling.decide(
                    new CpuScaling.CpuWorkload(
                            autoscaler, workload.replicas(), scaled, Optional.empty(), ScalingHistory.NONE, demand),
                    policy,
                    at,
                    count -> new Impact(now, unitPrices.perMonth(perPod, count))));
        });
        return decided;
    }

    private static CpuScaling.CpuPod cpuPod(Pod pod, Optional<Double> cores, Instant now) {
        boolean allRequest = pod.containers().stream()
                .allMatch(container -> container.requirements().cpuRequest().isPresent());
        return new CpuScaling.CpuPod(
                state(pod, now),
                cores.map(value -> new MilliCores((long) Math.ceil(value * 1000))),
                allRequest ? Optional.of(pod.requested().cpu()) : Optional.empty());
    }

    private static PodState state(Pod pod, Instant now) {
        if (pod.deletedAt().isPresent()) return PodState.TERMINATING;
        return switch (pod.phase()) {
            case FAILED, SUCCEEDED -> PodState.FAILED;
            case PENDING, UNKNOWN -> PodState.PENDING;
            case RUNNING -> {
                if (pod.readyAt().isEmpty()) yield PodState.NEVER_READY;
                yield StartUp.isOver(pod, now.minus(SAMPLE_AGE)) ? PodState.READY : PodState.STARTING;
            }
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
                    case Recommendation.Resize resize ->
                        resized.computeIfAbsent(resize.workload(), key -> new HashMap<>())
                                .put(resize.container(), resize.to());
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

        private static Resources requested(ContainerSpec container, Map<String, Requirements> changes) {
            Requirements changed = changes.get(container.name());
            return (changed == null ? container.requirements() : changed).requested();
        }
    }
}
