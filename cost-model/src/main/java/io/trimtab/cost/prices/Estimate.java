package io.trimtab.cost.prices;

import io.trimtab.cost.units.Resources;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a type that has no list price costs: by the sizes of its family, else by the other generations of it. Where the family is, {@link ComponentRates} are fitted to it,
 * the nearer a size the heavier it weighs, and what its sizes do not tell follows its provider's machines. {@code EstimateTest} says how well.
 */
final class Estimate {
    /** Between 0.002 and 0.2 it makes next to no difference; the least is best where sizes are many. */
    private static final double STIFFNESS = 0.002;

    /** A provider's machines leave nothing untold, so that hardly anything holds their rates. */
    private static final double LOOSE = 1e-6;

    /** Where a provider's rates come out as nothing, as a share of the general ones. */
    private static final double LEAST_RATE = 0.05;

    /** A size this far off in price (its logarithm) weighs a quarter of one that is equal. */
    private static final double NEAR = 0.1;

    private final Map<String, List<Shape>> families;
    private final Map<String, List<Shape>> lines;
    private final Map<String, List<Shape>> providers;
    /** Found when they are first asked for. */
    private final Map<String, ComponentRates> rates = new ConcurrentHashMap<>();

    /** How much a machine costs, and which one it was judged by foremost. */
    record Estimated(double perHour, Shape like) {}

    Estimate(Collection<Shape> shapes) {
        List<Shape> priced =
                shapes.stream().filter(shape -> shape.onDemand().signum() > 0).toList();
        this.families = by(priced, shape -> shape.family().name());
        this.lines = by(priced, shape -> shape.family().line());
        this.providers = by(priced, Shape::provider);
    }

    /** @return empty for what is no machine, or of no family that is known */
    Optional<Estimated> estimate(String instanceType, Resources capacity) {
        if (capacity.cpu().isZero()) return Optional.empty();
        Family family = Family.of(instanceType);
        List<Shape> relatives = families.getOrDefault(family.name(), lines.getOrDefault(family.line(), List.of()));
        return relatives.isEmpty() ? Optional.empty() : Optional.of(estimate(relatives, capacity));
    }

    private Estimated estimate(List<Shape> relatives, Resources capacity) {
        double[] weights = new double[relatives.size()];
        for (int i = 0; i < weights.length; i++) {
            double near = NEAR / (NEAR + distance(relatives.get(i), capacity));
            weights[i] = near * near;
        }
        ComponentRates provider = rates.computeIfAbsent(
                relatives.getFirst().provider(), name -> rates(providers.getOrDefault(name, List.of())));
        double[] levels = relatives.stream()
                .mapToDouble(shape -> shape.onDemand().doubleValue() / provider.price(shape.capacity()))
                .sorted()
                .toArray();
        ComponentRates rates = provider.times(levels[levels.length / 2]).fitted(relatives, weights, STIFFNESS);
        Shape like = relatives.stream()
                .min(Comparator.comparingDouble((Shape shape) -> distance(shape, capacity))
                        .thenComparing(Shape::name))
                .orElseThrow();
        return new Estimated(rates.price(capacity), like);
    }

    private static double distance(Shape shape, Resources capacity) {
        return Math.abs(
                Math.log(ComponentRates.GENERAL.price(shape.capacity()) / ComponentRates.GENERAL.price(capacity)));
    }

    private static ComponentRates rates(List<Shape> shapes) {
        double[] alike = new double[shapes.size()];
        Arrays.fill(alike, 1);
        ComponentRates general = ComponentRates.GENERAL;
        ComponentRates fitted = general.fitted(shapes, alike, LOOSE);
        return new ComponentRates(
                Math.max(fitted.core(), LEAST_RATE * general.core()),
                Math.max(fitted.gib(), LEAST_RATE * general.gib()),
                Math.max(fitted.gpu(), LEAST_RATE * general.gpu()));
    }

    private static Map<String, List<Shape>> by(List<Shape> shapes, Function<Shape, String> key) {
        return shapes.stream().collect(Collectors.groupingBy(key));
    }
}
