package io.trimtab.recommend.replicas;

import io.trimtab.recommend.replicas.DemandForecast.Judged;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

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
        return switch (DemandForecast.of(series)) {
            case DemandForecast.TooShort(int trials, int needed) -> new TooShort(trials, needed);
            case Judged(DemandMethod method, boolean better) -> {
                if (capacity.isEmpty()) yield new Chosen(method, Optional.empty(), false, 0);
                PastLoop.Outcome reactive = Headroom.reactive(series, capacity.getAsDouble());
                List<DemandMethod> methods = Stream.of(method, new DemandMethod.Last())
                        .filter(it -> it.at(series, series.size() - 1, series.stepsAhead())
                                .isPresent())
                        .toList();
                yield Headroom.best(series, methods, reactive, capacity.getAsDouble())
                        .map(proven ->
                                new Chosen(proven.method(), Optional.of(proven.margin()), true, reactive.shortSteps()))
                        .orElse(new Chosen(method, Optional.empty(), better, reactive.shortSteps()));
            }
        };
    }
}
