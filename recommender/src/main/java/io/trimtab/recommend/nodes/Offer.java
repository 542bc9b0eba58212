package io.trimtab.recommend.nodes;

import io.trimtab.ingest.model.CapacityType;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What a node costs, USD per hour.
 *
 * @param spotPrice where it can be bought as spot
 * @param reclaimPerHour how often a spot node is taken back, in times per hour
 */
public record Offer(BigDecimal price, Optional<BigDecimal> spotPrice, BigDecimal reclaimPerHour) {
    public Offer {
        if (price.signum() < 0) throw new IllegalArgumentException("price (%s) must be >= 0".formatted(price));
        spotPrice.filter(spot -> spot.signum() < 0).ifPresent(spot -> {
            throw new IllegalArgumentException("spotPrice (%s) must be >= 0".formatted(spot));
        });
        if (reclaimPerHour.signum() < 0)
            throw new IllegalArgumentException("reclaimPerHour (%s) must be >= 0".formatted(reclaimPerHour));
    }

    public static Offer onDemand(BigDecimal price) {
        return new Offer(price, Optional.empty(), BigDecimal.ZERO);
    }

    /** The spot price and what reclaims cost: each is taken to waste one hour of the machine at its on-demand price (lost work and overlap with its successor). */
    Optional<BigDecimal> expectedSpot() {
        return spotPrice.map(spot -> spot.add(reclaimPerHour.multiply(price)));
    }

    /** Spot only where it is offered and cheaper with its reclaims. */
    public CapacityType choice() {
        boolean cheaper =
                expectedSpot().filter(expected -> expected.compareTo(price) < 0).isPresent();
        return cheaper ? CapacityType.SPOT : CapacityType.ON_DEMAND;
    }

    /** What the choice costs on average, reclaims included; shapes are compared by it. */
    BigDecimal expected() {
        return choice() == CapacityType.SPOT ? expectedSpot().orElse(price) : price;
    }

    /** What is paid by the hour. */
    public BigDecimal paid() {
        return choice() == CapacityType.SPOT ? spotPrice.orElse(price) : price;
    }
}
