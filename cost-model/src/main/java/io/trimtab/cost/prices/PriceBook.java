package io.trimtab.cost.prices;

import io.trimtab.cost.tariff.GivenPrice;
import io.trimtab.cost.tariff.Machine;
import io.trimtab.cost.tariff.Tariff;
import io.trimtab.cost.units.Resources;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What machines cost: as the user's tariff says, else list prices by instance type, with honest estimates for types that it does not have. Nobody changes it. */
public final class PriceBook {
    /** Medians of Google's published spot prices over its list prices in this catalogue's data: all types, and those with a GPU. */
    private static final BigDecimal SPOT_SHARE = new BigDecimal("0.42");

    private static final BigDecimal GPU_SPOT_SHARE = new BigDecimal("0.54");

    /** Of USD per hour; what is estimated is not known more finely. */
    private static final int SCALE = 6;

    /** No discount, region or spot market is this far from a list price: a price per second or per byte is, and one per month. */
    private static final BigDecimal LEAST_SHARE = new BigDecimal("0.01");

    private static final BigDecimal MOST_SHARE = BigDecimal.valueOf(20);

    /** Of a discounted price; as fine as the account. */
    private static final int FINEST = 12;

    private final Map<String, Shape> shapes;
    private final Estimate estimate;
    private final Tariff tariff;

    public PriceBook(Collection<Shape> shapes) {
        this.shapes = new TreeMap<>();
        shapes.forEach(shape -> this.shapes.put(shape.name(), shape));
        this.estimate = new Estimate(this.shapes.values());
        this.tariff = Tariff.NONE;
    }

    private PriceBook(PriceBook lists, Tariff tariff) {
        this.shapes = lists.shapes;
        this.estimate = lists.estimate;
        this.tariff = tariff;
    }

    /** These lists, as the user pays. */
    public PriceBook under(Tariff other) {
        return new PriceBook(this, other);
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

    /** @throws IllegalArgumentException if the price is for a type that is listed, and so far from its list price that it cannot be one per hour */
    public void check(GivenPrice price) {
        shape(price.machines().instanceTypes()).ifPresent(shape -> {
            BigDecimal least = shape.onDemand().multiply(LEAST_SHARE);
            BigDecimal most = shape.onDemand().multiply(MOST_SHARE);
            if (price.perHour().compareTo(least) < 0 || price.perHour().compareTo(most) > 0)
                throw new IllegalArgumentException("price (%s USD) cannot be that of %s for an hour, which lists %s"
                        .formatted(price.perHour().toPlainString(), shape.name(), shape.onDemand()));
        });
    }

    public Tariff tariff() {
        return tariff;
    }

    /** Of a machine of which nobody says where it is. */
    public Price price(String instanceType, Resources capacity, boolean spot) {
        return price(new Machine(instanceType, "", "", capacity, spot));
    }

    /** Without commitments, which are for more than one machine. */
    public Price price(Machine machine) {
        return tariff.given(machine).<Price>map(Price.Given::new).orElseGet(() -> ofLists(machine));
    }

    private Price ofLists(Machine machine) {
        return shape(machine.instanceType())
                .<Price>map(shape -> new Price.Listed(paid(listed(shape, machine), machine), shape.listing()))
                .or(() -> byFamily(machine))
                .orElseGet(() -> new Price.EstimatedByComponents(
                        paid(onCapacity(rounded(ComponentRates.GENERAL.price(machine.capacity())), machine), machine)));
    }

    private Optional<Price> byFamily(Machine machine) {
        return estimate.estimate(machine.instanceType(), machine.capacity())
                .map(found -> new Price.EstimatedByFamily(
                        paid(onCapacity(rounded(found.perHour()), machine), machine),
                        found.like().name(),
                        found.like().listing()));
    }

    private BigDecimal paid(BigDecimal price, Machine machine) {
        BigDecimal paid = tariff.discounted(price, machine);
        return paid.scale() > FINEST ? paid.setScale(FINEST, RoundingMode.HALF_EVEN) : paid;
    }

    /** A published spot price counts unless the user says what part spot capacity costs. */
    private BigDecimal listed(Shape shape, Machine machine) {
        if (machine.spot() && shape.spot().isPresent() && tariff.spotShare().isEmpty())
            return shape.spot().get();
        BigDecimal share = shape.capacity().gpu().isZero() ? SPOT_SHARE : GPU_SPOT_SHARE;
        return onCapacity(shape.onDemand(), machine, share);
    }

    private BigDecimal onCapacity(BigDecimal onDemand, Machine machine) {
        return onCapacity(onDemand, machine, machine.capacity().gpu().isZero() ? SPOT_SHARE : GPU_SPOT_SHARE);
    }

    private BigDecimal onCapacity(BigDecimal onDemand, Machine machine, BigDecimal usualShare) {
        return machine.spot() ? onDemand.multiply(tariff.spotShare().orElse(usualShare)) : onDemand;
    }

    private static BigDecimal rounded(double perHour) {
        return BigDecimal.valueOf(perHour).setScale(SCALE, RoundingMode.HALF_EVEN);
    }
}
