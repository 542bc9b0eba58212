package io.trimtab.recommend.replicas;

import io.trimtab.recommend.ReplicaReason;
import io.trimtab.recommend.ReplicaReason.MetricFailed;
import io.trimtab.recommend.ReplicaReason.MetricFailure;
import io.trimtab.recommend.replicas.MetricProposal.Failed;
import io.trimtab.recommend.replicas.MetricProposal.Proposed;
import io.trimtab.recommend.replicas.ScalingAnswer.Measured;
import io.trimtab.recommend.replicas.ScalingMetric.AverageValue;
import io.trimtab.recommend.replicas.ScalingMetric.PodTarget;
import io.trimtab.recommend.replicas.ScalingMetric.Utilization;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Metrics with a value for each pod. Follows the replica calculator of Kubernetes 1.37: first the ready pods with samples decide the direction; then pods
 * without a sample count as idle on the way up and as at their target (or full request) on the way down, unready ones as idle on the way up; a number that
 * this would turn round is not acted upon. Whole numbers are divided as whole numbers, ratios are doubles, in the order that upstream uses.
 *
 * @see "Kubernetes 1.37, pkg/controller/podautoscaler/replica_calculator.go and metrics/utilization.go"
 */
final class PodMetrics {
    private static final String CPU = "cpu";

    /** A pod's sample and request, in thousandths. */
    private record Reading(long usageMilli, long requestMilli) {}

    /** The pods by what they are good for; a pod without a sample or not ready keeps its request only. */
    private record Groups(List<Reading> sampled, List<Reading> unready, List<Reading> missing) {}

    private record Usage(double ratio, Optional<Integer> percent, long averageMilli) {}

    private final String name;
    private final PodTarget target;
    private final boolean onlyReady;
    private final Function<PodSample, Amounts> amounts;

    private PodMetrics(String name, PodTarget target, boolean onlyReady, Function<PodSample, Amounts> amounts) {
        this.name = name;
        this.target = target;
        this.onlyReady = onlyReady;
        this.amounts = amounts;
    }

    static MetricProposal propose(ScalingMetric.Resource metric, ScalingInput input) {
        Function<PodSample, Amounts> amounts = metric.container()
                .<Function<PodSample, Amounts>>map(
                        container -> pod -> pod.containers().getOrDefault(container, Amounts.NONE))
                .orElse(PodSample::pod);
        return new PodMetrics(metric.name(), metric.target(), metric.name().equals(CPU), amounts).propose(input);
    }

    static MetricProposal propose(ScalingMetric.Pods metric, ScalingInput input) {
        return new PodMetrics(metric.name(), metric.target(), false, PodSample::pod).propose(input);
    }

    private MetricProposal propose(ScalingInput input) {
        if (input.pods().isEmpty()) return failed(MetricFailure.NO_PODS);
        Groups groups = group(input.pods());
        if (groups.sampled.isEmpty()) return failed(MetricFailure.NO_SAMPLES);
        if (target instanceof Utilization && input.pods().stream().anyMatch(this::lacksRequest))
            return failed(MetricFailure.MISSING_REQUEST);
        Optional<Usage> measured = measure(groups.sampled);
        if (measured.isEmpty()) return failed(MetricFailure.ZERO_REQUESTS);
        return decide(input, groups, measured.get());
    }

    private MetricProposal decide(ScalingInput input, Groups groups, Usage usage) {
        int current = input.currentReplicas();
        Tolerance tolerance = input.effectiveTolerance();
        List<Reading> assumed = withAssumed(groups, usage.ratio);
        // Requests are never less with more pods, so what could be measured before still can.
        double ratio = measure(assumed).orElseThrow().ratio;
        int replicas = (int) Math.ceil(ratio * assumed.size());
        if (tolerance.covers(ratio))
            return proposed(current, usage, replicas != current, tolerated(usage, ratio, tolerance));
        boolean filled = assumed.size() > groups.sampled.size();
        boolean turned = (usage.ratio < 1.0 && ratio > 1.0) || (usage.ratio > 1.0 && ratio < 1.0);
        boolean against = (ratio < 1.0 && replicas > current) || (ratio > 1.0 && replicas < current);
        if (filled && (turned || against))
            return proposed(current, usage, false, new ReplicaReason.DirectionUncertain(name, usage.ratio, ratio));
        return proposed(replicas, usage, false, differs(usage, replicas));
    }

    private List<Reading> withAssumed(Groups groups, double ratio) {
        List<Reading> all = new ArrayList<>(groups.sampled);
        if (ratio < 1.0)
            groups.missing.forEach(pod -> all.add(new Reading(fullUseMilli(pod.requestMilli), pod.requestMilli)));
        if (ratio > 1.0) {
            groups.missing.forEach(pod -> all.add(new Reading(0, pod.requestMilli)));
            groups.unready.forEach(pod -> all.add(new Reading(0, pod.requestMilli)));
        }
        return all;
    }

    private long fullUseMilli(long requestMilli) {
        return switch (target) {
            case Utilization(int percent) -> Milli.timesOver(requestMilli, Math.max(100, percent), 100);
            case AverageValue(long milli) -> milli;
        };
    }

    private Groups group(List<PodSample> pods) {
        Groups groups = new Groups(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (PodSample pod : pods) {
            Optional<Long> usage =
                    Optional.ofNullable(amounts.apply(pod).usageMilli().get(name));
            long request = amounts.apply(pod).requestMilli().getOrDefault(name, 0L);
            switch (pod.state()) {
                case FAILED, TERMINATING -> {}
                case PENDING -> groups.unready.add(new Reading(0, request));
                case READY, NEVER_READY, STARTING -> {
                    List<Reading> group = usage.isEmpty()
                            ? groups.missing
                            : onlyReady && pod.state() != PodState.READY ? groups.unready : groups.sampled;
                    group.add(new Reading(usage.orElse(0L), request));
                }
            }
        }
        return groups;
    }

    /** Pods that are not counted need not say their request. */
    private boolean lacksRequest(PodSample pod) {
        boolean counted = pod.state() != PodState.FAILED && pod.state() != PodState.TERMINATING;
        return counted && !amounts.apply(pod).requestMilli().containsKey(name);
    }

    /** Empty where a share of the requests is asked for and they are nothing. */
    private Optional<Usage> measure(List<Reading> pods) {
        long totalMilli = Milli.sum(pods.stream().mapToLong(Reading::usageMilli));
        long averageMilli = totalMilli / pods.size();
        return switch (target) {
            case Utilization(int targetPercent) -> {
                long requestMilli = Milli.sum(pods.stream().mapToLong(Reading::requestMilli));
                if (requestMilli == 0) yield Optional.empty();
                int percent = (int) Math.min(Integer.MAX_VALUE, Milli.timesOver(totalMilli, 100, requestMilli));
                yield Optional.of(
                        new Usage((double) percent / (double) targetPercent, Optional.of(percent), averageMilli));
            }
            case AverageValue(long milli) ->
                Optional.of(new Usage((double) averageMilli / (double) milli, Optional.empty(), averageMilli));
        };
    }

    private static Proposed proposed(int replicas, Usage usage, boolean tolerated, ReplicaReason reason) {
        Measured measured =
                new Measured(usage.percent, Optional.of(usage.averageMilli), Optional.empty(), Optional.of(replicas));
        return new Proposed(replicas, measured, tolerated, reason);
    }

    private ReplicaReason tolerated(Usage usage, double ratio, Tolerance tolerance) {
        return switch (target) {
            case Utilization(int percent) ->
                new ReplicaReason.WithinTolerance(usage.percent.orElseThrow(), percent, tolerance.sideOf(ratio));
            case AverageValue ignored -> new ReplicaReason.RatioWithinTolerance(name, ratio, tolerance.sideOf(ratio));
        };
    }

    private ReplicaReason differs(Usage usage, int replicas) {
        return switch (target) {
            case Utilization(int percent) ->
                new ReplicaReason.UtilizationDiffers(usage.percent.orElseThrow(), percent, replicas);
            case AverageValue(long milli) ->
                new ReplicaReason.AverageDiffers(name, usage.averageMilli, milli, replicas);
        };
    }

    private Failed failed(MetricFailure failure) {
        return new Failed(new MetricFailed(name, failure));
    }
}
