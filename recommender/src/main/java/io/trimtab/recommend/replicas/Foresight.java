package io.trimtab.recommend.replicas;

import io.trimtab.recommend.ReplicaReason;
import io.trimtab.recommend.ReplicaReason.ForecastBeyondNodes;
import io.trimtab.recommend.ReplicaReason.ForecastBeyondQuota;
import io.trimtab.recommend.ReplicaReason.ForecastHigher;
import io.trimtab.recommend.ReplicaReason.ForecastNotBetter;
import io.trimtab.recommend.ReplicaReason.ForecastNotHigher;
import io.trimtab.recommend.ReplicaReason.ForecastNotTried;
import io.trimtab.recommend.ReplicaReason.ForecastTooShort;
import io.trimtab.recommend.ReplicaReason.ForecastWithoutCapacity;
import io.trimtab.recommend.ReplicaReason.ForecastWithoutValues;
import io.trimtab.recommend.replicas.ForecastChoice.Chosen;
import io.trimtab.recommend.replicas.ForecastChoice.NotTried;
import io.trimtab.recommend.replicas.ForecastChoice.TooShort;
import io.trimtab.recommend.replicas.ReplicaRoom.InQuota;
import io.trimtab.recommend.replicas.ReplicaRoom.OnNodes;
import io.trimtab.recommend.replicas.ScalingAnswer.Predicted;
import io.trimtab.recommend.replicas.ScalingMetric.AverageValue;
import io.trimtab.recommend.replicas.ScalingMetric.Utilization;
import io.trimtab.recommend.replicas.ScalingMetric.Value;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the first metric will need by the time that a pod started now serves. It only ever adds to what the metrics propose, and only where the forecast has
 * been better than naive over the given past: left fewer moments short of the target in a closed loop than scaling without it, or erred less than the last value. The tolerance, which keeps replicas where demand is 10 % above them, does not hold for it: most of
 * the minutes in which too few pods served came from there. {@link Headroom} keeps what that costs in bounds.
 *
 * @param raised what it asks for; 0 where it asks for nothing
 */
record Foresight(Predicted predicted, int raised, ReplicaReason reason) {
    /** Takes the noise of binary fractions off a quotient that is a whole number in decimals. */
    private static final double NOISE = 1e-9;

    static Foresight of(PastDemand demand, ScalingInput input, int reactiveReplicas) {
        OptionalDouble capacity = capacity(input);
        ForecastChoice choice = demand.found().orElseGet(() -> ForecastChoice.of(demand.series(), capacity));
        return switch (choice) {
            case TooShort(int trials, int needed) -> without(demand, new ForecastTooShort(trials, needed));
            case NotTried() -> without(demand, new ForecastNotTried());
            case Chosen chosen -> of(chosen, demand, capacity, reactiveReplicas);
        };
    }

    private static Foresight without(PastDemand demand, ReplicaReason why) {
        return new Foresight(new Predicted(demand.at(), Optional.empty(), Optional.empty(), false), 0, why);
    }

    /** The same number, or the forecast's where that is higher, with the reason. */
    Course raise(Course reactive) {
        return raised > reactive.replicas() ? reactive.raisedTo(raised, reason) : reactive.noting(reason);
    }

    private static Foresight of(Chosen chosen, PastDemand demand, OptionalDouble capacity, int reactiveReplicas) {
        OptionalDouble forecast = chosen.value(demand.series());
        if (forecast.isEmpty())
            return without(
                    demand, chosen.used() ? new ForecastWithoutValues() : new ForecastNotBetter(chosen.shortMoments()));
        double value = forecast.getAsDouble();
        if (capacity.isEmpty()) {
            return new Foresight(
                    new Predicted(demand.at(), Optional.of(value), Optional.empty(), false),
                    0,
                    new ForecastWithoutCapacity());
        }
        int replicas = (int) Math.min(Integer.MAX_VALUE, Math.ceil(value / capacity.getAsDouble() - NOISE));
        Predicted predicted = new Predicted(demand.at(), Optional.of(value), Optional.of(replicas), chosen.used());
        if (!chosen.used()) return new Foresight(predicted, 0, new ForecastNotBetter(chosen.shortMoments()));
        if (replicas <= reactiveReplicas)
            return new Foresight(predicted, replicas, new ForecastNotHigher(value, reactiveReplicas, replicas));
        Optional<ReplicaRoom> bound = demand.room().filter(room -> room.most() < replicas);
        int raised = bound.map(room -> Math.max(room.most(), reactiveReplicas)).orElse(replicas);
        ReplicaReason reason = bound.<ReplicaReason>map(room -> switch (room) {
                    case InQuota(int most, String quota, String entry) ->
                        new ForecastBeyondQuota(value, replicas, most, quota, entry);
                    case OnNodes(int most) -> new ForecastBeyondNodes(value, replicas, most);
                })
                .orElseGet(() -> new ForecastHigher(value, reactiveReplicas, replicas));
        return new Foresight(predicted, raised, reason);
    }

    /** What one replica carries when it is exactly at the first metric's target, in the metric's unit. */
    private static OptionalDouble capacity(ScalingInput input) {
        return switch (input.metrics().getFirst()) {
            case ScalingMetric.Resource resource ->
                switch (resource.target()) {
                    case Utilization(int percent) -> positive(meanRequestMilli(resource, input) / 1000 * percent / 100);
                    case AverageValue(long milli) -> positive(milli / 1000.0);
                };
            case ScalingMetric.Pods pods -> positive(pods.target().milli() / 1000.0);
            case ScalingMetric.Total total ->
                switch (total.target()) {
                    case AverageValue(long milli) -> positive(milli / 1000.0);
                    case Value(long milli) -> positive(milli / 1000.0 / ready(input));
                };
        };
    }

    private static long ready(ScalingInput input) {
        return input.pods().stream()
                .filter(pod -> pod.state() == PodState.READY)
                .count();
    }

    /** Over the pods that are counted; 0 when none says its request. */
    private static double meanRequestMilli(ScalingMetric.Resource metric, ScalingInput input) {
        return input.pods().stream()
                .filter(pod -> pod.state() != PodState.FAILED && pod.state() != PodState.TERMINATING)
                .map(pod -> metric.container()
                        .map(name -> pod.containers().getOrDefault(name, Amounts.NONE))
                        .orElse(pod.pod()))
                .flatMap(amounts -> Optional.ofNullable(amounts.requestMilli().get(metric.name())).stream())
                .mapToLong(Long::longValue)
                .average()
                .orElse(0);
    }

    private static OptionalDouble positive(double amount) {
        return amount > 0 && Double.isFinite(amount) ? OptionalDouble.of(amount) : OptionalDouble.empty();
    }
}
