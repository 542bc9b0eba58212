package io.trimtab.recommend.zero;

import io.trimtab.recommend.ZeroReason;
import io.trimtab.recommend.zero.formula.FormulaException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the triggers ask for together.
 *
 * @param active whether any of them, or a fall-back, asks for the workload to be up
 * @param replicas the largest of what each asks for
 * @param unread whether something could not be read and nothing stands in for it: the count must not fall
 * @param byFallback whether a fall-back's number is the largest
 * @param reasons of the largest first
 */
record Demand(boolean active, int replicas, boolean unread, boolean byFallback, List<ZeroReason> reasons) {
    /** What one trigger, or the composite, asks for. */
    private record Ask(boolean active, int replicas, boolean unread, boolean fallback, List<ZeroReason> reasons) {}

    static Demand of(ZeroInput input) {
        List<Ask> asks = input.modifiers()
                .map(modifiers -> List.of(composite(input, modifiers)))
                .orElseGet(() -> input.triggers().stream()
                        .map(trigger -> ask(input, trigger))
                        .toList());
        List<Ask> largestFirst = asks.stream()
                .sorted(Comparator.comparingLong(Demand::rank).reversed())
                .toList();
        Ask largest = largestFirst.getFirst();
        List<ZeroReason> reasons =
                largestFirst.stream().flatMap(ask -> ask.reasons().stream()).toList();
        return new Demand(
                asks.stream().anyMatch(Ask::active),
                largest.replicas(),
                asks.stream().anyMatch(Ask::unread),
                largest.fallback(),
                reasons);
    }

    /** Of those that ask for as many, a fall-back is told of first, then what is active. */
    private static long rank(Ask ask) {
        return 4L * ask.replicas() + (ask.fallback() ? 2 : 0) + (ask.active() ? 1 : 0);
    }

    private static Ask ask(ZeroInput input, TriggerReading trigger) {
        if (trigger.isRead())
            return asked(
                    trigger.name(),
                    trigger.value().orElseThrow(),
                    trigger.target(),
                    trigger.activationThreshold(),
                    trigger.isActive(),
                    input.currentReplicas());
        int failed = failed(trigger);
        return standIn(input, trigger.name(), failed, trigger.fallsBack())
                .orElseGet(() -> unread(new ZeroReason.TriggerUnread(trigger.name(), failed)));
    }

    private static Ask composite(ZeroInput input, Modifiers modifiers) {
        Map<String, Optional<BigDecimal>> values = new HashMap<>();
        for (TriggerReading trigger : input.triggers()) {
            if (!modifiers.formula().used().contains(trigger.name())) continue;
            if (!trigger.isRead() && !isLeftToFormula(input, trigger)) {
                int failed = failed(trigger);
                return standIn(input, trigger.name(), failed, true)
                        .orElseGet(() -> unread(new ZeroReason.TriggerUnread(trigger.name(), failed)));
            }
            values.put(trigger.name(), trigger.isRead() ? trigger.value() : Optional.empty());
        }
        try {
            BigDecimal value = modifiers.formula().value(values);
            boolean active = value.compareTo(modifiers.activationTarget()) > 0;
            return asked(
                    modifiers.formula().toString(),
                    value,
                    modifiers.target(),
                    modifiers.activationTarget(),
                    active,
                    input.currentReplicas());
        } catch (FormulaException e) {
            return unread(new ZeroReason.FormulaFailed(String.valueOf(e.getMessage())));
        }
    }

    private static boolean isLeftToFormula(ZeroInput input, TriggerReading trigger) {
        return input.fallback()
                .filter(fallback -> fallback.behavior() == Fallback.Behavior.SCALING_MODIFIERS)
                .filter(fallback -> fallback.isInForce(failed(trigger)))
                .isPresent();
    }

    private static Optional<Ask> standIn(ZeroInput input, String trigger, int failed, boolean fallsBack) {
        if (!fallsBack) return Optional.empty();
        return input.fallback()
                .filter(fallback -> fallback.isInForce(failed))
                .filter(fallback -> fallback.behavior() != Fallback.Behavior.SCALING_MODIFIERS)
                .map(fallback -> {
                    int replicas = fallback.standIn(input.currentReplicas());
                    var reason = new ZeroReason.FallbackInForce(trigger, failed, fallback.failureThreshold(), replicas);
                    return new Ask(true, replicas, false, true, List.of(reason));
                });
    }

    /** A sample that is missing is a read that failed. */
    private static int failed(TriggerReading trigger) {
        return Math.max(1, trigger.failed());
    }

    private static Ask unread(ZeroReason why) {
        return new Ask(false, 0, true, false, List.of(why));
    }

    private static Ask asked(
            String name, BigDecimal value, Target target, BigDecimal activation, boolean active, int currentReplicas) {
        int replicas = target.replicas(value, currentReplicas);
        List<ZeroReason> reasons = new ArrayList<>();
        reasons.add(new ZeroReason.DemandDecides(name, value, target.threshold(), replicas));
        if (active) reasons.add(new ZeroReason.TriggerActive(name, value, activation));
        return new Ask(active, replicas, false, false, reasons);
    }

    /** What jobs ask for: each active trigger's queue, in its own unit. */
    static Collection<TriggerReading> queues(ZeroInput input) {
        return input.triggers().stream().filter(TriggerReading::isActive).toList();
    }
}
