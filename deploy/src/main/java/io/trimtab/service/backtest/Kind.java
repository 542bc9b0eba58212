package io.trimtab.service.backtest;

import io.trimtab.forecast.season.Season;
import java.util.Arrays;

/** The kinds of series of the M4 competition, with its horizons; a file of another name is taken as hourly. */
enum Kind {
    HOURLY(48, Season.HOURLY),
    DAILY(14, new Season(7, 7)),
    WEEKLY(13, new Season(52, 52)),
    MONTHLY(18, new Season(12, 12)),
    QUARTERLY(8, new Season(4, 4)),
    YEARLY(6, new Season(1, 1));

    final int horizon;
    final Season season;

    Kind(int horizon, Season season) {
        this.horizon = horizon;
        this.season = season;
    }

    static Kind of(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.name().equalsIgnoreCase(name))
                .findFirst()
                .orElse(HOURLY);
    }
}
