package io.trimtab.recommend.replicas;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How far above a method's forecast it pays to go. The method's past errors, over the root of what was forecast, say what lies above with which chance; a price of a replica,
 * in moments short of the target, says at each moment how many of them are worth it: many where demand is steady and one averts much, few where it jumps. Prices are tried
 * in a closed loop on the given past, beside the loop without a forecast. What costs more than {@value #DEARER} times its pod-time, or leaves no fewer moments
 * short over all and over the newer half, is out; of the rest the one that leaves the fewest is taken. Nothing after the newest value is looked at.
 */
final class Headroom {
    private static final double DEARER = 1.04;
    private static final int STEPS_AT_MOST = 1440;
    /** From a replica that must avert as many short moments as there are replicas, and a hundred times that, down to one that may avert next to none. */
    private static final double HIGHEST_PRICE = 100;

    private static final double PRICES = 5_000;

    /** Halvings of the way from the highest price to the lowest one: each next one tried differs by a hundredth. */
    private static final int TRIALS = 8;

    /** So little is forecast that its root says nothing: a hundredth of the mean. */
    private static final double LEAST_SHARE = 0.01;

    private final DemandSeries series;
    private final double capacity;
    private final int first;
    private final double meanReplicas;
    private final double least;
    private final double[] forecasts;
    private final double[] quantiles;

    /**
     * How far above a forecast.
     *
     * @param quantiles of past errors in roots of what was forecast, as {@link Offers} takes them
     * @param least that is taken for a forecast, since the root of almost nothing says nothing
     * @param capacity of a replica
     * @param price of a replica, in moments short of the target
     */
    record Margin(List<Double> quantiles, double least, double capacity, double price) {
        Margin {
            quantiles = List.copyOf(quantiles);
        }

        /** The demand that as many replicas are for as are worth their price. */
        double above(double forecast) {
            double[] known = quantiles.stream().mapToDouble(Double::doubleValue).toArray();
            return new Offers(forecast, root(forecast, least), known, capacity).worth(price);
        }
    }

    private Headroom(DemandSeries series, DemandMethod method, double capacity) {
        this.series = series;
        this.capacity = capacity;
        this.first = first(series);
        double mean = series.mean(first);
        this.meanReplicas = Math.max(1, mean / capacity);
        this.least = LEAST_SHARE * mean;
        this.forecasts = new double[series.size() - first];
        double[] errors = new double[forecasts.length];
        int serves = Math.max(1, (int) Math.ceil(series.stepsAhead()));
        int count = 0;
        for (int i = 0; i < forecasts.length; i++) {
            OptionalDouble forecast = method.at(series, first + i, series.stepsAhead());
            forecasts[i] = Math.max(0, forecast.orElse(0));
            int then = first + i + serves;
            if (forecast.isPresent() && then < series.size() && series.known(then))
                errors[count++] = (series.value(then) - forecasts[i]) / root(forecasts[i], least);
        }
        double[] sorted = Arrays.copyOf(errors, count);
        Arrays.sort(sorted);
        quantiles = count == 0 ? sorted : Offers.quantiles(sorted);
    }

    private static int first(DemandSeries series) {
        return Math.max(0, series.size() - STEPS_AT_MOST);
    }

    /** What the loop without a forecast would have come to. */
    static PastLoop.Outcome reactive(DemandSeries series, double capacity) {
        return new PastLoop(series, first(series), capacity).run(_ -> 0);
    }

    /**
     * @param reactive what the loop without a forecast would have come to
     * @param capacity of one replica, in the unit of the values, > 0
     * @return empty where none would have been better
     */
    static Optional<Margin> best(DemandSeries series, DemandMethod method, PastLoop.Outcome reactive, double capacity) {
        return reactive.shortSteps() == 0 ? Optional.empty() : new Headroom(series, method, capacity).best(reactive);
    }

    /** The lower the price the more replicas: the lowest one that is not too dear is looked for. */
    private Optional<Margin> best(PastLoop.Outcome reactive) {
        if (quantiles.length == 0) return Optional.empty();
        PastLoop loop = new PastLoop(series, first, capacity);
        Offers[] offers = Arrays.stream(forecasts)
                .mapToObj(it -> new Offers(it, root(it, least), quantiles, capacity))
                .toArray(Offers[]::new);
        Optional<Margin> best = Optional.empty();
        int fewest = reactive.shortSteps();
        double high = 0;
        double low = 1;
        for (int trial = 0; trial < TRIALS; trial++) {
            double middle = (high + low) / 2;
            double price = HIGHEST_PRICE / meanReplicas * StrictMath.pow(PRICES, -middle);
            PastLoop.Outcome outcome = loop.run(i -> offers[i].worth(price));
            boolean affordable = outcome.podSteps() <= DEARER * reactive.podSteps();
            if (affordable) high = middle;
            else low = middle;
            boolean better = outcome.shortSteps() < fewest && outcome.shortOfNewer() <= reactive.shortOfNewer();
            if (!affordable || !better) continue;
            fewest = outcome.shortSteps();
            best = Optional.of(margin(price));
        }
        return best;
    }

    private Margin margin(double price) {
        return new Margin(Arrays.stream(quantiles).boxed().toList(), least, capacity, price);
    }

    private static double root(double forecast, double least) {
        return Math.sqrt(Math.max(forecast, least) + Double.MIN_NORMAL);
    }
}
