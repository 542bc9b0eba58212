package io.trimtab.actuate.guard;

import io.trimtab.cost.units.Money;
import io.trimtab.ingest.model.Mode;
import java.time.Instant;
import java.util.Optional;

/** Whether an act may be done now. */
public sealed interface Verdict {
    /** It may. */
    record Allowed() implements Verdict {}

    /** The mode does not go so far. */
    record NotAllowedByMode(Mode mode) implements Verdict {}

    /** Somebody paused the workload, its namespace or its policy. */
    record Paused() implements Verdict {}

    /** No window is open; the next one opens then, or never within years. */
    record OutsideWindows(Optional<Instant> next) implements Verdict {}

    /** It saves something, but less than it must. */
    record SavesTooLittle(Money saving, Money needed) implements Verdict {}

    /** The acts of the last 24 hours on this subject are as many as may be. */
    record EnoughToday(int acts, int most) implements Verdict {}

    /** It restarts more ready pods at once than a PodDisruptionBudget allows now. */
    record BreaksBudget(String budget, int restarts, int allowed) implements Verdict {}

    /** The pods touched in the last ten minutes leave no room for these. */
    record BudgetSpent(int touched, int asked, int most) implements Verdict {}
}
