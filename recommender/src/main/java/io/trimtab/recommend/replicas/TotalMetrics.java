package io.trimtab.recommend.replicas;

import io.trimtab.recommend.ReplicaReason;
import io.trimtab.recommend.ReplicaReason.MetricFailed;
import io.trimtab.recommend.ReplicaReason.MetricFailure;
import io.trimtab.recommend.replicas.MetricProposal.Failed;
import io.trimtab.recommend.replicas.MetricProposal.Proposed;
import io.trimtab.recommend.replicas.ScalingAnswer.Measured;
import io.trimtab.recommend.replicas.ScalingMetric.AverageValue;
import io.trimtab.recommend.replicas.ScalingMetric.Total;
import io.trimtab.recommend.replicas.ScalingMetric.Value;
import java.util.Optional;

/**
 * Metrics with one value for the whole workload (Object and External).
 *
 * @see "Kubernetes 1.37, pkg/controller/podautoscaler/replica_calculator.go"
 */
final class TotalMetrics {
    private TotalMetrics() {}

    static MetricProposal propose(Total metric, ScalingInput input) {
        if (metric.valueMilli().isEmpty()) return failed(metric, MetricFailure.NO_VALUE);
        long valueMilli = metric.valueMilli().get();
        return switch (metric.target()) {
            case Value(long targetMilli) -> ofValue(metric, valueMilli, targetMilli, input);
            case AverageValue(long targetMilli) -> ofAverage(metric, valueMilli, targetMilli, input);
        };
    }

    /** The ready pods share the value, whatever each of them does. */
    private static MetricProposal ofValue(Total metric, long valueMilli, long targetMilli, ScalingInput input) {
        int current = input.currentReplicas();
        Tolerance tolerance = input.effectiveTolerance();
        double ratio = (double) valueMilli / (double) targetMilli;
        long ready = input.pods().stream()
                .filter(pod -> pod.state() == PodState.READY)
                .count();
        int replicas = (int) Math.ceil(ratio * (double) ready);
        if (tolerance.covers(ratio)) {
            return new Proposed(
                    current,
                    measuredValue(valueMilli, current),
                    replicas != current,
                    tolerated(metric, ratio, tolerance));
        }
        if (input.pods().isEmpty()) return failed(metric, MetricFailure.NO_PODS);
        ReplicaReason reason = new ReplicaReason.ValueDiffers(metric.name(), valueMilli, targetMilli, replicas);
        return new Proposed(replicas, measuredValue(valueMilli, replicas), false, reason);
    }

    /** The count asked for shares the value; the state of the pods does not matter. */
    private static MetricProposal ofAverage(Total metric, long valueMilli, long targetMilli, ScalingInput input) {
        int current = input.currentReplicas();
        Tolerance tolerance = input.effectiveTolerance();
        double ratio = (double) valueMilli / ((double) targetMilli * (double) current);
        int replicas = (int) Math.ceil((double) valueMilli / (double) targetMilli);
        long averageMilli = (long) Math.ceil((double) valueMilli / (double) current);
        if (tolerance.covers(ratio)) {
            return new Proposed(
                    current,
                    measuredAverage(averageMilli, current),
                    replicas != current,
                    tolerated(metric, ratio, tolerance));
        }
        ReplicaReason reason = new ReplicaReason.AverageDiffers(metric.name(), averageMilli, targetMilli, replicas);
        return new Proposed(replicas, measuredAverage(averageMilli, replicas), false, reason);
    }

    private static Measured measuredValue(long valueMilli, int replicas) {
        return new Measured(Optional.empty(), Optional.empty(), Optional.of(valueMilli), Optional.of(replicas));
    }

    private static Measured measuredAverage(long averageMilli, int replicas) {
        return new Measured(Optional.empty(), Optional.of(averageMilli), Optional.empty(), Optional.of(replicas));
    }

    private static ReplicaReason tolerated(Total metric, double ratio, Tolerance tolerance) {
        return new ReplicaReason.RatioWithinTolerance(metric.name(), ratio, tolerance.sideOf(ratio));
    }

    private static Failed failed(Total metric, MetricFailure failure) {
        return new Failed(new MetricFailed(metric.name(), failure));
    }
}
