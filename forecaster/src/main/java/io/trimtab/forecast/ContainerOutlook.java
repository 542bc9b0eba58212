package io.trimtab.forecast;

import io.trimtab.forecast.online.Accuracy;
import io.trimtab.forecast.online.HourAhead;
import io.trimtab.forecast.online.Leak;
import io.trimtab.forecast.online.OnlineSeries;
import io.trimtab.forecast.online.Outlook;
import io.trimtab.ingest.model.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What one container of a workload used, over all its pods together, and what it will use; in cores or bytes.
 *
 * @param newestSeconds of the newest sample, since 1970; {@code ahead} counts from it
 * @param firstHourSeconds when the first hour of {@code means} and {@code maxima} began, since 1970
 * @param means by hour, oldest first, at most four weeks; NaN is a gap
 * @param maxima the highest minute of the same hours
 * @param said of the last three days' hours, each when it began, oldest first; the last one still runs
 * @param leak of memory only
 */
public record ContainerOutlook(
        String container,
        Resource resource,
        long newestSeconds,
        long firstHourSeconds,
        double[] means,
        double[] maxima,
        List<Ahead> ahead,
        List<HourAhead> said,
        Accuracy accuracy,
        Optional<Leak> leak) {
    private static final long HOUR_SECONDS = 3600;

    /** Minutes, then every hour of two days, then every third of a week, so that a drawn season has its shape. */
    private static final List<Duration> HORIZONS = Stream.of(
                    IntStream.of(1, 5, 15, 30),
                    IntStream.rangeClosed(1, 48).map(hour -> hour * 60),
                    IntStream.rangeClosed(17, 56).map(third -> third * 180))
            .flatMapToInt(minutes -> minutes)
            .mapToObj(Duration::ofMinutes)
            .toList();

    /** What is expected at a horizon. */
    public record Ahead(Duration horizon, Outlook outlook) {}

    static ContainerOutlook of(OutlookForecaster.Subject subject, Together together) {
        OnlineSeries series = together.series;
        double[] means = series.hours();
        return new ContainerOutlook(
                subject.container(),
                subject.resource(),
                series.newestSeconds(),
                means.length == 0 ? 0 : series.newestHourSeconds() - (means.length - 1) * HOUR_SECONDS,
                means,
                series.maxima(),
                HORIZONS.stream()
                        .map(horizon -> new Ahead(horizon, series.forecast(horizon)))
                        .toList(),
                together.said(),
                series.accuracy(),
                together.leak);
    }
}
