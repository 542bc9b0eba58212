package io.trimtab.recommend.replicas;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How far above a method's forecast it pays to go. The method's past errors, over the root of what was forecast, say what lies above with which chance; each chance is
 * tried in a closed loop on the given past, beside the loop without a forecast. One that costs more than {@value #DEARER} times its pod-time, or leaves no fewer moments
 * short of the target over all and over the newer half, is out. Of those that are left the one that leaves the fewest is taken. Nothing after the newest value is looked at.
 */
final class Headroom {
    private static final double DEARER = 1.04;
    private static final int STEPS_AT_MOST = 1440;
    private static final double[] CHANCES = {0.98, 0.95, 0.9, 0.85, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1};

    /** So little is forecast that its root says nothing: a hundredth of the mean. */
    private static final double LEAST_SHARE = 0.01;

    private final DemandSeries series;
    private final DemandMethod method;
    private final int first;
    private final double leastForecast;
    private final double[] forecasts;
    private final double[] errors;

    /** A method and how far above it, and what they would have come to. */
    record Proven(DemandMethod method, Margin margin, PastLoop.Outcome outcome) {}

    /**
     * How far above a forecast.
     *
     * @param roots of what is forecast
     * @param least that is taken for a forecast, since the root of almost nothing says nothing
     */
    record Margin(double roots, double least) {
        double above(double forecast) {
            return Math.max(0, forecast + root(forecast, least) * roots);
        }
    }

    private Headroom(DemandSeries series, DemandMethod method) {
        this.series = series;
        this.method = method;
        this.first = first(series);
        this.leastForecast = LEAST_SHARE * series.mean(first);
        this.forecasts = new double[series.size() - first];
        double[] found = new double[forecasts.length];
        int count = 0;
        for (int i = 0; i < forecasts.length; i++) {
            OptionalDouble forecast = method.at(series, first + i, series.stepsAhead());
            OptionalDouble actual = series.between(first + i + series.stepsAhead());
            forecasts[i] = Math.max(0, forecast.orElse(0));
            if (forecast.isPresent() && actual.isPresent())
                found[count++] = (actual.getAsDouble() - forecasts[i]) / root(forecasts[i], leastForecast);
        }
        errors = Arrays.copyOf(found, count);
        Arrays.sort(errors);
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
     * @return the best of the methods; empty where none would have been better
     */
    static Optional<Proven> best(
            DemandSeries series, List<DemandMethod> methods, PastLoop.Outcome reactive, double capacity) {
        if (reactive.shortSteps() == 0) return Optional.empty();
        Optional<Proven> best = Optional.empty();
        for (DemandMethod method : methods) {
            Optional<Proven> proven = new Headroom(series, method).proven(reactive, capacity);
            boolean better = proven.isPresent()
                    && best.map(other -> proven.get().outcome().shortSteps()
                                    < other.outcome().shortSteps())
                            .orElse(true);
            if (better) best = proven;
        }
        return best;
    }

    private Optional<Proven> proven(PastLoop.Outcome reactive, double capacity) {
        if (errors.length == 0) return Optional.empty();
        PastLoop loop = new PastLoop(series, first, capacity);
        for (double chance : CHANCES) {
            var margin = new Margin(errors[(int) Math.ceil(chance * (errors.length - 1))], leastForecast);
            PastLoop.Outcome outcome = loop.run(i -> margin.above(forecasts[i]));
            boolean better = outcome.podSteps() <= DEARER * reactive.podSteps()
                    && outcome.shortSteps() < reactive.shortSteps()
                    && outcome.shortOfNewer() <= reactive.shortOfNewer();
            if (better) return Optional.of(new Proven(method, margin, outcome));
        }
        return Optional.empty();
    }

    private static double root(double forecast, double least) {
        return Math.sqrt(Math.max(forecast, least) + Double.MIN_NORMAL);
    }
}
