package io.trimtab.cost.tariff;

import java.math.BigDecimal;

/**
 * What machines cost, as the user says.
 *
 * @param perHour USD
 */
public record GivenPrice(MachineSelector machines, BigDecimal perHour) {
    /** Some ten times the dearest machine that the clouds list. */
    private static final BigDecimal MOST = BigDecimal.valueOf(10_000);

    /** @throws IllegalArgumentException if the price is not above zero, or more than any machine costs */
    public GivenPrice {
        if (perHour.signum() <= 0 || perHour.compareTo(MOST) > 0)
            throw new IllegalArgumentException(
                    "price (%s) must be above 0 and at most %s USD per hour".formatted(perHour.toPlainString(), MOST));
    }
}
