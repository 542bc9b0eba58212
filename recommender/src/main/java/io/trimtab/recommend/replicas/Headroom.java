package io.trimtab.recommend.replicas;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * How far above a method's forecast it pays to go. The method's past errors, over the root of what was forecast, say what lies above with which chance; each chance is
 * tried in a closed loop on the given past, beside the loop without a forecast, and the most that costs no more than {@value #DEARER} times its pod-time is taken.
 * Nothing after the newest value is looked at.
 */
final class Headroom {
    private static final double DEARER = 1.04;
    private static final int STEPS_AT_MOST = 1440;
    private static final double[] CHANCES = {0.98, 0.95, 0.9, 0.85, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1};

    /** So little is forecast that its root says nothing: a hundredth of the mean. */
    private static final double LEAST_SHARE = 0.01;

    private final DemandSeries series;
    private final int first;
    private final double leastForecast;
    private final double[] forecasts;
    private final double[] errors;

    private Headroom(DemandSeries series, DemandMethod method) {
        this.series = series;
        this.first = Math.max(0, series.size() - STEPS_AT_MOST);
        this.leastForecast = LEAST_SHARE * series.mean(first);
        this.forecasts = new double[series.size() - first];
        double[] found = new double[forecasts.length];
        int count = 0;
        for (int i = 0; i < forecasts.length; i++) {
            OptionalDouble forecast = method.at(series, first + i, series.stepsAhead());
            OptionalDouble actual = series.between(first + i + series.stepsAhead());
            forecasts[i] = Math.max(0, forecast.orElse(0));
            if (forecast.isPresent() && actual.isPresent())
                found[count++] = (actual.getAsDouble() - forecasts[i]) / scale(forecasts[i]);
        }
        errors = Arrays.copyOf(found, count);
        Arrays.sort(errors);
    }

    /**
     * The forecast of the newest moment with its headroom.
     *
     * @param forecast without it
     * @param capacity of one replica, in the unit of the values, > 0
     */
    static double above(DemandSeries series, DemandMethod method, double forecast, double capacity) {
        Headroom headroom = new Headroom(series, method);
        if (headroom.errors.length == 0) return forecast;
        return Math.max(0, forecast + headroom.scale(Math.max(0, forecast)) * headroom.margin(capacity));
    }

    private double margin(double capacity) {
        PastLoop loop = new PastLoop(series, first, capacity);
        double most = DEARER * loop.podSteps(_ -> 0);
        for (double chance : CHANCES) {
            double margin = errors[(int) Math.ceil(chance * (errors.length - 1))];
            double cost = loop.podSteps(i -> forecasts[i] + scale(forecasts[i]) * margin);
            if (cost <= most) return margin;
        }
        return errors[0];
    }

    private double scale(double forecast) {
        return Math.sqrt(Math.max(forecast, leastForecast) + Double.MIN_NORMAL);
    }
}
