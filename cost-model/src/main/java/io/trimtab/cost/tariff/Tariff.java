package io.trimtab.cost.tariff;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a user pays other than list prices. Nobody changes it. Of several entries that a machine matches, the first counts. */
public final class Tariff {
    public static final Tariff NONE = new Tariff(List.of(), List.of(), List.of(), Optional.empty(), List.of());

    /** Those that name a type, by it: a list may have thousands. */
    private final Map<String, List<GivenPrice>> byType = new HashMap<>();

    private final List<GivenPrice> byPattern = new ArrayList<>();
    private final List<OwnRates> rates;
    private final List<Discount> discounts;
    private final Optional<BigDecimal> spotShare;
    private final List<Commitment> commitments;

    /**
     * @param spotShare what spot capacity costs, as a share of what the machine otherwise costs; empty: as the catalogue knows
     * @throws IllegalArgumentException if the share is not in 0..1, above 0, or if two commitments have one name
     */
    public Tariff(
            List<GivenPrice> prices,
            List<OwnRates> rates,
            List<Discount> discounts,
            Optional<BigDecimal> spotShare,
            List<Commitment> commitments) {
        for (GivenPrice price : prices) {
            MachineSelector machines = price.machines();
            if (machines.namesType())
                byType.computeIfAbsent(machines.instanceTypes(), _ -> new ArrayList<>())
                        .add(price);
            else byPattern.add(price);
        }
        this.rates = List.copyOf(rates);
        this.discounts = List.copyOf(discounts);
        this.spotShare = spotShare;
        this.commitments = List.copyOf(commitments);
        spotShare
                .filter(it -> it.signum() <= 0 || it.compareTo(BigDecimal.ONE) > 0)
                .ifPresent(it -> {
                    throw new IllegalArgumentException(
                            "spot share (%s) must be in 0..1, above 0".formatted(it.toPlainString()));
                });
        Set<String> names = new HashSet<>();
        for (Commitment commitment : commitments)
            if (!names.add(commitment.name()))
                throw new IllegalArgumentException(
                        "commitment %s must not be there twice".formatted(commitment.name()));
    }

    /** A price that no list and no discount changes: one that names the machine's type, else one with a star, else by rates of one's own. */
    public Optional<BigDecimal> given(Machine machine) {
        return first(byType.getOrDefault(machine.instanceType(), List.of()), machine)
                .or(() -> first(byPattern, machine))
                .map(GivenPrice::perHour)
                .or(() -> rates.stream()
                        .filter(it -> it.machines().matches(machine))
                        .map(it -> it.price(machine.capacity()))
                        .filter(price -> price.signum() > 0)
                        .findFirst());
    }

    private static Optional<GivenPrice> first(List<GivenPrice> prices, Machine machine) {
        return prices.stream().filter(it -> it.machines().matches(machine)).findFirst();
    }

    public Optional<BigDecimal> spotShare() {
        return spotShare;
    }

    public BigDecimal discounted(BigDecimal price, Machine machine) {
        return discounts.stream()
                .filter(it -> it.machines().matches(machine))
                .findFirst()
                .map(it -> it.off(price))
                .orElse(price);
    }

    public List<Commitment> commitments() {
        return commitments;
    }
}
