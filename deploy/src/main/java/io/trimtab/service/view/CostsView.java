package io.trimtab.service.view;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * Who pays what, per month at the rate of the window; rows and idle sum to the bill.
 *
 * @param estimatedShare of the bill whose price is an estimate, 0..1
 */
public record CostsView(
        Instant from,
        Instant to,
        String currency,
        List<CostRow> rows,
        CostRow idle,
        BigDecimal bill,
        double estimatedShare) {
    /**
     * @param key a namespace, or {@code idle}
     * @param efficiency of what was paid for, how much was used, 0..1
     */
    public record CostRow(
            String key,
            BigDecimal cpuCost,
            BigDecimal memoryCost,
            BigDecimal gpuCost,
            BigDecimal totalCost,
            double efficiency) {}
}
