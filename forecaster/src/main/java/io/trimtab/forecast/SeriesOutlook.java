package io.trimtab.forecast;

import io.trimtab.forecast.online.Accuracy;
import io.trimtab.forecast.online.HourAhead;
import io.trimtab.forecast.online.OnlineSeries;
import io.trimtab.forecast.online.Outlook;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a series was and what it will be, in its unit.
 *
 * @param newestSeconds of the newest sample, since 1970; {@code ahead} counts from it
 * @param firstHourSeconds when the first hour of {@code means} and {@code maxima} began, since 1970
 * @param means by hour, oldest first, at most four weeks; NaN is a gap
 * @param maxima the highest minute of the same hours
 * @param said of the last three days' hours, each when it began, oldest first; the last one still runs
 */
public record SeriesOutlook(
        long newestSeconds,
        long firstHourSeconds,
        double[] means,
        double[] maxima,
        List<Ahead> ahead,
        List<HourAhead> said,
        Accuracy accuracy) {
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

    static SeriesOutlook of(OnlineSeries series) {
        double[] means = series.hours();
        return new SeriesOutlook(
                series.newestSeconds(),
                means.length == 0 ? 0 : series.newestHourSeconds() - (means.length - 1) * HOUR_SECONDS,
                means,
                series.maxima(),
                HORIZONS.stream()
                        .map(horizon -> new Ahead(horizon, series.forecast(horizon)))
                        .toList(),
                series.said(),
                series.accuracy());
    }
}
