package io.trimtab.service.view;

import io.trimtab.cost.units.Money;
import java.math.BigDecimal;

/**
 * Money per month (730 h) before and after.
 *
 * @param saving before minus after: negative when the change costs more
 */
public record MoneyChange(BigDecimal before, BigDecimal after, BigDecimal saving, String currency) {
    public static MoneyChange of(Money before, Money after) {
        return new MoneyChange(
                before.amount(),
                after.amount(),
                before.minus(after).amount(),
                before.currency().getCurrencyCode());
    }
}
