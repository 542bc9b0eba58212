package io.trimtab.cost.prices;

import io.trimtab.cost.units.Resources;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * A machine that can be bought.
 *
 * @param onDemand USD per hour
 * @param spot USD per hour, where a figure is published
 */
public record Shape(
        Listing listing,
        String name,
        Resources capacity,
        String gpuModel,
        String arch,
        BigDecimal onDemand,
        Optional<BigDecimal> spot) {
    public String provider() {
        return listing.provider();
    }

    Family family() {
        return Family.of(name);
    }
}
