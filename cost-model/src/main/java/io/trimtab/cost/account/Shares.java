package io.trimtab.cost.account;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Parts of one, to a millionth. */
final class Shares {
    static final int SCALE = 6;

    private Shares() {}

    static BigDecimal checked(BigDecimal share) {
        if (share.signum() < 0 || share.compareTo(BigDecimal.ONE) > 0)
            throw new IllegalArgumentException("share (%s) must be in 0..1".formatted(share));
        return share.setScale(SCALE, RoundingMode.HALF_UP);
    }
}
