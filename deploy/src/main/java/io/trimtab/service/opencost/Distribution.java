package io.trimtab.service.opencost;

import io.trimtab.cost.allocation.Allocation;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Divides an amount by weights so that the parts sum to it: each is rounded down, then the missing units go to those that lost most. */
final class Distribution {
    private static final int SCALE = Allocation.SCALE;

    private Distribution() {}

    /** @param weights none negative, at least one positive */
    static List<BigDecimal> of(BigDecimal amount, List<BigDecimal> weights) {
        BigInteger units = amount.setScale(SCALE, RoundingMode.UNNECESSARY).unscaledValue();
        int digits = weights.stream().mapToInt(BigDecimal::scale).max().orElse(0);
        List<BigInteger> whole = weights.stream()
                .map(weight -> weight.setScale(digits, RoundingMode.UNNECESSARY).unscaledValue())
                .toList();
        BigInteger sum = whole.stream().reduce(BigInteger.ZERO, BigInteger::add);
        List<BigInteger> parts = new ArrayList<>();
        List<BigInteger> lost = new ArrayList<>();
        for (BigInteger weight : whole) {
            BigInteger[] division = units.multiply(weight).divideAndRemainder(sum);
            parts.add(division[0]);
            lost.add(division[1]);
        }
        long missing = parts.stream().reduce(units, BigInteger::subtract).longValueExact();
        IntStream.range(0, parts.size())
                .boxed()
                .sorted(Comparator.comparing(lost::get, Comparator.<BigInteger>reverseOrder())
                        .thenComparing(Comparator.naturalOrder()))
                .limit(missing)
                .toList()
                .forEach(i -> parts.set(i, parts.get(i).add(BigInteger.ONE)));
        return parts.stream().map(part -> new BigDecimal(part, SCALE)).toList();
    }
}
