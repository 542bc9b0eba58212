package io.trimtab.cost.tariff;

import java.math.BigDecimal;

/**
 * What is off the list price.
 *
 * @param percent above 0 and below 100
 */
public record Discount(MachineSelector machines, BigDecimal percent) {
    private static final BigDecimal WHOLE = BigDecimal.valueOf(100);

    /** @throws IllegalArgumentException if the percentage is out of bounds */
    public Discount {
        if (percent.signum() <= 0 || percent.compareTo(WHOLE) >= 0)
            throw new IllegalArgumentException(
                    "discount (%s) must be above 0 and below 100 percent".formatted(percent.toPlainString()));
    }

    BigDecimal off(BigDecimal price) {
        return price.multiply(WHOLE.subtract(percent)).movePointLeft(2);
    }
}
