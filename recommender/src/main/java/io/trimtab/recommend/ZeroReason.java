package io.trimtab.recommend;

import java.math.BigDecimal;
import java.time.Instant;

/** Why a workload is, or is not, at zero. */
public sealed interface ZeroReason extends Reason {
    record TriggerActive(String trigger, BigDecimal value, BigDecimal activationThreshold) implements ZeroReason {}

    record NoTriggerActive() implements ZeroReason {}

    record DemandDecides(String trigger, BigDecimal value, BigDecimal threshold, int replicas) implements ZeroReason {}

    /** The read failed, so nothing is lowered. */
    record TriggerUnread(String trigger, int failed) implements ZeroReason {}

    record FallbackInForce(String trigger, int failed, int failureThreshold, int replicas) implements ZeroReason {}

    record FormulaFailed(String why) implements ZeroReason {}

    record ActivationForced() implements ZeroReason {}

    record CoolingDown(Instant until) implements ZeroReason {}

    record CooledDown(Instant since) implements ZeroReason {}

    record NeverActive() implements ZeroReason {}

    record Paused(int replicas) implements ZeroReason {}

    record ScaleInPaused(int wanted) implements ZeroReason {}

    record ScaleOutPaused(int wanted) implements ZeroReason {}

    record AtMinReplicas(int replicas) implements ZeroReason {}

    record AtMaxReplicas(int wanted, int replicas) implements ZeroReason {}

    /** Idling for longer costs more than a start. */
    record BreakEven(long cooldownSeconds, BigDecimal coldStartCost, BigDecimal podPricePerHour)
            implements ZeroReason {}

    /** The cool-down that would have cost least over the idle times seen. */
    record CheapestForHistory(long cooldownSeconds, int gaps) implements ZeroReason {}

    record PreWarming(Instant from, Instant to, int gaps) implements ZeroReason {}

    /** It rests at this time, whatever its triggers say; {@code until} is the cron line and time zone that end it. */
    record Sleeping(String until) implements ZeroReason {}

    /** Its time to rest is over, and no trigger decides. */
    record AwakeAgain() implements ZeroReason {}

    /** Jobs know no fall-back and no formula. */
    record IgnoredForJobs(String field) implements ZeroReason {}

    record JobsNeeded(long queue, int running, int create) implements ZeroReason {}

    record EnoughJobs(long queue, int running) implements ZeroReason {}
}
