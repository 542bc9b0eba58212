package io.trimtab.forecast.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeekCellTest {
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void whatItHoldsIsHeldAgain(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 500; i++) {
            double[] weights = new double[256];
            int hits = 1 + random.nextInt(40);
            for (int hit = 0; hit < hits; hit++) weights[random.nextInt(256)] += random.nextDouble();
            int cell = WeekCell.of(weights, 1 + random.nextInt(31));
            assertThat(WeekCell.isSound(cell, 256)).isTrue();
            double[] held = new double[256];
            WeekCell.addTo(held, 0, cell, 3);
            assertThat(Arrays.stream(held).sum()).isCloseTo(3, within(1e-9));
            for (int bucket = 0; bucket < 256; bucket++)
                if (bucket < WeekCell.lowest(cell) || bucket > WeekCell.highest(cell))
                    assertThat(held[bucket]).isZero();
            assertThat(WeekCell.of(held, WeekCell.seen(cell))).isEqualTo(cell);
        }
    }

    @ParameterizedTest(name = "seen {0}: {1} weeks, a week later {2}")
    @CsvSource({"1, 1, 0.5", "3, 1.5, 0.75", "31, 1.9375, 0.9375", "16, 0.0625, 0", "2, 0.5, 0.25"})
    void aWeekCountsHalfOfTheOneAfterIt(int seen, double weeks, double later) {
        double[] weights = new double[256];
        weights[7] = 1;
        int cell = WeekCell.of(weights, seen);
        assertThat(WeekCell.weeks(cell)).isEqualTo(weeks);
        assertThat(WeekCell.weeks(WeekCell.aWeekLater(cell))).isEqualTo(later);
        if (later == 0) assertThat(WeekCell.aWeekLater(cell)).isEqualTo(WeekCell.EMPTY);
    }

    /** Where P90 is farther below P98 than six bits say it is put higher, never lower. */
    @Test
    void distancesThatAreTooLargeAreCutOffUpward() {
        double[] weights = new double[256];
        weights[0] = 0.95;
        weights[200] = 0.05;
        double[] held = new double[256];
        WeekCell.addTo(held, 0, WeekCell.of(weights, 1), 1);
        assertThat(Arrays.stream(held, 138, 201).sum()).isGreaterThanOrEqualTo(0.1 - 1e-9);
        assertThat(held[10]).isPositive();
    }
}
