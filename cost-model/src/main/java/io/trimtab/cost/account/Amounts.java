package io.trimtab.cost.account;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What a pod had of a resource within an hour, in core-hours or GiB-hours, rounded to millionths.
 *
 * @param charged the mean of the larger of request and usage, scaled down where a node was overcommitted
 */
public record Amounts(BigDecimal requested, BigDecimal used, BigDecimal charged) {
    /** Decimals of core-hours, GiB-hours and device-hours. */
    public static final int SCALE = 6;

    public Amounts {
        requested = rounded(requested);
        used = rounded(used);
        charged = rounded(charged);
    }

    static BigDecimal rounded(BigDecimal amount) {
        if (amount.signum() < 0) throw new IllegalArgumentException("amount (%s) must be >= 0".formatted(amount));
        return amount.setScale(SCALE, RoundingMode.HALF_UP);
    }
}
