package io.trimtab.actuate.guard;

/** Whether an act may be done now. */
public sealed interface Verdict {
    /** It may. */
    record Allowed() implements Verdict {}

    /** The mode does not go so far. */
    record NotAllowedByMode(Mode mode) implements Verdict {}

    /** Somebody paused the workload or its namespace. */
    record Paused() implements Verdict {}

    /** The acts of the last 24 hours on this subject are as many as may be. */
    record EnoughToday(int acts, int most) implements Verdict {}

    /** The pods touched in the last ten minutes leave no room for these. */
    record BudgetSpent(int touched, int asked, int most) implements Verdict {}
}
