package io.trimtab.cost.account;

import io.trimtab.cost.allocation.AllocationRequest.Span;
import java.math.BigDecimal;

/**
 * What a node offered and cost within an hour, and what of it nobody was charged for.
 *
 * @param pricePerHour without commitments
 * @param bill by resource: the price divided by what a core, a GiB and a device weigh
 * @param idle the part of the bill that no pod bears
 * @param estimatedShare of its bill, 0..1
 */
public record NodeHour(
        Node node,
        Span span,
        Capacity offered,
        BigDecimal pricePerHour,
        ResourceCosts bill,
        ResourceCosts idle,
        BigDecimal estimatedShare,
        PriceOrigin origin) {
    public NodeHour {
        estimatedShare = Shares.checked(estimatedShare);
    }

    /**
     * Which node.
     *
     * @param capacityType {@code on-demand} or {@code spot}
     * @param pool empty where nothing tells
     */
    public record Node(
            String name, String instanceType, String region, String zone, String capacityType, String pool) {}

    /** Core-hours, GiB-hours and device-hours. */
    public record Capacity(BigDecimal coreHours, BigDecimal gibHours, BigDecimal gpuHours) {
        public Capacity {
            coreHours = Amounts.rounded(coreHours);
            gibHours = Amounts.rounded(gibHours);
            gpuHours = Amounts.rounded(gpuHours);
        }
    }
}
