package io.trimtab.cost.allocation;

import java.math.BigDecimal;
import java.util.List;

/**
 * Rows, idle and unmounted sum to the bill, to the last digit.
 *
 * @param estimatedShare of the bill whose price was carried over a gap, 0..1
 */
public record Allocation(
        List<Row> rows,
        Idle idle,
        Unmounted unmounted,
        BigDecimal bill,
        BigDecimal estimatedShare,
        List<AllocationReason> reasons) {
    /** Decimals of every amount. */
    public static final int SCALE = 12;

    public Allocation {
        rows = List.copyOf(rows);
        reasons = List.copyOf(reasons);
    }

    /**
     * @param cpuCoreHours charged
     * @param efficiency cost of the CPU and memory used, of what was charged for both, 0..1; 0 when nothing was charged
     */
    public record Row(
            String key,
            BigDecimal cpuCost,
            BigDecimal memoryCost,
            BigDecimal gpuCost,
            BigDecimal volumeCost,
            BigDecimal networkCost,
            BigDecimal loadBalancerCost,
            BigDecimal sharedCost,
            BigDecimal idleCost,
            BigDecimal totalCost,
            BigDecimal cpuCoreHours,
            BigDecimal efficiency,
            BigDecimal gramsCO2e) {}

    /** What nodes offered and nobody was charged for. */
    public record Idle(BigDecimal cpuCost, BigDecimal memoryCost, BigDecimal gpuCost, BigDecimal totalCost) {}

    /**
     * What no pod can be charged for.
     *
     * @param otherCost load balancers without a pod, and a fee or shared namespaces that nobody is left to bear
     */
    public record Unmounted(BigDecimal volumeCost, BigDecimal otherCost, BigDecimal totalCost) {}
}
