package io.trimtab.recommend.plan;

import io.trimtab.forecast.Demand;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.HorizontalAutoscaler;
import io.trimtab.ingest.model.Mode;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.Impact;
import io.trimtab.recommend.Reason;
import io.trimtab.recommend.Recommendation;
import io.trimtab.recommend.Recommendation.Resize;
import io.trimtab.recommend.Recommendation.Retune;
import io.trimtab.recommend.feasible.Feasibility;
import io.trimtab.recommend.pods.PodPolicy;
import io.trimtab.recommend.pods.PodRecommender;
import io.trimtab.recommend.pods.Steering;
import io.trimtab.recommend.policy.Governance;
import io.trimtab.recommend.policy.Standing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Decides the requests of all containers: where an autoscaler measures by them, those of a workload together with its targets; all of them as far as they can be had. */
final class RequestPlans {
    private final ClusterSnapshot snapshot;
    private final List<Demand> demands;
    private final Governance governance;
    private final UnitPrices unitPrices;

    RequestPlans(ClusterSnapshot snapshot, List<Demand> demands, Governance governance, UnitPrices unitPrices) {
        this.snapshot = snapshot;
        this.demands = demands;
        this.governance = governance;
        this.unitPrices = unitPrices;
    }

    List<Recommendation> decide() {
        Map<WorkloadId, List<HorizontalAutoscaler>> autoscalers = snapshot.autoscalers().stream()
                .filter(autoscaler -> !autoscaler.targets().isEmpty())
                .collect(Collectors.groupingBy(HorizontalAutoscaler::target));
        Map<WorkloadId, List<Pod>> pods = snapshot.pods().stream()
                .filter(pod -> pod.owner().filter(autoscalers::containsKey).isPresent())
                .collect(Collectors.groupingBy(pod -> pod.owner().orElseThrow()));
        Map<WorkloadId, Integer> replicas = snapshot.workloads().stream()
                .filter(workload -> autoscalers.containsKey(workload.id()))
                .collect(Collectors.toMap(Workload::id, Workload::replicas));
        Map<WorkloadId, List<Demand>> byWorkload = demands.stream()
                .collect(Collectors.groupingBy(Demand::workload, LinkedHashMap::new, Collectors.toList()));
        List<Recommendation> wanted = new ArrayList<>();
        byWorkload.forEach((workload, containers) -> {
            List<HorizontalAutoscaler> measuring = autoscalers.getOrDefault(workload, List.of());
            if (!measuring.isEmpty()
                    && governance.of(workload) instanceof Standing.Governed it
                    && it.hold().isEmpty()) {
                List<Pod> own = pods.getOrDefault(workload, List.of());
                var samples = new Samples(replicas.getOrDefault(workload, own.size()), own, containers, snapshot.at());
                wanted.addAll(new JointRequests(containers, measuring, samples, it.terms(), this::requests).decide());
            } else containers.forEach(demand -> wanted.add(requests(demand, Steering.FREE)));
        });
        var feasibility = new Feasibility(snapshot);
        return new StartUpBoosts(feasibility, this::recommended).beside(feasible(wanted, feasibility), demands);
    }

    private Optional<PodPolicy> recommended(WorkloadId workload) {
        return governance.of(workload) instanceof Standing.Governed it
                        && it.hold().isEmpty()
                ? Optional.of(it.terms().pods())
                : Optional.empty();
    }

    private Recommendation requests(Demand demand, Steering steering) {
        return switch (governance.of(demand.workload())) {
            case Standing.Governed it
            when it.hold().isEmpty() ->
                PodRecommender.decide(
                        demand, policy(it), snapshot.at(), steering, (from, to) -> impact(from, to, demand.pods()));
            case Standing it ->
                Planner.held(it, demand.workload(), demand.container().name());
        };
    }

    /** Requests that go with a target are had as they are or not at all, since the target is for just these. */
    private List<Recommendation> feasible(List<Recommendation> wanted, Feasibility feasibility) {
        List<Resize> resizes = new ArrayList<>();
        Set<Resize> tied = new HashSet<>();
        for (Recommendation one : wanted) {
            switch (one) {
                case Resize resize -> resizes.add(resize);
                case Retune retune -> {
                    resizes.addAll(retune.resizes());
                    tied.addAll(retune.resizes());
                }
                case Recommendation.Scale _, Recommendation.Hold _ -> {}
            }
        }
        Map<WorkloadId, Map<String, Demand>> known = new HashMap<>();
        demands.forEach(demand -> known.computeIfAbsent(demand.workload(), unseen -> new HashMap<>())
                .put(demand.container().name(), demand));
        List<Recommendation> fitting = feasibility.fit(
                resizes.stream()
                        .map(resize -> Objects.requireNonNull(Objects.requireNonNull(known.get(resize.workload()))
                                .get(resize.container())))
                        .toList(),
                List.copyOf(resizes),
                this::policy,
                (demand, advised, to, why) -> PodRecommender.instead(
                        demand,
                        advised,
                        tied.contains(advised) ? advised.from() : to,
                        why,
                        (before, after) -> impact(before, after, demand.pods())));
        Iterator<Recommendation> next = fitting.iterator();
        List<Recommendation> decided = new ArrayList<>();
        for (Recommendation one : wanted) {
            switch (one) {
                case Resize _ -> decided.add(next.next());
                case Retune retune ->
                    decided.addAll(together(
                            retune,
                            Stream.generate(next::next)
                                    .limit(retune.resizes().size())
                                    .toList()));
                case Recommendation.Scale _, Recommendation.Hold _ -> decided.add(one);
            }
        }
        return decided;
    }

    /** @param fitting what became of each of its resizes */
    private static List<Recommendation> together(Retune retune, List<Recommendation> fitting) {
        Optional<List<Reason>> against = fitting.stream()
                .filter(Recommendation.Hold.class::isInstance)
                .map(Recommendation::reasons)
                .findFirst();
        if (against.isEmpty()) return List.of(retune);
        return retune.resizes().stream()
                .<Recommendation>map(
                        resize -> new Recommendation.Hold(resize.workload(), resize.container(), against.get()))
                .toList();
    }

    /** With windows or a pause, or by hand, nobody knows when the next request will be there. */
    private static PodPolicy policy(Standing.Governed it) {
        boolean followed = it.mode() == Mode.APPLY
                && !it.paused()
                && it.terms().acts().windows().isEmpty();
        return followed ? it.terms().pods().thatIsFollowed() : it.terms().pods();
    }

    private PodPolicy policy(WorkloadId workload) {
        return governance.of(workload) instanceof Standing.Governed it
                ? it.terms().pods()
                : PodPolicy.DEFAULT;
    }

    private Impact impact(Requirements from, Requirements to, int pods) {
        return new Impact(unitPrices.perMonth(from.requested(), pods), unitPrices.perMonth(to.requested(), pods));
    }
}
