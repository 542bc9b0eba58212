package io.trimtab.cost.ledger;

import io.trimtab.cost.account.Amounts;
import io.trimtab.cost.account.NodeHour;
import io.trimtab.cost.account.ResourceCosts;
import io.trimtab.cost.allocation.AllocationRequest.Span;
import java.math.BigDecimal;
import java.util.List;

/**
 * Who paid what in a window.
 *
 * @param steps of the window, in order
 * @param missing hours of the window of which the ledger has nothing, put together where they meet
 * @param damaged those of them that it had, and whose files are not as they were written
 */
public record Account(List<Step> steps, List<Span> missing, List<Span> damaged) {
    public Account {
        steps = List.copyOf(steps);
        missing = List.copyOf(missing);
        damaged = List.copyOf(damaged);
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
     * @param keys one for each grouping
     * @param span from the first start of its pods to their last end, within the step
     * @param efficiency cost of the CPU and memory used, of what was charged for both, 0..1; 0 when nothing was charged
     */
    public record Row(
            List<String> keys,
            Span span,
            ResourceCosts costs,
            Amounts cpu,
            Amounts memory,
            BigDecimal gpuHours,
            BigDecimal efficiency) {
        public Row {
            keys = List.copyOf(keys);
        }

        /** All of it in one text. */
        public String key() {
            return String.join("/", keys);
        }
    }

    /** The nodes of a step of the window, by name. */
    public record NodeStep(Span span, List<NodeRow> rows) {
        public NodeStep {
            rows = List.copyOf(rows);
        }
    }

    /**
     * @param span from its first start to its last end, within the step
     * @param idle the part of the bill that no pod bears
     */
    public record NodeRow(
            NodeHour.Node node, Span span, NodeHour.Capacity offered, ResourceCosts bill, ResourceCosts idle) {}
}
