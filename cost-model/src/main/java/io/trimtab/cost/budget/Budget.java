package io.trimtab.cost.budget;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a spender may spend in each month.
 *
 * @param perMonth in dollars, above 0
 */
public record Budget(Spender spender, BigDecimal perMonth) {
    public Budget {
        if (perMonth.signum() <= 0)
            throw new IllegalArgumentException("perMonth (%s) must be above 0".formatted(perMonth.toPlainString()));
    }

    /**
     * When it is used up.
     *
     * @param month its start
     * @param spent in each hour of the month so far, to the last digit
     * @param path what the hours that follow are expected to cost, in dollars
     */
    public Breach breach(Instant month, List<BigDecimal> spent, double[] path) {
        BigDecimal sum = BigDecimal.ZERO;
        for (int hour = 0; hour < spent.size(); hour++) {
            sum = sum.add(spent.get(hour));
            if (sum.compareTo(perMonth) > 0) return new Breach.Happened(end(month, hour));
        }
        double total = sum.doubleValue();
        for (int hour = 0; hour < path.length; hour++) {
            total += path[hour];
            if (total > perMonth.doubleValue()) return new Breach.Expected(end(month, spent.size() + hour));
        }
        return new Breach.None();
    }

    private static Instant end(Instant month, int hour) {
        return month.plus(Duration.ofHours(hour + 1L));
    }
}
