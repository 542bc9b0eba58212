package io.trimtab.cost.ledger;

import io.trimtab.cost.account.ResourceCosts;
import io.trimtab.cost.allocation.AllocationRequest.Span;
import java.math.BigDecimal;
import java.util.List;

/**
 * Who paid what in a window.
 *
 * @param steps of the window, in order
 * @param missing hours of the window of which the ledger has nothing, put together where they meet
 */
public record Account(List<Step> steps, List<Span> missing) {
    public Account {
        steps = List.copyOf(steps);
        missing = List.copyOf(missing);
    }

    /**
     * @param rows by key
     * @param bill what the nodes cost; under a filter about pods what they pay
     * @param estimatedShare of the bill, 0..1
     */
    public record Step(Span span, List<Row> rows, ResourceCosts idle, BigDecimal bill, BigDecimal estimatedShare) {
        public Step {
            rows = List.copyOf(rows);
        }

        /** What rows and idle leave of the bill. */
        public BigDecimal residual() {
            return rows.stream()
                    .map(row -> row.costs().total())
                    .reduce(bill.subtract(idle.total()), BigDecimal::subtract);
        }
    }

    /**
     * @param coreHours, gibHours, gpuHours charged
     * @param efficiency cost of the CPU and memory used, of what was charged for both, 0..1; 0 when nothing was charged
     */
    public record Row(
            String key,
            ResourceCosts costs,
            BigDecimal coreHours,
            BigDecimal gibHours,
            BigDecimal gpuHours,
            BigDecimal efficiency) {}
}
