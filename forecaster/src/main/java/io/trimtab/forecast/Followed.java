package io.trimtab.forecast;

import io.trimtab.forecast.encoding.StateReader;
import io.trimtab.forecast.encoding.StateWriter;
import io.trimtab.forecast.online.Accuracy;
import io.trimtab.forecast.online.Occasions;
import io.trimtab.forecast.online.OnlineSeries;
import io.trimtab.forecast.online.Outlook;
import java.time.Duration;
import java.util.OptionalInt;

/** A series that some feed while others look. Safe for threads: a fit keeps only those waiting who ask for this series. */
final class Followed {
    private final OnlineSeries series;

    Followed() {
        this(new OnlineSeries());
    }

    Followed(OnlineSeries series) {
        this.series = series;
    }

    /** What {@link OnlineSeries#add} does not take is left out. */
    synchronized void add(long atSeconds, double value) {
        series.add(atSeconds, value);
    }

    /** The newest hour that was fitted, lowest before the first fit; empty unless it is to be fitted anew. */
    synchronized OptionalInt dueSince() {
        return series.due() ? OptionalInt.of(series.fittedHour()) : OptionalInt.empty();
    }

    synchronized void refit(Occasions occasions) {
        series.refit(occasions);
    }

    synchronized boolean isEmpty() {
        return series.isEmpty();
    }

    synchronized long newestSeconds() {
        return series.newestSeconds();
    }

    synchronized double[] hours() {
        return series.hours();
    }

    synchronized Outlook forecast(Duration horizon) {
        return series.forecast(horizon);
    }

    synchronized SeriesOutlook outlook() {
        return SeriesOutlook.of(series);
    }

    synchronized Accuracy accuracy() {
        return series.accuracy();
    }

    /** What it is like, for one that begins; only to be read while nothing is learned. */
    OnlineSeries series() {
        return series;
    }

    synchronized void write(StateWriter to) {
        series.write(to);
    }

    /** @throws IllegalArgumentException if the bytes hold no such state */
    static Followed read(StateReader from) {
        return new Followed(OnlineSeries.read(from));
    }
}
