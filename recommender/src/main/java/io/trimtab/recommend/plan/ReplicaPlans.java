package io.trimtab.recommend.plan;

import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Money;
import io.trimtab.cost.units.Resources;
import io.trimtab.forecast.Demand;
import io.trimtab.forecast.Pasts;
import io.trimtab.forecast.StartUp;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.HorizontalAutoscaler;
import io.trimtab.ingest.model.Mode;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.Impact;
import io.trimtab.recommend.Recommendation;
import io.trimtab.recommend.feasible.ReplicaRooms;
import io.trimtab.recommend.policy.Governance;
import io.trimtab.recommend.policy.Standing;
import io.trimtab.recommend.replicas.CpuScaling;
import io.trimtab.recommend.replicas.Foresights;
import io.trimtab.recommend.replicas.PastDemand;
import io.trimtab.recommend.replicas.PodState;
import io.trimtab.recommend.replicas.ReplicaPolicy;
import io.trimtab.recommend.replicas.ScalingHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Decides the replicas of what an autoscaler scales. */
final class ReplicaPlans {
    /** How old a pod's newest sample usually is at most. */
    private static final Duration SAMPLE_AGE = Duration.ofMinutes(1);

    private final ClusterSnapshot snapshot;
    private final Governance governance;
    private final UnitPrices unitPrices;
    private final Map<WorkloadId, HorizontalAutoscaler> autoscalers = new HashMap<>();

    ReplicaPlans(ClusterSnapshot snapshot, Governance governance, UnitPrices unitPrices) {
        this.snapshot = snapshot;
        this.governance = governance;
        this.unitPrices = unitPrices;
        snapshot.autoscalers().forEach(autoscaler -> autoscalers.putIfAbsent(autoscaler.target(), autoscaler));
    }

    /**
     * @param foresights what was found out about forecasts so far
     * @param pasts what forecasts start from
     */
    List<Recommendation> decide(List<Demand> demands, Foresights foresights, Pasts pasts) {
        Instant at = snapshot.at();
        foresights.look(foreseeable(), pasts, at);
        Map<PodId, Double> coresByPod = new HashMap<>();
        demands.forEach(
                demand -> demand.cpuCoresNow().forEach((pod, cores) -> coresByPod.merge(pod, cores, Double::sum)));
        Map<WorkloadId, List<Pod>> byOwner = snapshot.pods().stream()
                .filter(pod -> pod.owner().isPresent())
                .collect(Collectors.groupingBy(pod -> pod.owner().orElseThrow()));
        var rooms = new ReplicaRooms(snapshot);
        List<Recommendation> decided = new ArrayList<>();
        snapshot.workloads().forEach(workload -> {
            HorizontalAutoscaler autoscaler = autoscalers.get(workload.id());
            if (autoscaler == null) return;
            Standing standing = governance.of(workload.id());
            if (!(standing instanceof Standing.Governed governed)
                    || governed.hold().isPresent()) {
                decided.add(Planner.held(standing, workload.id(), "replicas"));
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
            Recommendation replicas = CpuScaling.decide(
                    new CpuScaling.CpuWorkload(
                            autoscaler,
                            workload.replicas(),
                            scaled,
                            Optional.empty(),
                            ScalingHistory.NONE,
                            demand.map(it -> it.within(rooms.of(workload)))),
                    policy,
                    at,
                    count -> new Impact(now, unitPrices.perMonth(perPod, count)));
            // What is only advised takes no room from what will be done.
            boolean done = governed.mode() == Mode.APPLY && !governed.paused();
            if (done && replicas instanceof Recommendation.Scale scale && scale.to() > scale.from())
                rooms.promise(workload, scale.to() - scale.from());
            decided.add(replicas);
        });
        return decided;
    }

    /** Whose replicas a forecast may raise. */
    private List<Foresights.Candidate> foreseeable() {
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

    private static CpuScaling.CpuPod cpuPod(Pod pod, Optional<Double> cores, Instant now) {
        boolean allRequest = pod.containers().stream()
                .allMatch(container -> container.requirements().cpuRequest().isPresent());
        return new CpuScaling.CpuPod(
                state(pod, now),
                cores.map(value -> new MilliCores((long) Math.ceil(value * 1000))),
                allRequest ? Optional.of(pod.requested().cpu()) : Optional.empty());
    }

    static PodState state(Pod pod, Instant now) {
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
}
