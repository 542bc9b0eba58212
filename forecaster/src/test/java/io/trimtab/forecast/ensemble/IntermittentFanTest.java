package io.trimtab.forecast.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trimtab.forecast.season.Season;
import io.trimtab.forecast.season.SeasonFinder;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Demand that is nothing in most steps. */
class IntermittentFanTest {
    private static final int STEPS = 600;

    /** Between 4 and 6 with a chance of one in ten, nothing otherwise. */
    private static double[] nowAndThen(long seed, double unit) {
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.range(0, STEPS)
                .mapToDouble(step -> random.nextDouble() < 0.1 ? unit * random.nextDouble(4, 6) : 0)
                .toArray();
    }

    @ParameterizedTest(name = "seed {0}, in units of {1}")
    @CsvSource({"1, 1", "2, 1", "3, 1000", "4, 1e-6", "5, 1e300"})
    void givesTheMeanAndTheSizesThatCome(long seed, double unit) {
        Fan fan = SeasonalForecaster.forecast(nowAndThen(seed, unit), 24, SeasonFinder.NONE);
        assertThat(fan).isInstanceOf(IntermittentFan.class);
        for (int h = 0; h < 24; h++) {
            assertThat(fan.middle()[h] / unit).isCloseTo(0.5, within(0.3));
            assertThat(fan.quantile(0.5, h)).isZero();
            assertThat(fan.quantile(0.99, h) / unit).isBetween(4.0, 6.0);
            assertThat(fan.quantile(1, h) / unit).isBetween(5.5, 6.0);
        }
    }

    @Test
    void leavesASeasonToThePath() {
        double[] nightly = IntStream.range(0, STEPS)
                .mapToDouble(hour -> hour % 24 < 2 ? 5 : 0)
                .toArray();
        Fan fan = SeasonalForecaster.forecast(nightly, 24, Season.HOURLY);
        assertThat(fan).isInstanceOf(PathFan.class);
        assertThat(fan.middle()[STEPS % 24 == 0 ? 0 : 24 - STEPS % 24]).isCloseTo(5, within(0.1));
        assertThat(fan.middle()[12]).isCloseTo(0, within(0.1));
    }

    /** A service that has begun to run for good is no intermittent one. */
    @Test
    void leavesWhatHasBecomeSteadyToThePath() {
        double[] values = new double[960];
        Arrays.fill(values, 920, 960, 5);
        Fan fan = SeasonalForecaster.forecast(values, 24, Season.HOURLY);
        assertThat(fan).isInstanceOf(PathFan.class);
    }
}
