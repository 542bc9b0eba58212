package io.trimtab.cost.prices;

import io.trimtab.cost.units.Resources;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** List prices by instance type, with honest estimates for types that it does not have. */
public final class PriceBook {
    private static final BigDecimal GIB = BigDecimal.valueOf(1L << 30);

    /** Medians of Google's published spot prices over its list prices in this catalogue's data: all types, and those with a GPU. */
    private static final BigDecimal SPOT_SHARE = new BigDecimal("0.42");

    private static final BigDecimal GPU_SPOT_SHARE = new BigDecimal("0.54");

    /** Google's list prices of a core and a GiB of general purpose machines, and OpenCost's default for a GPU, USD per hour. */
    private static final BigDecimal CORE = new BigDecimal("0.031611");

    private static final BigDecimal MEMORY_GIB = new BigDecimal("0.004237");
    private static final BigDecimal GPU = new BigDecimal("0.95");

    private final Map<String, Shape> shapes = new TreeMap<>();

    public PriceBook(Collection<Shape> shapes) {
        shapes.forEach(shape -> this.shapes.put(shape.name(), shape));
    }

    /** The catalogue that is shipped. */
    public static PriceBook shipped() {
        return new PriceBook(Catalogue.read());
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
                .orElseGet(() -> new Price.EstimatedByComponents(discounted(components(capacity), capacity, spot)));
    }

    private Optional<Price> byFamily(String instanceType, Resources capacity, boolean spot) {
        int end = instanceType.indexOf('.') >= 0 ? instanceType.indexOf('.') : instanceType.lastIndexOf('-');
        if (end <= 0 || capacity.cpu().isZero()) return Optional.empty();
        String family = instanceType.substring(0, end);
        BigDecimal wanted = components(capacity);
        return shapes.values().stream()
                .filter(shape -> shape.family().equals(family))
                .min(Comparator.comparing((Shape shape) ->
                                components(shape.capacity()).subtract(wanted).abs())
                        .thenComparing(Shape::name))
                .map(shape -> {
                    BigDecimal scale = wanted.divide(components(shape.capacity()), MathContext.DECIMAL64);
                    BigDecimal onDemand = shape.onDemand().multiply(scale, MathContext.DECIMAL64);
                    return new Price.EstimatedByFamily(discounted(onDemand, capacity, spot), shape.name());
                });
    }

    private static BigDecimal spot(Shape shape) {
        return shape.spot().orElseGet(() -> discounted(shape.onDemand(), shape.capacity(), true));
    }

    private static BigDecimal discounted(BigDecimal onDemand, Resources capacity, boolean spot) {
        if (!spot) return onDemand;
        return onDemand.multiply(capacity.gpu().isZero() ? SPOT_SHARE : GPU_SPOT_SHARE);
    }

    private static BigDecimal components(Resources capacity) {
        BigDecimal gib = capacity.memory().amount().divide(GIB, MathContext.DECIMAL64);
        return capacity.cpu()
                .cores()
                .multiply(CORE)
                .add(gib.multiply(MEMORY_GIB))
                .add(capacity.gpu().gpus().multiply(GPU));
    }
}
