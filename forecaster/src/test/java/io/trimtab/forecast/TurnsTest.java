package io.trimtab.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.forecast.online.Occasions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TurnsTest {
    private static final Instant START = Instant.parse("2026-11-09T00:00:00Z");
    private static final int SERIES = 100;
    private final Turns turns = new Turns();

    /** After the first hour; samples come some minutes late, so that an hour's end is known late, too. */
    @ParameterizedTest(
            name = "a round every {0} min, samples {1} min late: at most {2} in a round, again after {3} min")
    @CsvSource({
        "1, 0, 2, 60",
        "1, 7, 2, 60",
        "2, 0, 4, 60",
        "2, 1, 4, 60",
        "5, 0, 9, 60",
        "5, 3, 9, 60",
        "15, 0, 25, 60",
        "20, 0, 25, 120"
    })
    void everySeriesComesToItsTurn(int cycle, int late, int most, int again) {
        List<Followed> all = Stream.generate(Followed::new).limit(SERIES).toList();
        Map<Followed, Integer> fitted = new HashMap<>();
        for (int minute = 0; minute < 11 * 60; minute += cycle) {
            Instant now = START.plus(Duration.ofMinutes(minute));
            for (Followed series : all) series.add(now.getEpochSecond() - 60L * late, 1);
            List<Followed> due = turns.next(now, all, Function.identity());
            assertThat(due).hasSizeLessThanOrEqualTo(most);
            for (Followed series : due) {
                series.refit(Occasions.NONE);
                fitted.put(series, minute);
            }
            int oldest = minute - again - cycle;
            if (minute > 8 * 60)
                assertThat(fitted)
                        .hasSize(SERIES)
                        .allSatisfy((_, at) -> assertThat(at).isGreaterThan(oldest));
        }
    }

    /** The one that could not be fitted in its hour is the first of the next. */
    @Test
    void whoWaitedLongestIsFirst() {
        List<Followed> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) all.add(known(7));
        Followed longest = all.get(2);
        for (Followed series : all) {
            if (series != longest) series.refit(Occasions.NONE);
            series.add(START.plus(Duration.ofHours(8)).getEpochSecond(), 1);
        }
        assertThat(turns.next(START, all, Function.identity())).containsExactly(longest);
    }

    @Test
    void aClockThatGoesBackFitsNothingUntilItGoesOn() {
        List<Followed> all = List.of(known(7), known(7));
        turns.next(START, all, Function.identity());
        Instant before = START.minus(Duration.ofDays(1));
        assertThat(turns.next(before, all, Function.identity())).isEmpty();
        assertThat(turns.next(before.plusSeconds(60), all, Function.identity())).hasSize(1);
    }

    private static Followed known(int hours) {
        Followed series = new Followed();
        for (int hour = 0; hour <= hours; hour++)
            series.add(START.plus(Duration.ofHours(hour)).getEpochSecond(), 1);
        return series;
    }
}
