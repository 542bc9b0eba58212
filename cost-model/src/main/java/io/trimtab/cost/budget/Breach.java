package io.trimtab.cost.budget;

import java.time.Instant;

/** When a month's budget is used up. */
public sealed interface Breach {
    /** Not within the month, as far as is known. */
    record None() implements Breach {}

    /** @param at the end of the hour that is expected to go beyond it */
    record Expected(Instant at) implements Breach {}

    /** @param at the end of the hour that went beyond it */
    record Happened(Instant at) implements Breach {}
}
