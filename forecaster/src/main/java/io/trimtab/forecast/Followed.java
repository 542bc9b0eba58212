package io.trimtab.forecast;

import io.trimtab.forecast.encoding.StateReader;
import io.trimtab.forecast.encoding.StateWriter;
import io.trimtab.forecast.online.HourAhead;
import io.trimtab.forecast.online.OnlineSeries;
import java.util.List;

/** A further series, and what was said of each of its hours. */
final class Followed {
    final OnlineSeries series;
    private final SaidHours said;

    Followed() {
        this(new OnlineSeries(), new SaidHours());
    }

    private Followed(OnlineSeries series, SaidHours said) {
        this.series = series;
        this.said = said;
    }

    /** What {@link OnlineSeries#add} does not take is left out. */
    void add(long atSeconds, double value) {
        if (series.add(atSeconds, value)) series.hourAhead().ifPresent(said::keep);
    }

    List<HourAhead> said() {
        return said.all();
    }

    void write(StateWriter to) {
        series.write(to);
        said.write(to);
    }

    /** @throws IllegalArgumentException if the bytes hold no such state */
    static Followed read(StateReader from) {
        return new Followed(OnlineSeries.read(from), SaidHours.read(from));
    }
}
