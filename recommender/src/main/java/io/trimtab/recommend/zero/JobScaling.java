package io.trimtab.recommend.zero;

import io.trimtab.recommend.ZeroReason;
import io.trimtab.recommend.zero.ZeroInput.Jobs;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How many Jobs to create, by KEDA's strategies. */
final class JobScaling {
    /**
     * @param length of the queue, in the triggers' unit
     * @param jobs that it asks for, before it is cut to whole ones
     */
    private record Queue(BigDecimal length, BigDecimal jobs) {
        static final Queue EMPTY = new Queue(BigDecimal.ZERO, BigDecimal.ZERO);
    }

    private JobScaling() {}

    static ZeroDecision decide(ZeroInput input, Jobs jobs, Warmth warmth) {
        int max = input.bounds().max() - input.bounds().min();
        List<Queue> queues = queues(input, max);
        boolean active =
                !queues.isEmpty() || input.bounds().min() > 0 || input.holds().forceActivation();
        Queue queue = combined(queues, jobs.combination(), max);
        long length = whole(queue.length());
        long create = input.holds().paused().isPresent() || input.holds().scaleOutPaused() || !active
                ? 0
                : Math.max(0, created(input, jobs, length, whole(queue.jobs()), max));
        int createJobs = (int) Math.min(create, Integer.MAX_VALUE - (long) jobs.running());
        return new ZeroDecision(
                active,
                jobs.running() + createJobs,
                action(input, jobs, createJobs),
                Optional.empty(),
                createJobs,
                warmth.cooldown(),
                Optional.empty(),
                reasons(input, jobs, length, createJobs));
    }

    private static long created(ZeroInput input, Jobs jobs, long length, long wanted, long max) {
        int min = input.bounds().min();
        if (jobs.running() < min) return (long) min - jobs.running();
        long running = jobs.running() - (long) min;
        long most = switch (jobs.strategy()) {
            case DEFAULT -> wanted - running;
            case CUSTOM ->
                Math.min(
                        wanted
                                - jobs.queueLengthDeduction()
                                - jobs.runningJobPercentage()
                                        .multiply(BigDecimal.valueOf(running))
                                        .longValue(),
                        max);
            case ACCURATE -> wanted + running - jobs.pending() > max ? max - running : wanted - jobs.pending();
            case EAGER -> Math.min(max - running - jobs.pending(), wanted);
        };
        return Math.min(jobs.strategy() == Jobs.Strategy.EAGER ? max : length, most);
    }

    private static List<Queue> queues(ZeroInput input, int max) {
        List<Queue> queues = new ArrayList<>();
        for (TriggerReading trigger : Demand.queues(input)) {
            BigDecimal milli = Target.milli(trigger.value().orElseThrow());
            BigDecimal asked = milli.divide(Target.milli(trigger.target().threshold()), MathContext.DECIMAL128);
            queues.add(new Queue(milli.movePointLeft(3), asked.min(BigDecimal.valueOf(max))));
        }
        return queues;
    }

    private static Queue combined(List<Queue> queues, Jobs.Combination combination, int max) {
        if (queues.isEmpty()) return Queue.EMPTY;
        Comparator<Queue> byLength = Comparator.comparing(Queue::length);
        Queue sum = queues.stream()
                .reduce(
                        Queue.EMPTY,
                        (a, b) -> new Queue(a.length().add(b.length()), a.jobs().add(b.jobs())));
        BigDecimal count = BigDecimal.valueOf(queues.size());
        Queue queue = switch (combination) {
            case MAX -> queues.stream().max(byLength).orElseThrow();
            case MIN -> queues.stream().min(byLength).orElseThrow();
            case SUM -> sum;
            case AVG ->
                new Queue(
                        sum.length().divide(count, MathContext.DECIMAL128),
                        sum.jobs().divide(count, MathContext.DECIMAL128));
        };
        return new Queue(queue.length(), queue.jobs().min(BigDecimal.valueOf(max)));
    }

    private static long whole(BigDecimal amount) {
        return amount.setScale(0, RoundingMode.CEILING)
                .min(BigDecimal.valueOf(Integer.MAX_VALUE))
                .longValue();
    }

    private static ZeroDecision.Action action(ZeroInput input, Jobs jobs, int create) {
        if (input.holds().paused().isPresent()) return ZeroDecision.Action.PAUSED;
        if (create == 0) return ZeroDecision.Action.HOLD;
        return jobs.running() == 0 ? ZeroDecision.Action.ACTIVATE : ZeroDecision.Action.SCALE;
    }

    private static List<ZeroReason> reasons(ZeroInput input, Jobs jobs, long length, int create) {
        List<ZeroReason> reasons = new ArrayList<>();
        if (input.holds().paused().isPresent()) reasons.add(new ZeroReason.Paused(jobs.running()));
        else if (input.holds().scaleOutPaused()) reasons.add(new ZeroReason.ScaleOutPaused(jobs.running()));
        reasons.add(
                create > 0
                        ? new ZeroReason.JobsNeeded(length, jobs.running(), create)
                        : new ZeroReason.EnoughJobs(length, jobs.running()));
        Demand.queues(input)
                .forEach(trigger -> reasons.add(new ZeroReason.TriggerActive(
                        trigger.name(), trigger.value().orElseThrow(), trigger.activationThreshold())));
        input.triggers().stream()
                .filter(trigger -> !trigger.isRead())
                .forEach(trigger ->
                        reasons.add(new ZeroReason.TriggerUnread(trigger.name(), Math.max(1, trigger.failed()))));
        if (input.fallback().isPresent()) reasons.add(new ZeroReason.IgnoredForJobs("fallback"));
        if (input.modifiers().isPresent()) reasons.add(new ZeroReason.IgnoredForJobs("modifiers"));
        return reasons;
    }
}
