package io.trimtab.cost.prices;

import java.math.BigDecimal;

/** What a machine costs per hour in USD, and how well that is known. */
public sealed interface Price {
    BigDecimal perHour();

    /** From the catalogue. */
    record Listed(BigDecimal perHour) implements Price {}

    /** From the nearest size of the same family, by its CPU and memory. */
    record EstimatedByFamily(BigDecimal perHour, String like) implements Price {}

    /** From what a core, a GiB and a device cost on average. */
    record EstimatedByComponents(BigDecimal perHour) implements Price {}
}
