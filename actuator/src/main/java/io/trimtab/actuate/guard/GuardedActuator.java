package io.trimtab.actuate.guard;

import io.trimtab.cost.units.Money;
import io.trimtab.ingest.model.Mode;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.ingest.model.WorkloadState;
import io.trimtab.recommend.Actuator;
import io.trimtab.recommend.Outcome;
import io.trimtab.recommend.Recommendation;
import io.trimtab.recommend.Recommendation.Hold;
import io.trimtab.recommend.Recommendation.Resize;
import io.trimtab.recommend.Recommendation.Retune;
import io.trimtab.recommend.Recommendation.Scale;
import io.trimtab.recommend.policy.Governance;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Lets through what may be done now and says why the rest waits. One at a time, so that two acts cannot spend the same budget. */
public final class GuardedActuator implements Actuator {
    private final Actuator inner;
    private final Function<WorkloadId, Situation> situations;
    private final Function<WorkloadId, Optional<WorkloadState>> states;
    private final InstantSource clock;
    private final List<Act> past;

    /**
     * @param situations as of the cycle's snapshot; see {@link Situation#of}
     * @param states of workloads as they are now; empty of what is not known, which no disruption budget protects
     * @param past acts of the last 24 hours, from before a restart
     */
    public GuardedActuator(
            Actuator inner,
            Function<WorkloadId, Situation> situations,
            Function<WorkloadId, Optional<WorkloadState>> states,
            InstantSource clock,
            List<Act> past) {
        this.inner = inner;
        this.situations = situations;
        this.states = states;
        this.clock = clock;
        this.past = new ArrayList<>(past);
    }

    @Override
    public synchronized Outcome apply(Recommendation recommendation) {
        Situation situation = situations.apply(recommendation.workload());
        Instant now = clock.instant();
        return switch (recommendation) {
            case Hold hold -> inner.apply(hold);
            case Scale scale ->
                judged(
                        scale,
                        Asked.of(
                                scale, new Act(now, scale.workload(), "replicas", Math.abs(scale.to() - scale.from()))),
                        situation);
            case Resize resize ->
                judged(
                        resize,
                        Asked.of(resize, new Act(now, resize.workload(), resize.container(), situation.workloadPods())),
                        situation);
            case Retune retune -> {
                int pods = retune.resizes().isEmpty() ? 0 : situation.workloadPods();
                yield judged(
                        retune, Asked.of(retune, new Act(now, retune.workload(), retune.subject(), pods)), situation);
            }
        };
    }

    /** The acts of the last 24 hours, to be kept over a restart. */
    public synchronized List<Act> past() {
        return List.copyOf(past);
    }

    private Outcome judged(Recommendation recommendation, Asked asked, Situation situation) {
        Act wanted = asked.act();
        past.removeIf(act -> !act.at().isAfter(wanted.at().minus(Guards.DAY)));
        Verdict verdict = Guards.judge(asked, situation, past);
        for (Resize resize : resizes(recommendation)) {
            if (!(verdict instanceof Verdict.Allowed)) break;
            verdict = states.apply(resize.workload())
                    .map(state -> Disruptions.judge(resize, state))
                    .orElse(verdict);
        }
        if (!(verdict instanceof Verdict.Allowed))
            return new Outcome.Skipped(recommendation.workload(), explain(verdict));
        Outcome outcome = inner.apply(recommendation);
        if (outcome instanceof Outcome.Applied) past.add(wanted);
        return outcome;
    }

    private static List<Resize> resizes(Recommendation recommendation) {
        return switch (recommendation) {
            case Resize resize -> List.of(resize);
            case Retune retune -> retune.resizes();
            case Scale _, Hold _ -> List.of();
        };
    }

    private static String explain(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Allowed() -> "allowed";
            case Verdict.NotAllowedByMode(Mode mode) -> "the mode is %s; set it to Apply to act".formatted(mode);
            case Verdict.Paused() ->
                "paused; remove the annotation %s of the workload, its namespace or its policy to act"
                        .formatted(Governance.PAUSE);
            case Verdict.OutsideWindows(Optional<Instant> next) ->
                "no window is open; %s (acts.windows)"
                        .formatted(next.map(moment -> "the next one opens at " + moment)
                                .orElse("none opens within years"));
            case Verdict.SavesTooLittle(Money saving, Money needed) ->
                "it saves %s per month, %s are needed (acts.minSavingPerMonth)".formatted(saving, needed);
            case Verdict.EnoughToday(int acts, int most) ->
                "%d acts on it in 24 h, %d allowed (acts.perWorkloadPerDay)".formatted(acts, most);
            case Verdict.BreaksBudget(String budget, int restarts, int allowed) ->
                "it restarts %d ready pods at once and the PodDisruptionBudget %s allows %d; raise it, or let the container be resized without a restart (resizePolicy)"
                        .formatted(restarts, budget, allowed);
            case Verdict.BudgetSpent(int touched, int asked, int most) ->
                "%d pods touched in 10 minutes and %d more asked for, %d allowed (acts.podsPer10Minutes)"
                        .formatted(touched, asked, most);
        };
    }
}
