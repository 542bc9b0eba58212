package io.trimtab.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.forecast.online.Occasions;
import io.trimtab.forecast.sketch.Buckets;
import io.trimtab.forecast.sketch.WeekHistogram;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeriesBytesTest {
    /** The hours, what was said of them, all that is learned of the errors, and the times of the week, of four weeks of minutes. */
    @Test
    void allThatIsKeptOfASeriesIsWithinFourKibibytes() throws IllegalAccessException {
        Followed followed = new Followed();
        WeekHistogram week = new WeekHistogram(Buckets.CPU);
        Random random = new Random(1);
        Instant monday = Instant.parse("2026-11-02T00:00:00Z");
        for (int minute = 0; minute < 4 * 7 * 1440; minute++) {
            double cores = (2 + Math.sin(minute * Math.PI / 720)) * Math.exp(random.nextGaussian());
            Instant at = monday.plusSeconds(60L * minute);
            followed.add(at.getEpochSecond(), cores);
            week.add(at, cores);
            if (minute % 1440 == 0) followed.refit(Occasions.NONE);
        }
        long ofSeries = HeldBytes.of(followed, Set.of());
        long ofWeek = HeldBytes.of(week, Set.of(Buckets.class));
        System.out.printf("of a series %d bytes, of its times of the week %d%n", ofSeries, ofWeek);
        assertThat(ofSeries + ofWeek).isBetween(3500L, 4096L);
    }
}
