package io.trimtab.service.backtest;

import io.trimtab.forecast.online.Leak;
import io.trimtab.forecast.online.Level;
import io.trimtab.forecast.online.OnlineSeries;
import io.trimtab.forecast.online.Outlook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What an online series says of one trace, every quarter of an hour over its second half, and what came. */
final class OnlineReplay {
    static final List<Duration> HORIZONS = List.of(
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofHours(1),
            Duration.ofHours(6),
            Duration.ofDays(1),
            Duration.ofDays(7));
    static final int HOUR = 2;
    private static final int FORECASTS_PER_HOUR = 4;

    final List<Integer> origins = new ArrayList<>();

    /** By origin, one hour ahead. */
    final List<Outlook> hourly = new ArrayList<>();

    /** By horizon, then level: how often P covered; and how often it was asked. */
    final int[][] valueCovered = new int[HORIZONS.size()][Level.values().length];

    final int[][] maximumCovered = new int[HORIZONS.size()][Level.values().length];
    final int[] asked = new int[HORIZONS.size()];
    int hoursSaidToLeak;
    int refits;
    final Trace trace;
    private final OnlineSeries series = new OnlineSeries();

    OnlineReplay(Trace trace) {
        this.trace = trace;
    }

    /** Every sample is shown before the next is asked about; what lies after an origin is not there yet. */
    OnlineReplay run() {
        int cells = trace.values().length;
        int every = Math.max(1, trace.perHour() / FORECASTS_PER_HOUR);
        int first = cells / 2;
        for (int cell = 0; cell < cells - trace.perHour(); cell++) {
            if (trace.measured()[cell]) series.add(trace.time(cell).getEpochSecond(), trace.values()[cell]);
            if (series.due()) {
                series.refit();
                refits++;
                if (Leak.find(series.hours()).isPresent()) hoursSaidToLeak++;
            }
            if (cell >= first && (cell - first) % every == 0) ask(cell);
        }
        return this;
    }

    private void ask(int cell) {
        origins.add(cell);
        for (int i = 0; i < HORIZONS.size(); i++) {
            Outlook outlook = series.forecast(HORIZONS.get(i));
            if (i == HOUR) hourly.add(outlook);
            int ahead = (int) Math.round(HORIZONS.get(i).toSeconds() / trace.stepSeconds());
            if (ahead < 1 || cell + ahead >= trace.values().length || !trace.measured()[cell + ahead]) continue;
            asked[i]++;
            for (Level level : Level.values()) {
                if (trace.values()[cell + ahead] <= outlook.value(level)) valueCovered[i][level.index]++;
                if (maximum(cell, ahead) <= outlook.maximum(level)) maximumCovered[i][level.index]++;
            }
        }
    }

    double maximum(int cell, int ahead) {
        double maximum = trace.values()[cell + 1];
        for (int t = cell + 2; t <= cell + ahead; t++) maximum = Math.max(maximum, trace.values()[t]);
        return maximum;
    }
}
