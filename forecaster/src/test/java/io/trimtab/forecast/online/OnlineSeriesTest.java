package io.trimtab.forecast.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.trimtab.forecast.encoding.StateReader;
import io.trimtab.forecast.encoding.StateWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OnlineSeriesTest {
    private static final List<Duration> HORIZONS = List.of(
            Duration.ZERO,
            Duration.ofMinutes(1),
            Duration.ofMinutes(7),
            Duration.ofMinutes(60),
            Duration.ofMinutes(61),
            Duration.ofHours(6),
            Duration.ofHours(30),
            Duration.ofDays(7),
            Duration.ofDays(20));

    @ParameterizedTest(name = "seed {0}: {1} days")
    @CsvSource({"1, 0.01", "2, 0.1", "3, 0.4", "4, 1.5", "5, 8", "6, 16", "7, 30"})
    void quantilesNeverCross(long seed, double days) {
        assertSound(Fed.with(Fed.waves(seed, days)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        one point            | 5
        two values           | 5 6
        all zero             | 0
        alternating NaN      | 1 NaN 3 NaN
        only NaN             | NaN
        infinities           | 1 Infinity 2 -Infinity
        negative             | -1 -2 3
        only negative        | -1
        rare bursts          | 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 900
        largest              | 1e308 1.7e308 1e308
        denormals            | 4.9e-324 1e-320
        both ends            | 4.9e-324 1e308 0
        """)
    void answersBadInput(String name, String values) {
        double[] once = Arrays.stream(values.split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
        for (int count : new int[] {once.length, 200, 12 * Fed.PER_DAY})
            assertSound(Fed.with(IntStream.range(0, count)
                    .mapToDouble(i -> once[i % once.length])
                    .toArray()));
    }

    @Test
    void withoutASampleAllIsZero() {
        OnlineSeries empty = new OnlineSeries();
        assertThat(empty.due()).isFalse();
        empty.refit();
        assertThat(empty.forecast(Duration.ofHours(1)).maximum(Level.P99)).isZero();
        assertThat(empty.hours()).isEmpty();
        assertThat(empty.accuracy().betterThanNaive()).isFalse();
        assertSound(empty);
    }

    @Test
    void aConstantStaysWhatItIs() {
        OnlineSeries series = Fed.with(Fed.samples(9, hour -> 7));
        for (Duration horizon : HORIZONS) {
            assertThat(series.forecast(horizon).maximum(Level.P99)).isCloseTo(7, within(0.06));
            assertThat(series.forecast(horizon).value(Level.P50)).isCloseTo(7, within(0.06));
        }
    }

    @ParameterizedTest(name = "{0} s after the newest: {1}")
    @CsvSource({"-86400, false", "-1, false", "0, false", "1, true", "99999999, true", "9000000000000000, false"})
    void dropsWhatIsNotNew(long after, boolean counts) {
        OnlineSeries series = Fed.with(Fed.waves(1, 2));
        long newest = Fed.START + 2 * 86_400 - Fed.STEP;
        Outlook before = series.forecast(Duration.ofMinutes(5));
        assertThat(series.add(newest + after, 100)).isEqualTo(counts);
        if (!counts)
            assertThat(series.forecast(Duration.ofMinutes(5)).maximum()).containsExactly(before.maximum());
        assertSound(series);
    }

    @ParameterizedTest(name = "a gap of {0} hours")
    @ValueSource(ints = {1, 5, 30, 100, 671, 672, 673, 2000})
    void goesOnAfterAGap(int hours) {
        OnlineSeries series = Fed.with(Fed.waves(1, 15));
        double[] later = Fed.waves(2, 2);
        Fed.show(series, Fed.START + 15 * 86_400 + hours * 3600L, later);
        assertSound(series);
        assertThat(series.forecast(Duration.ofHours(1)).value(Level.P50)).isBetween(40.0, 160.0);
        assertThat(series.hours()).hasSizeBetween(47, State.HOURS);
    }

    @ParameterizedTest(name = "seed {0}: {1} times")
    @CsvSource({"1, 1024, 1e-6", "2, 0.125, 1e-6", "3, 1000, 0.02", "4, 0.001, 0.02"})
    void scalesWithTheUnit(long seed, double factor, double tolerance) {
        double[] samples = Fed.waves(seed, 10);
        OnlineSeries series = Fed.with(samples);
        OnlineSeries scaled =
                Fed.with(Arrays.stream(samples).map(value -> factor * value).toArray());
        for (Duration horizon : HORIZONS)
            for (Level level : Level.ALL)
                assertThat(scaled.forecast(horizon).maximum(level) / factor)
                        .isCloseTo(
                                series.forecast(horizon).maximum(level),
                                within(tolerance * series.forecast(horizon).maximum(level)));
    }

    @ParameterizedTest(name = "{0} days later")
    @ValueSource(ints = {1, 7, 28, 3650})
    void shiftsWithTime(int days) {
        double[] samples = Fed.waves(1, 10);
        OnlineSeries later = Fed.show(new OnlineSeries(), Fed.START + days * 86_400L, samples);
        for (Duration horizon : HORIZONS)
            assertThat(later.forecast(horizon).maximum())
                    .containsExactly(Fed.with(samples).forecast(horizon).maximum());
    }

    /** Each forecast is made before the next sample is there; those before a change are the same with it and without it. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void seesNothingAfterItsOrigin(long seed) {
        double[] samples = Fed.waves(seed, 9);
        double[] changed = samples.clone();
        int origin = 8 * Fed.PER_DAY + 77;
        for (int i = origin; i < changed.length; i++) changed[i] = 3 * changed[i] + i;
        assertThat(maxima(changed).subList(0, origin)).isEqualTo(maxima(samples).subList(0, origin));
    }

    private static List<Double> maxima(double[] samples) {
        OnlineSeries series = new OnlineSeries();
        List<Double> maxima = new ArrayList<>();
        for (int i = 0; i < samples.length; i++) {
            series.add(Fed.START + (long) i * Fed.STEP, samples[i]);
            series.refit();
            maxima.add(series.forecast(Duration.ofHours(6)).maximum(Level.P95));
        }
        return maxima;
    }

    @ParameterizedTest(name = "{0} days")
    @ValueSource(doubles = {0, 0.01, 0.5, 3, 9})
    void goesOnFromWhatWasWritten(double days) {
        OnlineSeries series = Fed.with(Fed.waves(1, days));
        StateWriter writer = new StateWriter();
        series.write(writer);
        byte[] bytes = writer.toBytes();
        assertThat(bytes).hasSizeLessThan(4096);
        StateReader reader = new StateReader(bytes);
        OnlineSeries again = OnlineSeries.read(reader);
        reader.end();
        double[] more = Fed.waves(2, 2);
        long then = Fed.START + (long) Math.ceil(days) * 86_400;
        Fed.show(series, then, more);
        Fed.show(again, then, more);
        for (Duration horizon : HORIZONS)
            assertThat(again.forecast(horizon).maximum())
                    .containsExactly(series.forecast(horizon).maximum());
        assertThat(again.accuracy()).isEqualTo(series.accuracy());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OnlineSeries.read(new StateReader(Arrays.copyOf(bytes, 100))));
    }

    /** Nine hours of ten are idle; what is said of the next hour covers as often as it says, at each level. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void coversTheNextHourAsOftenAsItSays(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] samples = Fed.samples(28, hour -> (random.nextInt(10) == 0 ? 20 : 1) * (1 + random.nextDouble()));
        OnlineSeries series = new OnlineSeries();
        int[] covered = new int[Level.COUNT];
        int asked = 0;
        for (int i = 0; i + 12 < samples.length; i++) {
            series.add(Fed.START + (long) i * Fed.STEP, samples[i]);
            if (i % 72 == 0) series.refit();
            if (i < samples.length / 2 || i % 3 != 0) continue;
            double came = Arrays.stream(samples, i + 1, i + 13).max().orElseThrow();
            asked++;
            for (Level level : Level.ALL)
                if (came <= series.forecast(Duration.ofHours(1)).maximum(level)) covered[level.index]++;
        }
        for (Level level : Level.ALL)
            assertThat((double) covered[level.index] / asked).isCloseTo(level.probability, within(0.04));
    }

    /** Whatever was rounded on the way: P95 is passed now and then, by next to nothing. */
    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.134, 3.3, 1e-7, 65_503.7, 123_456_789})
    void coversAConstant(double value) {
        OnlineSeries series = Fed.with(Fed.samples(3, hour -> value));
        assertThat(series.forecast(Duration.ofMinutes(5)).value(Level.P50)).isBetween(value * 0.999, value * 1.01);
        assertThat(series.forecast(Duration.ofHours(1)).maximum(Level.P95)).isBetween(value * 0.999, value * 1.01);
    }

    @Test
    void saysWhatItSaidOfTheLastThreeDaysHours() {
        OnlineSeries series = Fed.everyHour(Fed.waves(1, 9));
        List<HourAhead> said = series.said();
        long now = Fed.START + 9 * 86_400 - 3600;
        assertThat(said).hasSize(72);
        assertThat(said.getFirst().startSeconds()).isEqualTo(now - 71 * 3600);
        assertThat(said.getLast().startSeconds()).isEqualTo(now);
        double[] maxima = series.maxima();
        for (int i = 0; i < 71; i++) {
            double came = maxima[maxima.length - 71 + i];
            assertThat(said.get(i).p50()).isBetween(0.8 * came, 1.2 * came);
            assertThat(said.get(i).p95()).isBetween(said.get(i).p50(), 1.5 * came);
        }
    }

    @ParameterizedTest(name = "a gap of {0} hours")
    @ValueSource(ints = {1, 5, 71, 72, 500, 700})
    void ofAGapNothingWasSaid(int hours) {
        OnlineSeries series = Fed.everyHour(Fed.waves(1, 9));
        long end = Fed.START + 9 * 86_400;
        series.add(end + 3600L * hours, 100);
        assertThat(series.said())
                .extracting(HourAhead::startSeconds)
                .hasSize(Math.max(0, 72 - hours - 1))
                .allMatch(start -> start < end);
    }

    /** As the unit of what is kept grows, what was said is what it was. */
    @Test
    void whatWasSaidStaysWhatItWasWhenMuchMoreComes() {
        OnlineSeries series = Fed.everyHour(Fed.waves(1, 9));
        List<HourAhead> before = series.said();
        series.add(Fed.START + 9 * 86_400 + 60, 1e6);
        assertThat(series.said().subList(0, 71)).isEqualTo(before.subList(1, 72));
    }

    @Test
    void knowsTheTimeOfDay() {
        OnlineSeries series = Fed.everyHour(Fed.waves(1, 15));
        assertThat(series.forecast(Duration.ofHours(6)).value(Level.P50)).isCloseTo(140, within(6.0));
        assertThat(series.forecast(Duration.ofHours(18)).value(Level.P95)).isBetween(62.0, 76.0);
        assertThat(series.forecast(Duration.ofHours(18)).maximum(Level.P95)).isBetween(145.0, 170.0);
        assertThat(series.accuracy().betterThanNaive())
                .as(series.accuracy().toString())
                .isTrue();
        assertThat(series.accuracy().coverage()).isBetween(0.9, 1.0);
        assertThat(series.accuracy().mase()).isLessThan(1);
    }

    /** A new level every few days, and nothing in between: the hour before says all. */
    @Test
    void isNotBetterThanNaiveWhereTheLastHourSaysAll() {
        SplittableRandom random = new SplittableRandom(4);
        double[] levels = random.doubles(30, 10, 100).toArray();
        OnlineSeries series = Fed.with(Fed.samples(30, hour -> levels[(int) (hour / 50)]));
        assertThat(series.accuracy().betterThanNaive()).isFalse();
    }

    /** All hours are alike: what is rounded away of a peak far above the mean is no error of the naive rules. */
    @Test
    void isNotBetterThanNaiveWhereEachHourPeaksAlike() {
        OnlineSeries series = Fed.with(Fed.samples(10, hour -> hour - Math.floor(hour) < 0.1 ? 43.21 : 10));
        assertThat(series.accuracy().betterThanNaive()).isFalse();
    }

    @Test
    void followsALastingChangeOfLevel() {
        double[] samples = Fed.waves(1, 21.5);
        for (int i = 21 * Fed.PER_DAY; i < samples.length; i++) samples[i] *= 3;
        OnlineSeries series = Fed.with(samples);
        assertThat(series.forecast(Duration.ofHours(18)).value(Level.P50)).isCloseTo(3 * 140, within(60.0));
        assertThat(series.forecast(Duration.ofHours(6)).value(Level.P50)).isCloseTo(3 * 60, within(60.0));
    }

    /** One hour of ten has a burst of 50: the median is nothing, the upper quantiles are the burst. */
    @Test
    void knowsWhatIsIntermittent() {
        SplittableRandom random = new SplittableRandom(5);
        double[] hours = IntStream.range(0, 24 * 20)
                .mapToDouble(hour -> random.nextInt(10) == 0 ? 50 : 0)
                .toArray();
        OnlineSeries series = Fed.everyHour(Fed.samples(20, hour -> hours[(int) hour]));
        Outlook outlook = series.forecast(Duration.ofHours(5));
        assertThat(outlook.value(Level.P50)).isLessThan(5);
        assertThat(outlook.value(Level.P95)).isBetween(20.0, 80.0);
        assertThat(outlook.maximum(Level.P99)).isBetween(40.0, 120.0);
    }

    @Test
    void startsLikeItsSiblingsWithWideBounds() {
        OnlineSeries sibling = Fed.with(Fed.waves(1, 14));
        OnlineSeries other = Fed.with(Fed.waves(2, 14));
        OnlineSeries fresh = OnlineSeries.like(List.of(sibling, other, new OnlineSeries()));
        double[] twice =
                Arrays.stream(Fed.waves(3, 0.25)).map(value -> 2 * value).toArray();
        Fed.show(fresh, Fed.START + 14 * 86_400, twice);
        Outlook young = fresh.forecast(Duration.ofHours(12));
        assertThat(young.value(Level.P50)).isCloseTo(2 * 60, within(25.0));
        assertThat(young.value(Level.P95) - young.value(Level.P50))
                .isGreaterThan(sibling.forecast(Duration.ofHours(18)).value(Level.P95)
                        - sibling.forecast(Duration.ofHours(18)).value(Level.P50));
        assertSound(fresh);
        assertSound(OnlineSeries.like(List.of()));
    }

    private static void assertSound(OnlineSeries series) {
        double[] longest = new double[Level.COUNT];
        for (Duration horizon : HORIZONS) {
            Outlook outlook = series.forecast(horizon);
            double value = 0;
            double maximum = 0;
            for (Level level : Level.ALL) {
                assertThat(outlook.value(level)).isFinite().isGreaterThanOrEqualTo(value);
                assertThat(outlook.maximum(level))
                        .isFinite()
                        .isGreaterThanOrEqualTo(maximum)
                        .isGreaterThanOrEqualTo(outlook.value(level));
                value = outlook.value(level);
                maximum = outlook.maximum(level);
                assertThat(maximum).as("longer is not less: %s", horizon).isGreaterThanOrEqualTo(longest[level.index]);
                longest[level.index] = maximum;
            }
        }
    }
}
