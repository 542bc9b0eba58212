package io.trimtab.cost.allocation;

import io.trimtab.cost.allocation.Tally.Column;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Rounds all amounts of an answer at once so that they sum to the rounded bill: each down, then the missing units to those that lost most (largest remainder).
 */
final class Rounding {
    private final BigDecimal total;
    private final List<BigDecimal> exact = new ArrayList<>();
    private final List<BigInteger> units = new ArrayList<>();

    Rounding(BigDecimal bill) {
        this.total = bill.setScale(Allocation.SCALE, RoundingMode.HALF_EVEN);
    }

    static BigDecimal plain(BigDecimal value) {
        return value.setScale(Allocation.SCALE, RoundingMode.HALF_EVEN);
    }

    BigDecimal total() {
        return total;
    }

    /** @return the cell's index, by which its rounded amount is asked for after {@link #settle} */
    int cell(BigDecimal amount) {
        exact.add(amount.max(BigDecimal.ZERO).movePointRight(Allocation.SCALE));
        units.add(exact.getLast().toBigInteger());
        return exact.size() - 1;
    }

    Map<Column, Integer> cells(Tally tally) {
        Map<Column, Integer> cells = new EnumMap<>(Column.class);
        for (Column column : Column.values()) cells.put(column, cell(tally.cost(column)));
        return cells;
    }

    void settle() {
        BigInteger sum = units.stream().reduce(BigInteger.ZERO, BigInteger::add);
        int missing = total.unscaledValue().subtract(sum).intValueExact();
        List<Integer> byRemainder = IntStream.range(0, units.size())
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> exact.get(i).subtract(new BigDecimal(units.get(i))))
                        .reversed()
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        for (int i = 0; i < missing; i++) {
            int cell = byRemainder.get(i % byRemainder.size());
            units.set(cell, units.get(cell).add(BigInteger.ONE));
        }
        for (int i = 0; i < -missing; i++) {
            int cell = largest();
            units.set(cell, units.get(cell).subtract(BigInteger.ONE));
        }
    }

    private int largest() {
        return IntStream.range(0, units.size())
                .boxed()
                .max(Comparator.comparing(units::get))
                .orElseThrow();
    }

    private BigDecimal amount(int cell) {
        return new BigDecimal(units.get(cell), Allocation.SCALE);
    }

    private BigDecimal amount(Map<Column, Integer> cells, Column column) {
        return amount(java.util.Objects.requireNonNull(cells.get(column)));
    }

    Allocation.Row row(String key, Tally tally, Map<Column, Integer> cells) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Column column : Column.values()) sum = sum.add(amount(cells, column));
        return new Allocation.Row(
                key,
                amount(cells, Column.CPU),
                amount(cells, Column.MEMORY),
                amount(cells, Column.GPU),
                amount(cells, Column.VOLUME),
                amount(cells, Column.NETWORK),
                amount(cells, Column.LOAD_BALANCER),
                amount(cells, Column.SHARED),
                amount(cells, Column.IDLE),
                sum,
                plain(tally.coreHours()),
                plain(tally.efficiency()),
                plain(tally.grams()));
    }

    Allocation.Idle idle(Map<Column, Integer> cells) {
        BigDecimal cpu = amount(cells, Column.CPU);
        BigDecimal memory = amount(cells, Column.MEMORY);
        BigDecimal gpu = amount(cells, Column.GPU);
        return new Allocation.Idle(cpu, memory, gpu, cpu.add(memory).add(gpu));
    }

    Allocation.Unmounted unmounted(int volumeCell, int otherCell) {
        BigDecimal volume = amount(volumeCell);
        BigDecimal other = amount(otherCell);
        return new Allocation.Unmounted(volume, other, volume.add(other));
    }
}
