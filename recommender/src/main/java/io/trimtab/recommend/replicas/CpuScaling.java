package io.trimtab.recommend.replicas;

import io.trimtab.cost.units.MilliCores;
import io.trimtab.ingest.model.HorizontalAutoscaler;
import io.trimtab.recommend.Impact;
import io.trimtab.recommend.Reason;
import io.trimtab.recommend.Recommendation;
import io.trimtab.recommend.ReplicaReason.NoAutoscaler;
import io.trimtab.recommend.replicas.ScalingMetric.Utilization;
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
     * @param behavior as the autoscaler has it; empty for the older rules
     * @param bounds of the policy; a count of 0 is left alone, since the workload has been switched off
     * @param impact what running so many replicas instead of the current ones would be worth
     * @return a {@link Recommendation.Scale}, or a {@link Recommendation.Hold} of {@code replicas} when the count stays
     */
    public static Recommendation decide(
            HorizontalAutoscaler autoscaler,
            int currentReplicas,
            List<CpuPod> pods,
            Optional<Behavior> behavior,
            ScalingHistory history,
            ReplicaBounds bounds,
            IntFunction<Impact> impact) {
        if (autoscaler.cpuUtilizationPercent().isEmpty()) return hold(autoscaler, List.of(new NoAutoscaler()));
        var target = new Utilization(autoscaler.cpuUtilizationPercent().get());
        ScalingAnswer answer = HorizontalScaling.decide(new ScalingInput(
                currentReplicas,
                autoscaler.minReplicas(),
                autoscaler.maxReplicas(),
                List.of(new ScalingMetric.Resource(CPU, Optional.empty(), target)),
                pods.stream().map(CpuPod::sample).toList(),
                Tolerance.DEFAULT,
                behavior,
                history,
                Optional.empty()));
        int desired = answer.desiredReplicas();
        List<Reason> reasons = new ArrayList<>();
        if (currentReplicas > 0) {
            ReplicaBounds.Bounded bounded = bounds.apply(desired, autoscaler);
            desired = bounded.replicas();
            reasons.addAll(bounded.reasons());
        }
        reasons.addAll(answer.reasons());
        if (desired == currentReplicas) return hold(autoscaler, reasons);
        return new Recommendation.Scale(autoscaler.target(), currentReplicas, desired, impact.apply(desired), reasons);
    }

    private static Recommendation hold(HorizontalAutoscaler autoscaler, List<Reason> reasons) {
        return new Recommendation.Hold(autoscaler.target(), "replicas", reasons);
    }
}
