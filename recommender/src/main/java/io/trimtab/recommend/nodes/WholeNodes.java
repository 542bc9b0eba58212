package io.trimtab.recommend.nodes;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;

/** Lifts a bound of cost to the next sum that whole nodes can have. */
final class WholeNodes {
    /** Sums to try, times prices; beyond it, the sums lie so near to each other that nothing would be gained. */
    private static final long MOST_STEPS = 20_000_000;

    private WholeNodes() {}

    /**
     * @param bound no sum of prices that may be reached is less
     * @param prices of one node each, at least 0
     * @param reached a sum of prices, at least {@code bound}
     * @return the least sum of prices that is at least {@code bound}; {@code bound} where that would take too long
     */
    static BigDecimal atLeast(BigDecimal bound, Collection<BigDecimal> prices, BigDecimal reached) {
        int scale = prices.stream().mapToInt(BigDecimal::scale).max().orElse(0);
        List<BigInteger> units = prices.stream()
                .filter(price -> price.signum() > 0)
                .map(price -> price.setScale(scale).unscaledValue())
                .distinct()
                .toList();
        BigInteger unit = units.stream().reduce(BigInteger.ZERO, BigInteger::gcd);
        if (unit.signum() == 0) return bound;
        BigDecimal step = new BigDecimal(unit, scale);
        BigDecimal most = reached.divideToIntegralValue(step);
        if (most.multiply(BigDecimal.valueOf(units.size())).compareTo(BigDecimal.valueOf(MOST_STEPS)) > 0) return bound;
        BitSet sums = sums(units.stream().map(price -> price.divide(unit)).toList(), most.intValueExact());
        for (int sum = sums.nextSetBit(0); sum >= 0; sum = sums.nextSetBit(sum + 1)) {
            BigDecimal amount = step.multiply(BigDecimal.valueOf(sum));
            if (amount.compareTo(bound) >= 0) return amount;
        }
        return bound;
    }

    private static BitSet sums(List<BigInteger> prices, int most) {
        BitSet sums = new BitSet(most + 1);
        sums.set(0);
        BigInteger limit = BigInteger.valueOf(most);
        int[] steps = prices.stream()
                .filter(price -> price.compareTo(limit) <= 0)
                .mapToInt(BigInteger::intValueExact)
                .toArray();
        for (int sum = 0; sum >= 0; sum = sums.nextSetBit(sum + 1))
            for (int step : steps) if (step <= most - sum) sums.set(sum + step);
        return sums;
    }
}
