package io.trimtab.recommend.replicas;

import io.trimtab.recommend.replicas.DemandForecast.Judged;
import java.util.Optional;
import java.util.OptionalDouble;

/** What trying forecasts on a workload's past has found out. It takes milliseconds to find out and holds for a while; what it says now is read off. */
sealed interface ForecastChoice {
    /**
     * @param method the one that erred least, or that was worth most with headroom
     * @param headroom that goes on top; none where it was not worth anything
     * @param used whether it has been better than scaling without it
     * @param shortMoments that were short of the target without a forecast
     */
    record Chosen(DemandMethod method, Optional<Headroom.Margin> headroom, boolean used, int shortMoments)
            implements ForecastChoice {
        /** One pod start ahead of the newest value; empty where values are missing that it starts from. */
        OptionalDouble value(DemandSeries series) {
            OptionalDouble found = method.at(series, series.size() - 1, series.stepsAhead());
            if (found.isEmpty()) return found;
            double forecast = Math.max(0, found.getAsDouble());
            return OptionalDouble.of(headroom.map(it -> it.above(forecast)).orElse(forecast));
        }
    }

    record TooShort(int trials, int needed) implements ForecastChoice {}

    /** Nobody has tried yet. */
    record NotTried() implements ForecastChoice {}

    /** @param capacity of one replica, in the unit of the values, > 0; empty where it is not known, so that no loop can be tried */
    static ForecastChoice of(DemandSeries series, OptionalDouble capacity) {
        Optional<Regression> regression = capacity.isEmpty() ? Optional.empty() : Regression.of(series);
        if (regression.isPresent()) {
            var worth = proven(series, regression.get(), capacity.getAsDouble());
            if (worth.isPresent()) return worth.get();
        }
        return switch (DemandForecast.of(series)) {
            case DemandForecast.TooShort(int trials, int needed) -> new TooShort(trials, needed);
            case Judged(DemandMethod method, boolean better) -> judged(series, method, better, capacity);
        };
    }

    /** The plain forecast where its headroom would not have paid; the last value only where that is no better. */
    private static ForecastChoice judged(
            DemandSeries series, DemandMethod method, boolean better, OptionalDouble capacity) {
        if (capacity.isEmpty()) return new Chosen(method, Optional.empty(), false, 0);
        double each = capacity.getAsDouble();
        int shortMoments = Headroom.reactive(series, each).shortSteps();
        var plain = new Chosen(method, Optional.empty(), better, shortMoments);
        return proven(series, method, each)
                .or(() -> better ? Optional.empty() : proven(series, new DemandMethod.Last(), each))
                .orElse(plain);
    }

    /** With the headroom that would have been worth most; empty where none would have been. */
    private static Optional<ForecastChoice> proven(DemandSeries series, DemandMethod method, double capacity) {
        if (method.at(series, series.size() - 1, series.stepsAhead()).isEmpty()) return Optional.empty();
        PastLoop.Outcome reactive = Headroom.reactive(series, capacity);
        return Headroom.best(series, method, reactive, capacity)
                .map(margin -> new Chosen(method, Optional.of(margin), true, reactive.shortSteps()));
    }
}
