package io.trimtab.service.evaluate;

import io.trimtab.recommend.ZeroReason;
import io.trimtab.recommend.ZeroReason.ActivationForced;
import io.trimtab.recommend.ZeroReason.AtMaxReplicas;
import io.trimtab.recommend.ZeroReason.AtMinReplicas;
import io.trimtab.recommend.ZeroReason.AwakeAgain;
import io.trimtab.recommend.ZeroReason.BreakEven;
import io.trimtab.recommend.ZeroReason.CheapestForHistory;
import io.trimtab.recommend.ZeroReason.CooledDown;
import io.trimtab.recommend.ZeroReason.CoolingDown;
import io.trimtab.recommend.ZeroReason.DemandDecides;
import io.trimtab.recommend.ZeroReason.EnoughJobs;
import io.trimtab.recommend.ZeroReason.FallbackInForce;
import io.trimtab.recommend.ZeroReason.FormulaFailed;
import io.trimtab.recommend.ZeroReason.IgnoredForJobs;
import io.trimtab.recommend.ZeroReason.JobsNeeded;
import io.trimtab.recommend.ZeroReason.NeverActive;
import io.trimtab.recommend.ZeroReason.NoTriggerActive;
import io.trimtab.recommend.ZeroReason.Paused;
import io.trimtab.recommend.ZeroReason.PreWarming;
import io.trimtab.recommend.ZeroReason.ScaleInPaused;
import io.trimtab.recommend.ZeroReason.ScaleOutPaused;
import io.trimtab.recommend.ZeroReason.Sleeping;
import io.trimtab.recommend.ZeroReason.TriggerActive;
import io.trimtab.recommend.ZeroReason.TriggerUnread;
import java.math.BigDecimal;
import java.time.Instant;

/** One sentence for each reason of a decision about zero. */
public final class ZeroReasonWords {
    private ZeroReasonWords() {}

    public static String explain(ZeroReason reason) {
        return switch (reason) {
            case TriggerActive(String trigger, BigDecimal value, BigDecimal threshold) ->
                "%s is active: %s is above %s".formatted(trigger, plain(value), plain(threshold));
            case NoTriggerActive() -> "no trigger is active";
            case DemandDecides(String trigger, BigDecimal value, BigDecimal threshold, int replicas) ->
                "%s reads %s, %s for each replica: %s"
                        .formatted(trigger, plain(value), plain(threshold), replicas(replicas));
            case TriggerUnread(String trigger, int failed) ->
                "%s could not be read %s in a row, so the count does not fall"
                        .formatted(trigger, failed == 1 ? "once" : failed + " times");
            case FallbackInForce(String trigger, int failed, int threshold, int replicas) ->
                "%s could not be read %d times in a row (more than %d): the fall-back is %s"
                        .formatted(trigger, failed, threshold, replicas(replicas));
            case FormulaFailed(String why) ->
                "the formula has no value now (%s), so the count does not fall".formatted(why);
            case ActivationForced() -> "activation is forced";
            case CoolingDown(Instant until) -> "nothing is active; the cool-down ends after %s".formatted(until);
            case CooledDown(Instant since) -> "nothing is active and the cool-down ended at %s".formatted(since);
            case NeverActive() -> "nothing has been active";
            case Paused(int count) -> "it is paused at %s".formatted(replicas(count));
            case ScaleInPaused(int wanted) ->
                "scaling in is paused; otherwise it would be %s".formatted(replicas(wanted));
            case ScaleOutPaused(int wanted) ->
                "scaling out is paused; otherwise it would be %s".formatted(replicas(wanted));
            case AtMinReplicas(int count) -> "%s at least".formatted(replicas(count));
            case AtMaxReplicas(int wanted, int count) -> "%s wanted, %d at most".formatted(replicas(wanted), count);
            case BreakEven(long seconds, BigDecimal start, BigDecimal price) ->
                "%d s of idling at %s an hour cost as much as a start (%s)"
                        .formatted(seconds, plain(price), plain(start));
            case CheapestForHistory(long seconds, int gaps) ->
                "a cool-down of %d s would have cost least over %d idle times".formatted(seconds, gaps);
            case PreWarming(Instant from, Instant to, int gaps) ->
                "after %d idle times, work is expected between %s and %s".formatted(gaps, from, to);
            case Sleeping(String until) -> "it sleeps until %s".formatted(until);
            case AwakeAgain() -> "its time to sleep is over";
            case IgnoredForJobs(String field) -> "%s is not used: jobs know none".formatted(field);
            case JobsNeeded(long queue, int running, int create) ->
                "a queue of %d with %d running: %d to create".formatted(queue, running, create);
            case EnoughJobs(long queue, int running) ->
                "a queue of %d with %d running: none to create".formatted(queue, running);
        };
    }

    private static String replicas(int count) {
        return count == 1 ? "1 replica" : count + " replicas";
    }

    private static String plain(BigDecimal amount) {
        return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
    }
}
