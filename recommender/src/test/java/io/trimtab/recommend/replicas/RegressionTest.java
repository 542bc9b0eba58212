package io.trimtab.recommend.replicas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of minutes; pods serve two steps later. */
class RegressionTest {
    private static final Duration START = Duration.ofSeconds(90);

    @ParameterizedTest(name = "{0} values: {1}")
    @CsvSource({"299, false", "300, true"})
    void needsHoursOfMinutes(int count, boolean enough) {
        assertThat(Regression.of(series(count, i -> 5 + Math.sin(i))).isPresent())
                .isEqualTo(enough);
        assertThat(Regression.of(series(count, _ -> 0))).isEmpty();
    }

    @Test
    void aRampGoesOn() {
        DemandSeries ramp = series(600, i -> 10 + 0.1 * i);

        assertThat(forecast(ramp)).isCloseTo(10 + 0.1 * 601, within(0.02));
    }

    /** Where values only scatter, the newest says less than the mean. */
    @Test
    void whatScattersReturnsSeed3() {
        Random random = new Random(3);
        double[] values = random.doubles(2000, 8, 12).toArray();
        values[1999] = 12;

        assertThat(forecast(series(2000, i -> values[i]))).isCloseTo(10, within(0.4));
    }

    /** A job that runs at ten every morning cannot be seen in the minutes before it, but in those of yesterday. */
    @Test
    void yesterdaySaysWhatTheNewestMinutesDoNot() {
        IntToDoubleFunction job = i -> i % 1440 >= 600 && i % 1440 < 660 ? 40 : 10;
        int justBefore = 3 * 1440 + 599;

        assertThat(forecast(series(justBefore, job))).isGreaterThan(20);
        assertThat(forecast(series(900, i -> job.applyAsDouble(i + 1440 - 300))))
                .isLessThan(11);
    }

    @Test
    void gapsAreLeftOut() {
        List<Optional<Double>> values = IntStream.range(0, 600)
                .mapToObj(i -> i % 7 == 3 ? Optional.<Double>empty() : Optional.of(10 + 0.1 * i))
                .toList();

        assertThat(forecast(DemandSeries.of(Duration.ofMinutes(1), values, START)))
                .isCloseTo(10 + 0.1 * 601, within(0.3));
    }

    /** What lies after the origin changes nothing. */
    @Test
    void looksAtNothingAfterTheOriginSeed4() {
        Random random = new Random(4);
        double[] values = random.doubles(2000, 1, 50).toArray();
        Regression found = Regression.of(series(1800, i -> values[i])).orElseThrow();
        DemandSeries all = series(2000, i -> values[i]);

        assertThat(found.at(all, 1799, 1.5)).isPresent().isEqualTo(found.at(series(1800, i -> values[i]), 1799, 1.5));
    }

    /** As many of the newest values as it says are enough for the same forecast. */
    @ParameterizedTest(name = "{0} values")
    @CsvSource({"600", "2900"})
    void reachesAsFarAsItSays(int count) {
        DemandSeries series = series(count, i -> 20 + 10 * Math.sin(i / 50.0) + i % 3);
        Regression found = Regression.of(series).orElseThrow();
        int reach = found.reach(1.5);
        int from = count - reach;
        DemandSeries newest = series(reach, i -> 20 + 10 * Math.sin((from + i) / 50.0) + (from + i) % 3);

        assertThat(found.at(newest, reach - 1, 1.5).orElseThrow())
                .isCloseTo(found.at(series, count - 1, 1.5).orElseThrow(), within(1e-9));
        assertThat(found.at(series(reach - 1, i -> i), reach - 2, 1.5)).isEmpty();
    }

    private static double forecast(DemandSeries series) {
        return Regression.of(series)
                .orElseThrow()
                .at(series, series.size() - 1, series.stepsAhead())
                .orElseThrow();
    }

    private static DemandSeries series(int count, IntToDoubleFunction value) {
        return DemandSeries.of(
                Duration.ofMinutes(1),
                IntStream.range(0, count)
                        .mapToObj(i -> Optional.of(value.applyAsDouble(i)))
                        .toList(),
                START);
    }
}
