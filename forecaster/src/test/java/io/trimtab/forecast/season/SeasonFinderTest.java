package io.trimtab.forecast.season;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeasonFinderTest {
    @ParameterizedTest(name = "{0} values of period {1}, week of {2}: {3} and {4}")
    @CsvSource({
        "672, 24,   0,  24,   24",
        "672, 24, 168,  24,  168",
        "200, 24, 168,  24,   24",
        "100, 12,   0,  12,   12",
        "900, 288,  0, 288,  288",
        "4200, 288, 2016, 288, 2016",
        "40,  24,   0,   1,    1",
    })
    void finds(int count, int day, int week, int shorter, int longer) {
        SplittableRandom random = new SplittableRandom(count);
        double[] values = IntStream.range(0, count)
                .mapToDouble(t -> {
                    boolean weekend = week > 0 && t % week >= week * 5 / 7;
                    double wave = 30 * Math.sin(2 * Math.PI * t / day) * (weekend ? 0.2 : 1);
                    return 100 + wave + 0.01 * t + 3 * random.nextGaussian();
                })
                .toArray();
        assertThat(SeasonFinder.find(values, 24, 288)).isEqualTo(new Season(shorter, longer));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void findsNoneInNoiseAndTrends(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] noise =
                IntStream.range(0, 500).mapToDouble(t -> random.nextGaussian()).toArray();
        double[] trend = IntStream.range(0, 500)
                .mapToDouble(t -> t + random.nextGaussian())
                .toArray();
        assertThat(SeasonFinder.find(noise)).isEqualTo(SeasonFinder.NONE);
        assertThat(SeasonFinder.find(trend)).isEqualTo(SeasonFinder.NONE);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(doubles = {0, 7, 1e308, 4.9e-324})
    void findsNoneInAConstant(double value) {
        double[] values = IntStream.range(0, 300).mapToDouble(t -> value).toArray();
        assertThat(SeasonFinder.find(values)).isEqualTo(SeasonFinder.NONE);
        assertThat(SeasonFinder.find(new double[0])).isEqualTo(SeasonFinder.NONE);
        assertThat(SeasonFinder.find(new double[] {value})).isEqualTo(SeasonFinder.NONE);
    }
}
