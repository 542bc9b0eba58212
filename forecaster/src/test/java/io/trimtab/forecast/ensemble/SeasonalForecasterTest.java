package io.trimtab.forecast.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.trimtab.forecast.season.Season;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeasonalForecasterTest {
    private static final double[] PROBABILITIES = {0, 0.025, 0.1, 0.25, 0.5, 0.75, 0.8, 0.9, 0.95, 0.975, 0.99, 1};
    private static final int HORIZON = 48;

    /** A day, a quieter weekend and noise. */
    private static double[] weeks(long seed, int hours) {
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.range(0, hours)
                .mapToDouble(hour -> (hour / 24 % 7 < 5 ? 100 : 60)
                        + 30 * Math.sin(2 * Math.PI * hour / 24)
                        + 4 * random.nextGaussian())
                .toArray();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void followsDayAndWeek(long seed) {
        double[] all = weeks(seed, 720 + HORIZON);
        Fan fan = SeasonalForecaster.forecast(Arrays.copyOf(all, 720), HORIZON, Season.HOURLY);
        int covered = 0;
        for (int h = 0; h < HORIZON; h++) {
            assertThat(fan.middle()[h]).isCloseTo(all[720 + h], within(20.0));
            if (fan.quantile(0.025, h) <= all[720 + h] && all[720 + h] <= fan.quantile(0.975, h)) covered++;
        }
        assertThat(covered).isBetween(40, HORIZON);
    }

    @ParameterizedTest(name = "seed {0}, {1} hours")
    @CsvSource({"1, 1", "2, 2", "3, 3", "4, 10", "5, 40", "6, 100", "7, 300", "8, 960", "9, 2000"})
    void quantilesNeverCross(long seed, int hours) {
        assertSound(SeasonalForecaster.forecast(weeks(seed, hours), HORIZON, Season.HOURLY), true);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void scalesWithTheUnit(long seed) {
        double[] values = weeks(seed, 700);
        Fan fan = SeasonalForecaster.forecast(values, HORIZON, Season.HOURLY);
        Fan thousandfold = SeasonalForecaster.forecast(
                Arrays.stream(values).map(value -> 1000 * value).toArray(), HORIZON, Season.HOURLY);
        for (int h = 0; h < HORIZON; h++)
            for (double probability : PROBABILITIES)
                assertThat(thousandfold.quantile(probability, h))
                        .isCloseTo(1000 * fan.quantile(probability, h), within(1000 * 1e-3));
    }

    /** What is older than the window does not matter, so that the same values later give the same path. */
    @Test
    void shiftsWithTime() {
        double[] values = weeks(1, 960);
        double[] later = new double[960 + 168];
        System.arraycopy(values, 0, later, 168, 960);
        assertThat(SeasonalForecaster.forecast(later, HORIZON, Season.HOURLY).middle())
                .containsExactly(SeasonalForecaster.forecast(values, HORIZON, Season.HOURLY)
                        .middle());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        one point             | 5
        two points            | 5 6
        constant              | 7 7 7 7 7 7 7 7 7 7 7 7 7 7 7 7 7 7 7 7
        all zero              | 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
        leading gap           | NaN NaN 3 4 5
        alternating NaN       | 1 NaN 1 NaN 1 NaN 1 NaN 1 NaN 1 NaN
        infinities            | 1 Infinity 2 -Infinity 3
        largest               | 1e308 1.7e308 1e308 1.7e308 1e308 1.7e308
        denormals             | 4.9e-324 1e-320 4.9e-324 1e-320 4.9e-324
        both ends             | 4.9e-324 1e308 4.9e-324 1e308 0 1e308
        """)
    void answersBadInput(String name, String values) {
        double[] once = Arrays.stream(values.split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
        for (int times : new int[] {1, 30, 200}) {
            double[] repeated = IntStream.range(0, times * once.length)
                    .mapToDouble(i -> once[i % once.length])
                    .toArray();
            assertSound(SeasonalForecaster.forecast(repeated, HORIZON, Season.HOURLY), true);
        }
    }

    @Test
    void continuesAConstantWithoutWidth() {
        double[] values = new double[500];
        Arrays.fill(values, 7);
        Fan fan = SeasonalForecaster.forecast(values, HORIZON, Season.HOURLY);
        assertThat(fan.quantile(0.99, HORIZON - 1)).isCloseTo(7, within(1e-6));
        assertThat(fan.quantile(0.01, HORIZON - 1)).isCloseTo(7, within(1e-6));
    }

    @ParameterizedTest(name = "season {0} and {1}")
    @CsvSource({"1, 1", "4, 4", "7, 7", "12, 12", "52, 52", "24, 168"})
    void takesOtherSeasons(int shorter, int longer) {
        assertSound(SeasonalForecaster.forecast(weeks(1, 200), 18, new Season(shorter, longer)), true);
    }

    @Test
    void goesBelowZeroOnlyWhereTheHistoryDid() {
        double[] values = Arrays.stream(weeks(1, 700)).map(value -> value - 90).toArray();
        Fan fan = SeasonalForecaster.forecast(values, HORIZON, Season.HOURLY);
        assertSound(fan, false);
        assertThat(Arrays.stream(fan.middle()).min().orElseThrow()).isNegative();
    }

    @Test
    void refusesWhatHasNoValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SeasonalForecaster.forecast(new double[] {Double.NaN}, 1, Season.HOURLY))
                .withMessageContaining("no finite value");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SeasonalForecaster.forecast(new double[] {1}, 0, Season.HOURLY))
                .withMessageContaining("horizon (0)");
    }

    private static void assertSound(Fan fan, boolean neverNegative) {
        for (int h = 0; h < fan.middle().length; h++) {
            double before = neverNegative ? 0 : -Double.MAX_VALUE;
            for (double probability : PROBABILITIES) {
                double quantile = fan.quantile(probability, h);
                assertThat(quantile).isFinite().isGreaterThanOrEqualTo(before);
                before = quantile;
            }
        }
    }
}
