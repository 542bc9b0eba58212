package io.trimtab.service.evaluate;

import io.trimtab.ingest.model.PolicyId;
import io.trimtab.recommend.ReplicaReason;
import io.trimtab.recommend.ReplicaReason.AboveMaximum;
import io.trimtab.recommend.ReplicaReason.AbovePolicyMaximum;
import io.trimtab.recommend.ReplicaReason.AverageDiffers;
import io.trimtab.recommend.ReplicaReason.BelowMinimum;
import io.trimtab.recommend.ReplicaReason.BelowPolicyMinimum;
import io.trimtab.recommend.ReplicaReason.BelowScheduledFloor;
import io.trimtab.recommend.ReplicaReason.DirectionUncertain;
import io.trimtab.recommend.ReplicaReason.ForecastBeyondNodes;
import io.trimtab.recommend.ReplicaReason.ForecastBeyondQuota;
import io.trimtab.recommend.ReplicaReason.ForecastHigher;
import io.trimtab.recommend.ReplicaReason.ForecastNotBetter;
import io.trimtab.recommend.ReplicaReason.ForecastNotHigher;
import io.trimtab.recommend.ReplicaReason.ForecastNotTried;
import io.trimtab.recommend.ReplicaReason.ForecastTooShort;
import io.trimtab.recommend.ReplicaReason.ForecastWithoutCapacity;
import io.trimtab.recommend.ReplicaReason.ForecastWithoutValues;
import io.trimtab.recommend.ReplicaReason.MetricFailed;
import io.trimtab.recommend.ReplicaReason.MetricFailure;
import io.trimtab.recommend.ReplicaReason.NoAutoscaler;
import io.trimtab.recommend.ReplicaReason.RatioWithinTolerance;
import io.trimtab.recommend.ReplicaReason.ScaleDownLimited;
import io.trimtab.recommend.ReplicaReason.ScaleUpLimited;
import io.trimtab.recommend.ReplicaReason.ScalingDisabled;
import io.trimtab.recommend.ReplicaReason.Stabilized;
import io.trimtab.recommend.ReplicaReason.UtilizationDiffers;
import io.trimtab.recommend.ReplicaReason.ValueDiffers;
import io.trimtab.recommend.ReplicaReason.WithinTolerance;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;

/** One sentence for each reason of a replica count. */
public final class ReplicaReasonWords {
    private ReplicaReasonWords() {}

    public static String explain(ReplicaReason reason) {
        return switch (reason) {
            case NoAutoscaler() -> "nothing scales this workload on CPU utilisation";
            case ScalingDisabled() -> "scaling is off because the replica count is 0";
            case MetricFailed(String metric, MetricFailure failure) ->
                "%s cannot be evaluated: %s".formatted(metric, explain(failure));
            case UtilizationDiffers(int measured, int target, int proposed) ->
                "utilisation is %d%%, target is %d%%: %s".formatted(measured, target, replicas(proposed));
            case AverageDiffers(String metric, long measured, long target, int proposed) ->
                "%s is %s for each replica, target is %s: %s"
                        .formatted(metric, amount(measured), amount(target), replicas(proposed));
            case ValueDiffers(String metric, long measured, long target, int proposed) ->
                "%s is %s, target is %s: %s".formatted(metric, amount(measured), amount(target), replicas(proposed));
            case WithinTolerance(int measured, int target, double tolerance) ->
                "utilisation %d%% is within %s of the target %d%%".formatted(measured, percent(tolerance), target);
            case RatioWithinTolerance(String metric, double ratio, double tolerance) ->
                "%s is at %s of its target, within the tolerance of %s"
                        .formatted(metric, percent(ratio), percent(tolerance));
            case DirectionUncertain(String metric, double ratio, double assumed) ->
                "%s is at %s of its target, but at %s with what pods without a usable sample may use"
                        .formatted(metric, percent(ratio), percent(assumed));
            case Stabilized(int proposed, int stabilized) ->
                "recent recommendations hold %d replicas at %d".formatted(proposed, stabilized);
            case ScaleUpLimited(int wanted, int allowed) ->
                "%d replicas are wanted, but %d are as many as may be now".formatted(wanted, allowed);
            case ScaleDownLimited(int wanted, int allowed) ->
                "%d replicas are wanted, but %d are as few as may be now".formatted(wanted, allowed);
            case AboveMaximum(int wanted, int max) -> "%d replicas are above the maximum of %d".formatted(wanted, max);
            case BelowMinimum(int wanted, int min) -> "%d replicas are below the minimum of %d".formatted(wanted, min);
            case AbovePolicyMaximum(PolicyId policy, int wanted, int max) ->
                "%d replicas are above the maximum of %s, %d".formatted(wanted, policy, max);
            case BelowPolicyMinimum(PolicyId policy, int wanted, int min) ->
                "%d replicas are below the minimum of %s, %d".formatted(wanted, policy, min);
            case BelowScheduledFloor(PolicyId policy, int wanted, int floor, String schedule, Instant until) ->
                "%d replicas are below what %s has scheduled: at least %d from %s until %s"
                        .formatted(wanted, policy, floor, schedule, until);
            case ForecastHigher(double value, int reactive, int predicted) ->
                "the forecast of %s needs %d replicas, %d are needed now".formatted(number(value), predicted, reactive);
            case ForecastBeyondQuota(double value, int predicted, int allowed, String quota, String entry) ->
                "the forecast of %s needs %s, of which quota %s (%s) admits %d"
                        .formatted(number(value), replicas(predicted), quota, entry, allowed);
            case ForecastBeyondNodes(double value, int predicted, int allowed) ->
                "the forecast of %s needs %s, of which the nodes carry %d, and nothing is known to add nodes"
                        .formatted(number(value), replicas(predicted), allowed);
            case ForecastNotHigher(double value, int reactive, int predicted) ->
                "the forecast of %s needs %d replicas, no more than the %d needed now"
                        .formatted(number(value), predicted, reactive);
            case ForecastNotBetter(int shortMoments) ->
                "the forecast is not used: none would have made fewer of the %d moments that were short of the target"
                        .formatted(shortMoments);
            case ForecastTooShort(int trials, int needed) ->
                "the forecast is not used: it could be tried %d times, %d are needed".formatted(trials, needed);
            case ForecastNotTried() ->
                "the forecast is not used yet: whether one is any good is found out in one of the next rounds";
            case ForecastWithoutValues() -> "the forecast is not used: the newest values that it needs are missing";
            case ForecastWithoutCapacity() -> "the forecast is not used: what a replica can carry is not known";
        };
    }

    private static String explain(MetricFailure failure) {
        return switch (failure) {
            case NO_PODS -> "there are no pods";
            case NO_SAMPLES -> "no pod that counts has a sample";
            case MISSING_REQUEST -> "a pod has no request for it";
            case ZERO_REQUESTS -> "the requests add up to 0";
            case NO_VALUE -> "it has no value";
        };
    }

    private static String replicas(int count) {
        return count == 1 ? "1 replica" : count + " replicas";
    }

    private static String amount(long milli) {
        return BigDecimal.valueOf(milli, 3).stripTrailingZeros().toPlainString();
    }

    private static String percent(double share) {
        return number(share * 100) + "%";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }
}
