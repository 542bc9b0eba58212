package io.trimtab.cost.allocation;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.EnumMap;
import java.util.Map;

/** What one row, or the idle of one node, comes to before rounding. Costs by column. */
final class Tally {
    /** Enough digits that rounding to the printed ones is the only rounding that shows. */
    static final MathContext EXACT = new MathContext(40, RoundingMode.HALF_EVEN);

    /** The columns of cost, in the order of the answer. */
    enum Column {
        CPU,
        MEMORY,
        GPU,
        VOLUME,
        NETWORK,
        LOAD_BALANCER,
        SHARED,
        IDLE
    }

    private final Map<Column, BigDecimal> costs = new EnumMap<>(Column.class);
    private BigDecimal coreHours = BigDecimal.ZERO;
    private BigDecimal usedCost = BigDecimal.ZERO;
    private BigDecimal grams = BigDecimal.ZERO;

    BigDecimal cost(Column column) {
        return costs.getOrDefault(column, BigDecimal.ZERO);
    }

    void add(Column column, BigDecimal cost) {
        costs.merge(column, cost, (one, other) -> one.add(other, EXACT));
    }

    void addUse(BigDecimal moreCoreHours, BigDecimal moreUsedCost, BigDecimal moreGrams) {
        coreHours = coreHours.add(moreCoreHours, EXACT);
        usedCost = usedCost.add(moreUsedCost, EXACT);
        grams = grams.add(moreGrams, EXACT);
    }

    void add(Tally other) {
        for (Column column : Column.values()) add(column, other.cost(column));
        addUse(other.coreHours, other.usedCost, other.grams);
    }

    BigDecimal total() {
        BigDecimal sum = BigDecimal.ZERO;
        for (BigDecimal cost : costs.values()) sum = sum.add(cost, EXACT);
        return sum;
    }

    BigDecimal coreHours() {
        return coreHours;
    }

    BigDecimal grams() {
        return grams;
    }

    BigDecimal efficiency() {
        BigDecimal charged = cost(Column.CPU).add(cost(Column.MEMORY), EXACT);
        return charged.signum() == 0 ? BigDecimal.ZERO : usedCost.divide(charged, EXACT);
    }
}
