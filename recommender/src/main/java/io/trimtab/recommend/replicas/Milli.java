package io.trimtab.recommend.replicas;

import java.math.BigInteger;
import java.util.stream.LongStream;

/** Whole-number arithmetic on thousandths that ends at the greatest long instead of turning negative. */
final class Milli {
    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

    private Milli() {}

    /** Sum of amounts that are not negative. */
    static long sum(LongStream amounts) {
        return amounts.reduce(0, (left, right) -> left > Long.MAX_VALUE - right ? Long.MAX_VALUE : left + right);
    }

    /** {@code amount x factor / divisor}, truncated; none of them negative, the divisor not 0. */
    static long timesOver(long amount, long factor, long divisor) {
        BigInteger result =
                BigInteger.valueOf(amount).multiply(BigInteger.valueOf(factor)).divide(BigInteger.valueOf(divisor));
        return result.min(MOST).longValue();
    }
}
