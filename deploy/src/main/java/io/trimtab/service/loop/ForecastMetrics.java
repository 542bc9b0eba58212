package io.trimtab.service.loop;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.trimtab.forecast.Outlooks;
import io.trimtab.forecast.Overall;
import io.trimtab.forecast.TypicalAccuracy;
import java.util.function.ToDoubleFunction;

/** Says at {@code /metrics} how good the forecasts of the hours that are over were. */
final class ForecastMetrics {
    private ForecastMetrics() {}

    static void register(PrometheusRegistry registry, Outlooks outlooks) {
        GaugeWithCallback.builder()
                .name("trimtab_forecast_further_series")
                .help("Series that are followed beside those of containers.")
                .callback(callback -> callback.call(outlooks.accuracy().room().series()))
                .register(registry);
        GaugeWithCallback.builder()
                .name("trimtab_forecast_further_series_limit")
                .help("How many there may be at most.")
                .callback(callback -> callback.call(outlooks.accuracy().room().most()))
                .register(registry);
        CounterWithCallback.builder()
                .name("trimtab_forecast_left_out_samples_total")
                .help("Samples of further series that found no room.")
                .callback(callback -> callback.call(outlooks.accuracy().room().leftOut()))
                .register(registry);
        gauges(
                registry,
                outlooks,
                "trimtab_forecast_%sseries",
                "Series whose forecasts were judged for a day or longer%s.",
                TypicalAccuracy::series);
        gauges(
                registry,
                outlooks,
                "trimtab_forecast_%sp95_coverage_ratio",
                "Share of hours whose maximum was not above the P95 that was said at their start, mean over the"
                        + " series%s.",
                TypicalAccuracy::coverage);
        gauges(
                registry,
                outlooks,
                "trimtab_forecast_%sp95_pinball_ratio",
                "Pinball loss of the P95 that was said of each hour's maximum, over the mean maximum; mean over the"
                        + " series%s.",
                TypicalAccuracy::pinball);
        gauges(
                registry,
                outlooks,
                "trimtab_forecast_%smase",
                "Error of the hourly maxima's forecasts over that of repeating the day before, median of the series%s.",
                TypicalAccuracy::mase);
        gauges(
                registry,
                outlooks,
                "trimtab_forecast_%sbetter_than_naive_series",
                "Series whose forecasts erred less than repeating the last hour and the day before%s.",
                TypicalAccuracy::betterThanNaive);
    }

    /** Two families: by scope and kind, and over all of them, which no sum or mean over labels gives. */
    private static void gauges(
            PrometheusRegistry registry,
            Outlooks outlooks,
            String name,
            String help,
            ToDoubleFunction<TypicalAccuracy> of) {
        GaugeWithCallback.builder()
                .name(name.formatted(""))
                .help(help.formatted(""))
                .labelNames("scope", "resource")
                .callback(callback -> {
                    for (Overall overall : outlooks.accuracy().byKind())
                        if (overall.typical().series() > 0)
                            callback.call(
                                    of.applyAsDouble(overall.typical()),
                                    overall.scope().toString(),
                                    overall.kind().toString());
                })
                .register(registry);
        GaugeWithCallback.builder()
                .name(name.formatted("overall_"))
                .help(help.formatted(", of all scopes and resources together"))
                .callback(callback -> {
                    TypicalAccuracy overall = outlooks.accuracy().overall();
                    if (overall.series() > 0) callback.call(of.applyAsDouble(overall));
                })
                .register(registry);
    }
}
