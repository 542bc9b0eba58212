package io.trimtab.recommend.replicas;

import io.trimtab.cost.units.MilliCores;
import io.trimtab.ingest.model.HorizontalAutoscaler;
import io.trimtab.recommend.Impact;
import io.trimtab.recommend.Reason;
import io.trimtab.recommend.Recommendation;
import io.trimtab.recommend.ReplicaReason;
import io.trimtab.recommend.ReplicaReason.NoAutoscaler;
import io.trimtab.recommend.replicas.ScalingMetric.Utilization;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** Asks {@link HorizontalScaling} for a workload whose autoscaler has a CPU utilisation target. */
public final class CpuScaling {
    private static final String CPU = "cpu";

    private CpuScaling() {}

    /**
     * A pod of the workload.
     *
     * @param usage newest sample; empty for none
     * @param request in force now, over all its containers; empty when one of them has none
     */
    public record CpuPod(PodState state, Optional<MilliCores> usage, Optional<MilliCores> request) {
        private PodSample sample() {
            return new PodSample(state, new Amounts(byName(usage), byName(request)), Map.of());
        }

        private static Map<String, Long> byName(Optional<MilliCores> amount) {
            return amount.<Map<String, Long>>map(cpu -> Map.of(CPU, cpu.value()))
                    .orElse(Map.of());
        }
    }

    /**
     * A workload and who scales it.
     *
     * @param replicas asked for now
     * @param behavior as the autoscaler has it; empty for the older rules
     * @param demand what it used, for a forecast; empty for none
     */
    public record CpuWorkload(
            HorizontalAutoscaler autoscaler,
            int replicas,
            List<CpuPod> pods,
            Optional<Behavior> behavior,
            ScalingHistory history,
            Optional<PastDemand> demand) {
        private ScalingInput input(int targetPercent) {
            return new ScalingInput(
                    replicas,
                    autoscaler.minReplicas(),
                    autoscaler.maxReplicas(),
                    List.of(new ScalingMetric.Resource(CPU, Optional.empty(), new Utilization(targetPercent))),
                    pods.stream().map(CpuPod::sample).toList(),
                    Tolerance.DEFAULT,
                    behavior,
                    history,
                    demand);
        }
    }

    /** What the metrics say of a count, before the policy's bounds. */
    private record Measured(int replicas, List<ReplicaReason> reasons) {
        /** Without a target on CPU the count is somebody else's, and only a policy moves it. */
        static Measured of(CpuWorkload workload) {
            Optional<Integer> target = workload.autoscaler.cpuUtilizationPercent();
            if (target.isEmpty()) return new Measured(workload.replicas, List.of(new NoAutoscaler()));
            ScalingAnswer answer = HorizontalScaling.decide(workload.input(target.get()));
            return new Measured(answer.desiredReplicas(), answer.reasons());
        }
    }

    /**
     * @param policy its bounds and the floor in force; a count of 0 is left alone, since the workload has been switched off
     * @param impact what running so many replicas instead of the current ones would be worth
     * @return a {@link Recommendation.Scale}, or a {@link Recommendation.Hold} of {@code replicas} when the count stays
     */
    public static Recommendation decide(
            CpuWorkload workload, ReplicaPolicy policy, Instant now, IntFunction<Impact> impact) {
        HorizontalAutoscaler autoscaler = workload.autoscaler;
        Measured measured = Measured.of(workload);
        int desired = measured.replicas;
        List<Reason> reasons = new ArrayList<>();
        if (workload.replicas > 0) {
            ReplicaBounds.Bounded bounded =
                    policy.bounds().apply(desired, ReplicaFloor.at(now, policy.floors()), autoscaler);
            desired = bounded.replicas();
            reasons.addAll(bounded.reasons());
        }
        reasons.addAll(measured.reasons);
        if (desired == workload.replicas) return hold(autoscaler, reasons);
        return new Recommendation.Scale(
                autoscaler.target(), workload.replicas, desired, impact.apply(desired), reasons);
    }

    private static Recommendation hold(HorizontalAutoscaler autoscaler, List<Reason> reasons) {
        return new Recommendation.Hold(autoscaler.target(), "replicas", reasons);
    }
}
