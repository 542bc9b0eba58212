package io.trimtab.cost.prices;

import java.math.BigDecimal;

/** What a machine costs per hour in USD, and how well that is known. */
public sealed interface Price {
    BigDecimal perHour();

    /** As the user says, in a list of prices or by rates of one's own. */
    record Given(BigDecimal perHour) implements Price {}

    /** From the catalogue, less what the user's tariff takes off; so are the others. */
    record Listed(BigDecimal perHour, Listing listing) implements Price {}

    /** From the sizes of its family, or from other generations of it; {@code like} is the nearest. */
    record EstimatedByFamily(BigDecimal perHour, String like, Listing listing) implements Price {}

    /** From what a core, a GiB and a device cost on average. */
    record EstimatedByComponents(BigDecimal perHour) implements Price {}
}
