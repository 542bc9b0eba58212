package io.trimtab.recommend.zero;

import io.trimtab.recommend.ZeroReason;
import io.trimtab.recommend.zero.ZeroDecision.Action;
import io.trimtab.recommend.zero.ZeroInput.Bounds;
import io.trimtab.recommend.zero.ZeroInput.Cooldown;
import io.trimtab.recommend.zero.ZeroInput.Holds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether a workload is up, and with how many replicas. What cannot be read never lowers a count and is never taken for zero; from
 * zero the whole demand is written at once.
 */
public final class Activation {
    private final ZeroInput input;
    private final Bounds bounds;
    private final Demand demand;
    private final Warmth warmth;
    private final List<ZeroReason> reasons = new ArrayList<>();
    private Optional<Instant> until = Optional.empty();
    private boolean deactivates;

    private Activation(ZeroInput input) {
        this.input = input;
        this.bounds = input.bounds();
        this.demand = Demand.of(input);
        this.warmth = Warmth.of(input);
    }

    public static ZeroDecision decide(ZeroInput input) {
        return input.jobs()
                .map(jobs -> JobScaling.decide(input, jobs, Warmth.of(input)))
                .orElseGet(() -> new Activation(input).decide());
    }

    private ZeroDecision decide() {
        Holds holds = input.holds();
        if (holds.paused().isPresent()) {
            int count = holds.paused().get().replicas().orElse(input.currentReplicas());
            reasons.add(new ZeroReason.Paused(count));
            reasons.addAll(demand.reasons());
            return answer(count, Action.PAUSED);
        }
        if (isActive()) return held(up());
        if (demand.unread()) return held(unread());
        if (!bounds.canRest()) {
            reasons.addAll(demand.reasons());
            return held(Math.max(bounds.min(), demand.replicas()));
        }
        return held(inactive());
    }

    private boolean isActive() {
        return demand.active() || input.holds().forceActivation();
    }

    private int up() {
        reasons.addAll(demand.reasons());
        if (!demand.active()) reasons.addFirst(new ZeroReason.ActivationForced());
        int wanted = wanted();
        return demand.unread() ? Math.max(wanted, input.currentReplicas()) : wanted;
    }

    private int wanted() {
        return Math.max(Math.max(1, bounds.min()), demand.replicas());
    }

    /** Nothing is active as far as can be read: what is up stays up, and a healthy trigger may still raise it. */
    private int unread() {
        reasons.addAll(demand.reasons());
        reasons.sort((a, b) -> Boolean.compare(isFailure(b), isFailure(a)));
        boolean resting = bounds.canRest() && input.currentReplicas() <= bounds.rest();
        if (resting) return input.currentReplicas();
        return Math.max(input.currentReplicas(), wanted());
    }

    private static boolean isFailure(ZeroReason reason) {
        return reason instanceof ZeroReason.TriggerUnread || reason instanceof ZeroReason.FormulaFailed;
    }

    private int inactive() {
        boolean resting = input.currentReplicas() <= bounds.rest();
        Optional<Warmth.Span> warm = warmth.prewarm().filter(span -> span.contains(input.now()));
        if (warm.isPresent()) {
            Warmth.Span span = warm.get();
            reasons.add(new ZeroReason.PreWarming(span.from(), span.to(), span.gaps()));
            return resting ? Math.max(1, bounds.min()) : wanted();
        }
        reasons.add(new ZeroReason.NoTriggerActive());
        if (resting) return input.currentReplicas();
        Optional<Instant> end = cooldownEnd();
        if (end.isPresent() && !input.now().isAfter(end.get())) {
            until = end;
            reasons.addFirst(new ZeroReason.CoolingDown(end.get()));
            warmth.reason().ifPresent(reasons::add);
            return wanted();
        }
        reasons.add(end.isPresent() ? new ZeroReason.CooledDown(end.get()) : new ZeroReason.NeverActive());
        warmth.reason().ifPresent(reasons::add);
        deactivates = true;
        return bounds.rest();
    }

    private Optional<Instant> cooldownEnd() {
        Cooldown cooldown = input.cooldown();
        return cooldown.lastActive()
                .map(active -> active.plus(warmth.cooldown()))
                .or(() -> cooldown.createdAt().map(created -> created.plus(cooldown.initial())));
    }

    /** Within the upper bound and what people have held. */
    private ZeroDecision held(int wanted) {
        int current = input.currentReplicas();
        int bounded = Math.min(wanted, bounds.max());
        if (bounded < wanted) reasons.addFirst(new ZeroReason.AtMaxReplicas(wanted, bounded));
        else if (isActive() && bounded == bounds.min() && bounded > demand.replicas())
            reasons.addFirst(new ZeroReason.AtMinReplicas(bounded));
        if (bounded < current && input.holds().scaleInPaused()) {
            reasons.addFirst(new ZeroReason.ScaleInPaused(bounded));
            return answer(current, Action.HOLD);
        }
        if (bounded > current && input.holds().scaleOutPaused()) {
            reasons.addFirst(new ZeroReason.ScaleOutPaused(bounded));
            return answer(current, Action.HOLD);
        }
        return answer(bounded, action(bounded));
    }

    private Action action(int desired) {
        int current = input.currentReplicas();
        if (demand.byFallback()) return Action.FALLBACK;
        if (desired == current) return Action.HOLD;
        boolean fromRest = current == 0 || (bounds.canRest() && current <= bounds.rest());
        if (desired > current && fromRest) return Action.ACTIVATE;
        return deactivates ? Action.DEACTIVATE : Action.SCALE;
    }

    private ZeroDecision answer(int desired, Action action) {
        Optional<Instant> prewarmAt =
                warmth.prewarm().filter(span -> !input.now().isAfter(span.to())).map(Warmth.Span::from);
        return new ZeroDecision(isActive(), desired, action, until, 0, warmth.cooldown(), prewarmAt, reasons);
    }
}
