package io.trimtab.recommend.replicas;

import io.trimtab.recommend.ReplicaReason;
import io.trimtab.recommend.ReplicaReason.AboveMaximum;
import io.trimtab.recommend.ReplicaReason.BelowMinimum;
import io.trimtab.recommend.ReplicaReason.ScalingDisabled;
import io.trimtab.recommend.replicas.MetricProposal.Failed;
import io.trimtab.recommend.replicas.MetricProposal.Proposed;
import io.trimtab.recommend.replicas.ScalingAnswer.Limit;
import io.trimtab.recommend.replicas.ScalingAnswer.Measured;
import io.trimtab.recommend.replicas.ScalingAnswer.Predicted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides how many replicas a workload should have, as the HorizontalPodAutoscaler of Kubernetes 1.37 does.
 *
 * @see "https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/, and the controller's source: pkg/controller/podautoscaler"
 */
public final class HorizontalScaling {
    private HorizontalScaling() {}

    /**
     * The metrics propose, the highest proposal wins, a forecast may raise it, then stabilization, rates and bounds limit it. A count outside the bounds
     * goes to the nearer one whatever the metrics say. As long as a metric cannot be evaluated nothing is removed.
     */
    public static ScalingAnswer decide(ScalingInput input) {
        int current = input.currentReplicas();
        if (current == 0) return answer(0, List.of(), Optional.empty(), unused(input), new ScalingDisabled());
        List<MetricProposal> proposals =
                input.metrics().stream().map(metric -> propose(metric, input)).toList();
        List<Measured> measured =
                proposals.stream().map(MetricProposal::measured).toList();
        if (current > input.maxReplicas()) {
            return answer(
                    input.maxReplicas(),
                    measured,
                    Optional.of(Limit.MAX_REPLICAS),
                    unused(input),
                    new AboveMaximum(current, input.maxReplicas()));
        }
        if (current < input.minReplicas()) {
            return answer(
                    input.minReplicas(),
                    measured,
                    Optional.of(Limit.MIN_REPLICAS),
                    unused(input),
                    new BelowMinimum(current, input.minReplicas()));
        }
        List<ReplicaReason> failures =
                proposals.stream().flatMap(HorizontalScaling::failure).toList();
        Optional<Proposed> highest = highest(proposals);
        boolean blocked =
                highest.isEmpty() || (!failures.isEmpty() && highest.get().replicas() < current);
        if (blocked) return new ScalingAnswer(current, measured, Optional.empty(), unused(input), failures);
        return limited(input, measured, course(highest.get(), failures));
    }

    private static ScalingAnswer limited(ScalingInput input, List<Measured> measured, Course reactive) {
        Optional<Foresight> foresight = input.demand().map(demand -> Foresight.of(demand, input, reactive.replicas()));
        Course raised = foresight.map(seen -> seen.raise(reactive)).orElse(reactive);
        Course limited = RateLimits.apply(raised, input);
        Optional<Predicted> predicted = foresight.map(Foresight::predicted);
        return new ScalingAnswer(limited.replicas(), measured, limited.limitedBy(), predicted, limited.reasons());
    }

    /** What the forecast says where the number is settled without it. */
    private static Optional<Predicted> unused(ScalingInput input) {
        return input.demand()
                .map(demand ->
                        Foresight.of(demand, input, input.currentReplicas()).predicted())
                .map(seen -> new Predicted(seen.at(), seen.value(), seen.replicas(), false));
    }

    private static MetricProposal propose(ScalingMetric metric, ScalingInput input) {
        return switch (metric) {
            case ScalingMetric.Resource resource -> PodMetrics.propose(resource, input);
            case ScalingMetric.Pods pods -> PodMetrics.propose(pods, input);
            case ScalingMetric.Total total -> TotalMetrics.propose(total, input);
        };
    }

    private static Course course(Proposed proposed, List<ReplicaReason> failures) {
        List<ReplicaReason> reasons = new ArrayList<>();
        reasons.add(proposed.reason());
        reasons.addAll(failures);
        return new Course(
                proposed.replicas(), proposed.tolerated() ? Optional.of(Limit.TOLERANCE) : Optional.empty(), reasons);
    }

    /** The first of the highest. */
    private static Optional<Proposed> highest(List<MetricProposal> proposals) {
        return proposals.stream()
                .flatMap(proposal -> proposal instanceof Proposed proposed ? Stream.of(proposed) : Stream.of())
                .sorted(Comparator.comparing(Proposed::replicas, Comparator.reverseOrder()))
                .findFirst();
    }

    private static Stream<ReplicaReason> failure(MetricProposal proposal) {
        return proposal instanceof Failed(ReplicaReason.MetricFailed reason) ? Stream.of(reason) : Stream.of();
    }

    private static ScalingAnswer answer(
            int replicas,
            List<Measured> measured,
            Optional<Limit> limit,
            Optional<Predicted> predicted,
            ReplicaReason reason) {
        return new ScalingAnswer(replicas, measured, limit, predicted, List.of(reason));
    }
}
