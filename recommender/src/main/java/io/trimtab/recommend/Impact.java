package io.trimtab.recommend;

import io.trimtab.cost.units.Money;

/**
 * What a change is worth: list-price money per month (730 h) of what is asked for, before and after. It is realised only when a node really goes.
 */
public record Impact(Money monthlyBefore, Money monthlyAfter) {
    /** What is saved per month; negative when the change costs more. */
    public Money saving() {
        return monthlyBefore.minus(monthlyAfter);
    }
}
