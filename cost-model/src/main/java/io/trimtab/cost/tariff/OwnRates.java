package io.trimtab.cost.tariff;

import io.trimtab.cost.units.Resources;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * What the parts of machines of one's own cost per hour, and the electricity that they draw.
 *
 * @param perKilowattHour USD
 */
public record OwnRates(MachineSelector machines, Parts perHour, BigDecimal perKilowattHour, Parts watts) {
    private static final BigDecimal GIB = BigDecimal.valueOf(1L << 30);
    private static final BigDecimal KILO = BigDecimal.valueOf(1000);

    /** An amount for a core, for a GiB and for a GPU. */
    public record Parts(BigDecimal core, BigDecimal gib, BigDecimal gpu) {
        public static final Parts NONE = new Parts(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

        private void check(String what, int mostOfCore, int mostOfGib, int mostOfGpu) {
            within(what + " of a core", core, mostOfCore);
            within(what + " of a GiB", gib, mostOfGib);
            within(what + " of a GPU", gpu, mostOfGpu);
        }

        boolean isNothing() {
            return core.signum() + gib.signum() + gpu.signum() == 0;
        }

        private BigDecimal of(Resources capacity) {
            return capacity.cpu()
                    .cores()
                    .multiply(core)
                    .add(capacity.memory()
                            .amount()
                            .divide(GIB, MathContext.DECIMAL64)
                            .multiply(gib))
                    .add(capacity.gpu().gpus().multiply(gpu));
        }
    }

    /** @throws IllegalArgumentException if a rate is below zero or far above what there is, if nothing would cost anything, or if electricity has a price and nothing draws it, or the reverse */
    public OwnRates {
        perHour.check("rate", 10, 1, 100);
        within("price of a kWh", perKilowattHour, 10);
        watts.check("watts", 1000, 100, 10_000);
        if (perKilowattHour.signum() == 0 != watts.isNothing())
            throw new IllegalArgumentException(
                    "a price of electricity needs the watts of a core, a GiB or a GPU, and these need a price");
        if (perHour.isNothing() && watts.isNothing())
            throw new IllegalArgumentException("a rate of a core, a GiB, a GPU or of electricity must be above 0");
    }

    private static void within(String what, BigDecimal amount, int most) {
        if (amount.signum() < 0 || amount.compareTo(BigDecimal.valueOf(most)) > 0)
            throw new IllegalArgumentException(
                    "%s (%s) must be in 0..%d".formatted(what, amount.toPlainString(), most));
    }

    BigDecimal price(Resources capacity) {
        return perHour.of(capacity)
                .add(watts.of(capacity).divide(KILO, MathContext.DECIMAL64).multiply(perKilowattHour));
    }
}
