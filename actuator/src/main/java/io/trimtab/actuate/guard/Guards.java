package io.trimtab.actuate.guard;

import io.trimtab.ingest.model.Mode;
import io.trimtab.recommend.cron.CronPeriod;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Judges acts; pure. */
final class Guards {
    static final Duration BUDGET_WINDOW = Duration.ofMinutes(10);
    static final Duration DAY = Duration.ofHours(24);

    private Guards() {}

    /**
     * @param past acts done; those older than a day do not matter
     * @param asked what is about to be done, at the moment that counts as now
     */
    static Verdict judge(Asked asked, Situation situation, List<Act> past) {
        Act wanted = asked.act();
        GuardLimits limits = situation.limits();
        if (situation.mode() != Mode.APPLY) return new Verdict.NotAllowedByMode(situation.mode());
        if (situation.paused()) return new Verdict.Paused();
        if (asked.completes()) return new Verdict.Allowed();
        Instant now = wanted.at();
        boolean open = limits.windows().isEmpty() || limits.windows().stream().anyMatch(window -> window.isOpen(now));
        if (!open) return new Verdict.OutsideWindows(nextOpening(limits.windows(), now));
        boolean tooLittle = !asked.raises()
                && asked.saving().micros() >= 0
                && asked.saving().compareTo(limits.minSavingPerMonth()) < 0;
        if (tooLittle) return new Verdict.SavesTooLittle(asked.saving(), limits.minSavingPerMonth());
        int today = Math.toIntExact(within(past, wanted.at(), DAY).stream()
                .filter(act -> act.workload().equals(wanted.workload())
                        && act.subject().equals(wanted.subject()))
                .count());
        if (!asked.planned() && today >= limits.perWorkloadPerDay())
            return new Verdict.EnoughToday(today, limits.perWorkloadPerDay());
        // It was let down on the understanding that it comes up again.
        if (asked.planned() && asked.raises()) return new Verdict.Allowed();
        int touched = within(past, wanted.at(), BUDGET_WINDOW).stream()
                .mapToInt(Act::pods)
                .sum();
        int most = (int) Math.floor(limits.podsPer10Minutes() * situation.clusterPods());
        // Evenings are full of steps down; what else is to be done finds half of the budget.
        if (asked.planned()) most /= 2;
        // A workload larger than the budget could never be touched, so the first act of a window always passes, unless
        // the share is zero.
        boolean first = touched == 0 && limits.podsPer10Minutes() > 0;
        if (!first && touched + wanted.pods() > most) return new Verdict.BudgetSpent(touched, wanted.pods(), most);
        return new Verdict.Allowed();
    }

    private static Optional<Instant> nextOpening(List<CronPeriod> windows, Instant now) {
        return windows.stream()
                .flatMap(window -> window.nextOpening(now).stream())
                .min(Comparator.naturalOrder());
    }

    /** The acts of the window before the moment; one that is as old as the window has left it. */
    static List<Act> within(List<Act> past, Instant now, Duration window) {
        return past.stream().filter(act -> act.at().isAfter(now.minus(window))).toList();
    }
}
