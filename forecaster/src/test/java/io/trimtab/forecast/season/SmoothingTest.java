package io.trimtab.forecast.season;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmoothingTest {
    /** A day and a week that add up, without noise: it goes on as it was. */
    @Test
    void repeatsWhatTwoPeriodsAddUpTo() {
        double[] values = new double[600 + 48];
        for (int t = 0; t < values.length; t++)
            values[t] = 0.5 + 0.2 * Math.sin(2 * Math.PI * t / 24) + (t % 168 < 120 ? 0.1 : 0);
        double[] path = path(Arrays.copyOf(values, 600), Season.HOURLY);
        for (int h = 0; h < 48; h++) assertThat(path[h]).isCloseTo(values[600 + h], within(1e-6));
    }

    /** Repeating the day before takes its noise over. */
    @Test
    void averagesNoiseOutSeeds1To20() {
        double error = 0;
        double naive = 0;
        for (long seed = 1; seed <= 20; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double[] values = new double[672];
            for (int t = 0; t < values.length; t++)
                values[t] = 0.5 + 0.2 * Math.sin(2 * Math.PI * t / 24) + 0.05 * random.nextGaussian();
            double[] path = path(values, Season.HOURLY);
            for (int h = 0; h < 48; h++) {
                double comes = 0.5 + 0.2 * Math.sin(2 * Math.PI * h / 24);
                error += Math.abs(path[h] - comes);
                naive += Math.abs(values[648 + h % 24] - comes);
            }
        }
        assertThat(error).isLessThan(0.9 * naive);
    }

    @ParameterizedTest(name = "{0} values, periods of {1} and {2}")
    @CsvSource({"1, 24, 168", "2, 24, 168", "30, 24, 168", "200, 24, 168", "9, 1, 1", "100, 10, 10", "100, 10, 30"})
    void staysWithinReachOfWhatWasSeen(int count, int shorter, int longer) {
        SplittableRandom random = new SplittableRandom(count);
        double[] values = random.doubles(count).toArray();
        Reach reach = Reach.of(values, count);
        for (double step : path(values, new Season(shorter, longer)))
            assertThat(step).isBetween(reach.low(), reach.high());
    }

    /** What comes after an origin changes nothing that was said there. */
    @Test
    void seesNothingAfterItsOriginSeed7() {
        double[] values = new SplittableRandom(7).doubles(400).toArray();
        double[] other = values.clone();
        Arrays.fill(other, 300, 400, 0.9);
        int[] origins = {250, 300};
        Smoothing smoothing = new Smoothing(Season.HOURLY);
        assertThat(smoothing.paths(values, origins, 48)[1])
                .containsExactly(smoothing.paths(other, origins, 48)[1]);
    }

    private static double[] path(double[] values, Season season) {
        return new Smoothing(season).paths(values, new int[] {values.length}, 48)[0];
    }
}
