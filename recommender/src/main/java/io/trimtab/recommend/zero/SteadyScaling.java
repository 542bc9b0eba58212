package io.trimtab.recommend.zero;

import io.trimtab.recommend.Reason;
import io.trimtab.recommend.replicas.Behavior;
import io.trimtab.recommend.replicas.HorizontalScaling;
import io.trimtab.recommend.replicas.ScalingAnswer;
import io.trimtab.recommend.replicas.ScalingHistory;
import io.trimtab.recommend.replicas.ScalingInput;
import io.trimtab.recommend.replicas.ScalingMetric;
import io.trimtab.recommend.replicas.ScalingMetric.AverageValue;
import io.trimtab.recommend.replicas.ScalingMetric.Total;
import io.trimtab.recommend.replicas.Tolerance;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Between one replica and many: the HorizontalPodAutoscaler's tolerance, stabilization and rates on what {@link Activation} decided, so that a noisy
 * trigger does not move the count to and fro. To zero, from zero, paused or on a fall-back the decision stands as it is.
 */
public final class SteadyScaling {
    private static final Behavior BEHAVIOR = new Behavior(Behavior.DEFAULT_UP, Behavior.DEFAULT_DOWN);
    private static final long MILLI = 1000;
    private static final BigDecimal MOST_MILLI = BigDecimal.valueOf(Long.MAX_VALUE / 2);

    private SteadyScaling() {}

    /**
     * A count and why.
     *
     * @param reasons the decisive one first
     */
    public record Steady(int replicas, List<Reason> reasons) {
        public Steady {
            reasons = List.copyOf(reasons);
        }
    }

    /** @param history of this workload's counts; an entry is as old as it is at the decision's moment */
    public static Steady decide(ZeroInput input, ZeroDecision decision, ScalingHistory history) {
        boolean between = input.currentReplicas() > 0 && decision.desiredReplicas() > 0;
        boolean moves = decision.action() == ZeroDecision.Action.SCALE || decision.action() == ZeroDecision.Action.HOLD;
        boolean held = decision.action() == ZeroDecision.Action.HOLD && isHeldByPeople(input);
        boolean resting = input.bounds().canRest()
                && input.currentReplicas() <= input.bounds().rest();
        if (!between || !moves || held || resting) return asDecided(decision);
        int least = Math.max(1, input.bounds().min());
        ScalingAnswer answer = HorizontalScaling.decide(new ScalingInput(
                input.currentReplicas(),
                least,
                input.bounds().max(),
                metrics(input, decision),
                List.of(),
                Tolerance.DEFAULT,
                Optional.of(BEHAVIOR),
                history,
                Optional.empty()));
        if (answer.desiredReplicas() == decision.desiredReplicas()) return asDecided(decision);
        List<Reason> reasons = new ArrayList<>(answer.reasons());
        reasons.addAll(decision.reasons());
        return new Steady(answer.desiredReplicas(), reasons);
    }

    private static boolean isHeldByPeople(ZeroInput input) {
        return input.holds().paused().isPresent()
                || input.holds().scaleInPaused()
                || input.holds().scaleOutPaused();
    }

    /** The triggers themselves, so that the tolerance is that of their values; one number for all where something stands in for them. */
    private static List<ScalingMetric> metrics(ZeroInput input, ZeroDecision decision) {
        boolean averages =
                input.triggers().stream().allMatch(trigger -> trigger.target().type() == Target.Type.AVERAGE_VALUE);
        boolean plain =
                averages && input.modifiers().isEmpty() && input.fallback().isEmpty() && decision.active();
        if (!plain)
            return List.of(
                    new Total("demand", Optional.of(decision.desiredReplicas() * MILLI), new AverageValue(MILLI)));
        return input.triggers().stream().map(SteadyScaling::metric).toList();
    }

    private static ScalingMetric metric(TriggerReading trigger) {
        Optional<Long> value = trigger.isRead() ? trigger.value().map(SteadyScaling::bounded) : Optional.empty();
        return new Total(
                trigger.name(), value, new AverageValue(bounded(trigger.target().threshold())));
    }

    private static long bounded(BigDecimal value) {
        return Target.milli(value).min(MOST_MILLI).max(BigDecimal.ZERO).longValueExact();
    }

    private static Steady asDecided(ZeroDecision decision) {
        return new Steady(decision.desiredReplicas(), List.copyOf(decision.reasons()));
    }
}
