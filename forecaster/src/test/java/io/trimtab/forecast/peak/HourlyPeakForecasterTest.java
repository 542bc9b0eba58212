package io.trimtab.forecast.peak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HourlyPeakForecasterTest {
    private static final int PER_HOUR = 12;
    private static final int DAY = 24 * PER_HOUR;

    private static double[] days(long seed, int days) {
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.range(0, days * DAY)
                .mapToDouble(t -> 100 + 40 * Math.sin(2 * Math.PI * t / DAY) + 5 * random.nextGaussian())
                .toArray();
    }

    /** Asked every quarter of an hour. */
    private static List<HourlyPeak> ask(double[] values) {
        HourlyPeakForecaster forecaster = new HourlyPeakForecaster(PER_HOUR, 4);
        List<HourlyPeak> peaks = new ArrayList<>();
        for (int t = 0; t < values.length; t++) {
            forecaster.add(values[t]);
            if (t % 3 == 0) peaks.add(forecaster.forecast());
        }
        return peaks;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void coversWhatItSays(long seed) {
        double[] values = days(seed, 14);
        List<HourlyPeak> peaks = ask(values);
        int asked = 0;
        int covered = 0;
        for (int i = peaks.size() / 2; 3 * i + PER_HOUR < values.length; i++) {
            double peak =
                    Arrays.stream(values, 3 * i + 1, 3 * i + 1 + PER_HOUR).max().orElseThrow();
            asked++;
            if (peak <= peaks.get(i).p95()) covered++;
        }
        assertThat((double) covered / asked).isBetween(0.925, 0.975);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void whatWasNeverSeenIsExpectedToStayForItsHour(long seed) {
        double[] values = days(seed, 14);
        int risen = 10 * DAY + 3 * PER_HOUR;
        for (int t = risen; t < values.length; t++) values[t] += 900;
        List<HourlyPeak> peaks = ask(values);
        for (int asked = risen / 3; asked <= (risen + PER_HOUR) / 3; asked++)
            assertThat(peaks.get(asked).p95()).isGreaterThan(0.97 * values[3 * asked]);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void scalesWithTheUnit(long seed) {
        double[] values = days(seed, 6);
        List<HourlyPeak> peaks = ask(values);
        List<HourlyPeak> thousandfold =
                ask(Arrays.stream(values).map(value -> 1000 * value).toArray());
        for (int i = 0; i < peaks.size(); i++)
            assertThat(thousandfold.get(i).p95() / 1000).isCloseTo(peaks.get(i).p95(), within(1e-3));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void seesNothingAfterItsOrigin(long seed) {
        double[] values = days(seed, 6);
        double[] changed = values.clone();
        int origin = 5 * DAY;
        for (int t = origin + 1; t < changed.length; t++) changed[t] = 7 * changed[t] + t;
        int asked = origin / 3 + 1;
        assertThat(ask(changed).subList(0, asked)).isEqualTo(ask(values).subList(0, asked));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        one point       | 5
        constant        | 7
        all zero        | 0 0 0
        rare bursts     | 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 900
        only gaps       | NaN
        alternating NaN | 1 NaN 3 NaN
        infinities      | 1 Infinity 2 -Infinity
        largest         | 1e308 1.7e308 3
        denormals       | 4.9e-324 1e-320
        """)
    void answersBadInput(String name, String values) {
        double[] once = Arrays.stream(values.split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
        double[] repeated = IntStream.range(0, 5 * DAY)
                .mapToDouble(i -> once[i % once.length])
                .toArray();
        for (HourlyPeak peak : ask(repeated)) {
            assertThat(peak.p50()).isFinite().isNotNegative();
            assertThat(peak.p95()).isFinite().isGreaterThanOrEqualTo(peak.p50());
        }
    }

    @Test
    void learnsANewLevelWithinAnHour() {
        double[] values = days(1, 6);
        for (int t = 5 * DAY; t < values.length; t++) values[t] += 1000;
        List<HourlyPeak> peaks = ask(values);
        assertThat(peaks.get(5 * DAY / 3 + 4).p95()).isGreaterThan(1000);
    }

    @Test
    void refusesWhatItCannotBeAsked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HourlyPeakForecaster(0, 1))
                .withMessageContaining("samplesPerHour (0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HourlyPeakForecaster(2, 4))
                .withMessageContaining("forecastsPerHour (4)");
        assertThatIllegalStateException().isThrownBy(() -> new HourlyPeakForecaster(12, 4).forecast());
    }
}
