package io.trimtab.cost.account;

import io.trimtab.cost.allocation.Allocation;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Money by resource: exact decimals of one currency's unit, never negative. */
public record ResourceCosts(BigDecimal cpu, BigDecimal memory, BigDecimal gpu) {
    public static final ResourceCosts NONE = new ResourceCosts(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

    /** @throws IllegalArgumentException if an amount is negative or has more decimals than an allocation has */
    public ResourceCosts {
        cpu = exact(cpu);
        memory = exact(memory);
        gpu = exact(gpu);
    }

    public BigDecimal total() {
        return cpu.add(memory).add(gpu);
    }

    public ResourceCosts plus(ResourceCosts other) {
        return new ResourceCosts(cpu.add(other.cpu), memory.add(other.memory), gpu.add(other.gpu));
    }

    private static BigDecimal exact(BigDecimal cost) {
        if (cost.signum() < 0) throw new IllegalArgumentException("cost (%s) must be >= 0".formatted(cost));
        if (cost.scale() > Allocation.SCALE)
            throw new IllegalArgumentException(
                    "cost (%s) must have at most %d decimals".formatted(cost, Allocation.SCALE));
        return cost.setScale(Allocation.SCALE, RoundingMode.UNNECESSARY);
    }
}
