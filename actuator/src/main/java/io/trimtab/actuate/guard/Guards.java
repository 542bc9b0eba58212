package io.trimtab.actuate.guard;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Judges acts; pure. */
final class Guards {
    static final Duration BUDGET_WINDOW = Duration.ofMinutes(10);
    static final Duration DAY = Duration.ofHours(24);

    private Guards() {}

    /**
     * @param past acts done; those older than a day do not matter
     * @param wanted what is about to be done, at the moment that counts as now
     */
    static Verdict judge(Act wanted, Situation situation, List<Act> past, GuardLimits limits) {
        if (situation.mode() != Mode.APPLY) return new Verdict.NotAllowedByMode(situation.mode());
        if (situation.paused()) return new Verdict.Paused();
        int today = Math.toIntExact(within(past, wanted.at(), DAY).stream()
                .filter(act -> act.workload().equals(wanted.workload())
                        && act.subject().equals(wanted.subject()))
                .count());
        if (today >= limits.perWorkloadPerDay()) return new Verdict.EnoughToday(today, limits.perWorkloadPerDay());
        int touched = within(past, wanted.at(), BUDGET_WINDOW).stream()
                .mapToInt(Act::pods)
                .sum();
        int most = (int) Math.floor(limits.podsPer10Minutes() * situation.clusterPods());
        // A workload larger than the budget could never be touched, so the first act of a window always passes, unless
        // the share is zero.
        boolean first = touched == 0 && limits.podsPer10Minutes() > 0;
        if (!first && touched + wanted.pods() > most) return new Verdict.BudgetSpent(touched, wanted.pods(), most);
        return new Verdict.Allowed();
    }

    /** The acts of the window before the moment; one that is as old as the window has left it. */
    static List<Act> within(List<Act> past, Instant now, Duration window) {
        return past.stream().filter(act -> act.at().isAfter(now.minus(window))).toList();
    }
}
