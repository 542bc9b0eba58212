package io.trimtab.recommend;

import io.trimtab.cost.units.Money;

/**
 * What a change is worth: list-price money per month (730 h) of what is asked for, before and after. It is realised only when a node really goes.
 */
public record Impact(Money monthlyBefore, Money monthlyAfter) {
    public static final Impact NONE = new Impact(Money.zero(Money.USD), Money.zero(Money.USD));

    /** Of two changes together. */
    public Impact plus(Impact other) {
        return new Impact(monthlyBefore.plus(other.monthlyBefore), monthlyAfter.plus(other.monthlyAfter));
    }

    /** What is saved per month; negative when the change costs more. */
    public Money saving() {
        return monthlyBefore.minus(monthlyAfter);
    }
}
