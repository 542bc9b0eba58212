package io.trimtab.service.loop;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.trimtab.forecast.Outlooks;
import io.trimtab.forecast.Overall;
import java.util.function.ToDoubleFunction;

/** Says at {@code /metrics} how good the forecasts of the hours that are over were. */
final class ForecastMetrics {
    private ForecastMetrics() {}

    static void register(PrometheusRegistry registry, Outlooks outlooks) {
        GaugeWithCallback.builder()
                .name("trimtab_forecast_further_series")
                .help("Series that are followed beside those of containers.")
                .callback(callback -> callback.call(outlooks.room().series()))
                .register(registry);
        GaugeWithCallback.builder()
                .name("trimtab_forecast_further_series_limit")
                .help("How many there may be at most.")
                .callback(callback -> callback.call(outlooks.room().most()))
                .register(registry);
        CounterWithCallback.builder()
                .name("trimtab_forecast_left_out_samples_total")
                .help("Samples of further series that found no room.")
                .callback(callback -> callback.call(outlooks.room().leftOut()))
                .register(registry);
        gauge(
                registry,
                outlooks,
                "trimtab_forecast_series",
                "Series whose forecasts were judged for a day or longer.",
                Overall::series);
        gauge(
                registry,
                outlooks,
                "trimtab_forecast_p95_coverage_ratio",
                "Share of hours whose maximum was not above the P95 that was said at their start, mean over the"
                        + " series.",
                Overall::coverage);
        gauge(
                registry,
                outlooks,
                "trimtab_forecast_mase",
                "Error of the hourly maxima's forecasts over that of repeating the day before, mean over the series.",
                Overall::mase);
        gauge(
                registry,
                outlooks,
                "trimtab_forecast_better_than_naive_series",
                "Series whose forecasts erred less than repeating the last hour and the day before.",
                Overall::betterThanNaive);
    }

    private static void gauge(
            PrometheusRegistry registry, Outlooks outlooks, String name, String help, ToDoubleFunction<Overall> of) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames("scope", "resource")
                .callback(callback -> {
                    for (Overall overall : outlooks.accuracy())
                        if (overall.series() > 0)
                            callback.call(
                                    of.applyAsDouble(overall),
                                    overall.scope().toString(),
                                    overall.kind().toString());
                })
                .register(registry);
    }
}
