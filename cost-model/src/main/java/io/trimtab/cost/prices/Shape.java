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
        String provider,
        String name,
        Resources capacity,
        String gpuModel,
        String arch,
        BigDecimal onDemand,
        Optional<BigDecimal> spot) {
    /** The part of the name that all sizes share: {@code m5} of {@code m5.large}, {@code n2-standard} of {@code n2-standard-4}. */
    String family() {
        int end = name.indexOf('.') >= 0 ? name.indexOf('.') : name.lastIndexOf('-');
        return end > 0 ? name.substring(0, end) : name;
    }
}
