package io.trimtab.cost.prices;

import io.trimtab.cost.units.Resources;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** List prices by instance type, with honest estimates for types that it does not have. Nobody changes it. */
public final class PriceBook {
    /** Medians of Google's published spot prices over its list prices in this catalogue's data: all types, and those with a GPU. */
    private static final BigDecimal SPOT_SHARE = new BigDecimal("0.42");

    private static final BigDecimal GPU_SPOT_SHARE = new BigDecimal("0.54");

    /** Of USD per hour; what is estimated is not known more finely. */
    private static final int SCALE = 6;

    private final Map<String, Shape> shapes = new TreeMap<>();
    private final Estimate estimate;

    public PriceBook(Collection<Shape> shapes) {
        shapes.forEach(shape -> this.shapes.put(shape.name(), shape));
        this.estimate = new Estimate(this.shapes.values());
    }

    /** Read when it is first asked for. */
    private static final class Shipped {
        private static final PriceBook BOOK = new PriceBook(Catalogue.read());
    }

    /** The catalogue that is shipped. */
    public static PriceBook shipped() {
        return Shipped.BOOK;
    }

    public List<Shape> shapes() {
        return List.copyOf(shapes.values());
    }

    public Optional<Shape> shape(String instanceType) {
        return Optional.ofNullable(shapes.get(instanceType));
    }

    /**
     * @param instanceType the node's; may be unknown to the book
     * @param capacity of the machine, by which an unknown one is estimated
     */
    public Price price(String instanceType, Resources capacity, boolean spot) {
        return shape(instanceType)
                .<Price>map(shape -> new Price.Listed(spot ? spot(shape) : shape.onDemand()))
                .or(() -> byFamily(instanceType, capacity, spot))
                .orElseGet(() -> new Price.EstimatedByComponents(
                        discounted(rounded(ComponentRates.GENERAL.price(capacity)), capacity, spot)));
    }

    private Optional<Price> byFamily(String instanceType, Resources capacity, boolean spot) {
        return estimate.estimate(instanceType, capacity)
                .map(found -> new Price.EstimatedByFamily(
                        discounted(rounded(found.perHour()), capacity, spot),
                        found.like().name()));
    }

    private static BigDecimal spot(Shape shape) {
        return shape.spot().orElseGet(() -> discounted(shape.onDemand(), shape.capacity(), true));
    }

    private static BigDecimal discounted(BigDecimal onDemand, Resources capacity, boolean spot) {
        if (!spot) return onDemand;
        return onDemand.multiply(capacity.gpu().isZero() ? SPOT_SHARE : GPU_SPOT_SHARE);
    }

    private static BigDecimal rounded(double perHour) {
        return BigDecimal.valueOf(perHour).setScale(SCALE, RoundingMode.HALF_EVEN);
    }
}
