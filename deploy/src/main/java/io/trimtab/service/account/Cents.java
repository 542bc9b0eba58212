package io.trimtab.service.account;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Rounds amounts to cents so that they sum to their rounded sum: each down, then the missing cents to those that lost most (largest remainder). */
final class Cents {
    static final int SCALE = 2;

    private Cents() {}

    /** @param amounts none negative */
    static List<BigDecimal> of(List<BigDecimal> amounts) {
        BigDecimal sum =
                amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add).setScale(SCALE, RoundingMode.HALF_EVEN);
        List<BigDecimal> down = new ArrayList<>(amounts.stream()
                .map(amount -> amount.setScale(SCALE, RoundingMode.FLOOR))
                .toList());
        BigInteger missing = down.stream().reduce(sum, BigDecimal::subtract).unscaledValue();
        IntStream.range(0, amounts.size())
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> amounts.get(i).subtract(down.get(i)))
                        .reversed()
                        .thenComparing(Comparator.naturalOrder()))
                .limit(missing.longValueExact())
                .toList()
                .forEach(i -> down.set(i, down.get(i).add(BigDecimal.ONE.movePointLeft(SCALE))));
        return List.copyOf(down);
    }
}
