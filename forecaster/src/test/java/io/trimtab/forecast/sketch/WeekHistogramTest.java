package io.trimtab.forecast.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.trimtab.forecast.HeldBytes;
import io.trimtab.forecast.encoding.StateReader;
import io.trimtab.forecast.encoding.StateWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeekHistogramTest {
    private static final Instant MONDAY = Instant.parse("2026-11-02T00:00:00Z");
    private static final int WEEK_HOURS = 168;
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    private final WeekHistogram week = new WeekHistogram(Buckets.CPU);
    private final DayHistogram pool = new DayHistogram(Buckets.CPU);

    /** A peak of some hours from Monday to Friday; asked on the Monday after two weeks, for some hours from then on. */
    @ParameterizedTest(name = "peak of {0} h, P{1} of hours {2} to {3}: {4}")
    @CsvSource(delimiter = '|', textBlock = """
        4 | 93 |   0 |  24 | 1.0
        8 | 93 |   0 |  24 | 1.0
        2 | 93 |   0 |  24 | 1.0
        4 | 95 |   9 |  12 | 1.0
        4 | 90 |   9 |  12 | 1.0
        4 | 93 |   0 |   6 | 0.1
        4 | 93 | 120 | 144 | 0.1
        4 | 93 | 144 | 168 | 0.1
        8 | 93 | 120 | 168 | 0.1
        4 | 93 |   0 | 168 | 1.0
        """)
    void weekendsAndMondaysAreToldApart(int peakHours, int percent, int from, int to, double expected) {
        feed(14 * 24, hour -> hour % WEEK_HOURS < 120 && hour % 24 >= 9 && hour % 24 < 9 + peakHours ? 1 : 0.1);
        Instant now = MONDAY.plus(Duration.ofDays(14));
        assertThat(expected(now.plus(Duration.ofHours(from)), Duration.ofHours(to - from))
                        .quantile(percent / 100.0))
                .as("within a bucket, which are wide where usage is low")
                .isCloseTo(expected, within(expected < 1 ? 0.0125 : 0.05));
    }

    /** Everything used 0.1 but the cell that is asked about, which used 1 in the weeks that are named (a sample each five minutes, or each hour). */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        never seen: the neighbours and all of the week | 0     | 12 | 0    | 0.01
        seen in the week before                        | 1     | 12 | 0.65 | 0.7
        seen in the two before                         | 2     | 12 | 0.73 | 0.78
        seen in the three before                       | 3     | 12 | 0.76 | 0.8
        sampled less than four times an hour           | 3     | 3  | 0    | 0.01
        """)
    void theLessIsKnownOfACellTheMoreCountsTheRest(String name, int weeks, int perHour, double least, double most) {
        for (int hour = 0; hour < 3 * WEEK_HOURS; hour++) {
            boolean asked = hour % WEEK_HOURS == 36;
            if (asked && hour / WEEK_HOURS < 3 - weeks) continue;
            for (int i = 0; i < perHour; i++)
                add(MONDAY.plusSeconds(3600L * hour + 3600L * i / perHour), asked ? 1 : 0.1);
        }
        double share = expected(MONDAY.plus(Duration.ofHours(3 * WEEK_HOURS + 36)), Duration.ofHours(1))
                .shareAbove(0.5);
        assertThat(share).isBetween(least, most);
    }

    @Test
    void whatWasLongAgoCountsForLittle() {
        feed(WEEK_HOURS, _ -> 1);
        for (int i = 0; i < 36; i++) pool.add(0.1);
        Instant soon = MONDAY.plus(Duration.ofDays(7));
        assertThat(expected(soon, Duration.ofDays(1)).quantile(0.5)).isGreaterThan(0.9);
        assertThat(week.expected(soon.plus(Duration.ofDays(70)), soon.plus(Duration.ofDays(71)), half(0.1))
                        .quantile(0.9))
                .isLessThan(0.2);
    }

    @Test
    void withoutASampleThePoolIsAllThatIsKnown() {
        assertThat(expected(MONDAY, Duration.ofDays(1)).isEmpty()).isTrue();
        assertThat(week.expected(MONDAY, MONDAY.plusSeconds(60), half(0.1)).quantile(1))
                .isCloseTo(0.1, within(0.0125));
    }

    /** A sample a minute of each pod for four weeks, by day four times what it is at night. */
    @ParameterizedTest(name = "noise {0}, {1} pods: at most {2} bytes held, {3} saved")
    @CsvSource(delimiter = '|', textBlock = """
        0.03 |  1 | 800 | 768
        0.03 | 20 | 800 | 768
        0.1  |  1 | 800 | 768
        0.1  | 20 | 800 | 768
        0.3  |  1 | 800 | 768
        0.3  | 20 | 800 | 768
        """)
    void isSmall(double noise, int pods, int held, int saved) throws IllegalAccessException {
        Random random = new Random(7);
        for (int minute = 0; minute < 4 * WEEK_HOURS * 60; minute++) {
            double level = 3 + 2 * Math.sin(2 * Math.PI * (minute / 180) / 8);
            for (int pod = 0; pod < pods; pod++)
                week.add(MONDAY.plusSeconds(60L * minute), Math.max(0, level * (1 + noise * random.nextGaussian())));
        }
        assertThat(HeldBytes.of(week, Set.of(Buckets.class))).isLessThanOrEqualTo(held);
        assertThat(bytes(week).length).isBetween(saved / 2, saved);
    }

    /** Of a cell that is seen alone, beside the quantile on all buckets; the highest tenth is so much more than the rest. */
    @ParameterizedTest(name = "between 1 and {0}, and {1} times as much: P{2} is {3} to {4} times the exact one")
    @CsvSource(delimiter = '|', textBlock = """
        1.2 |    1 | 50 | 0.95 | 1.05
        1.2 |    1 | 98 | 0.95 | 1.05
        2.5 |    1 | 50 | 0.95 | 1.05
        2.5 |    1 | 97 | 0.95 | 1.05
        6   |    1 | 90 | 0.95 | 1.05
        6   |    1 | 98 | 0.95 | 1.05
        1.2 |   15 | 50 | 0.95 | 1.05
        1.2 |   15 | 98 | 0.95 | 1.05
        6   |    8 | 50 | 0.9  | 1.1
        6   |    8 | 98 | 0.95 | 1.25
        6   |    8 | 99 | 0.95 | 1.25
        1.2 |  100 | 50 | 0.95 | 1.05
        1.2 |  100 | 98 | 0.95 | 1.05
        """)
    void theUpperHalfIsKeptWithinABucketOrHigher(double most, double times, int percent, double least, double highest) {
        Random random = new Random(3);
        for (int i = 0; i < 10_000; i++)
            add(MONDAY.plusSeconds(i % 3600), random.nextDouble(1, most) * (random.nextInt(10) == 0 ? times : 1));
        double exact = pool.even().quantile(percent / 100.0);
        assertThat(alone(MONDAY, 3600).quantile(percent / 100.0)).isBetween(least * exact, highest * exact);
    }

    /** What is busy for a few minutes of the hour asks for no less than it was. */
    @ParameterizedTest(name = "{0} % of the minutes ten times as much: P{1}")
    @CsvSource({"3, 92", "3, 95", "3, 97.5", "5, 92", "5, 95.5", "5, 97", "7, 93.5", "7, 95", "7, 97"})
    void whatLiesBetweenTwoLevelsIsPutHigher(int busy, double percent) {
        for (int i = 0; i < 10_000; i++) add(MONDAY.plusSeconds(i % 3600), i % 100 < busy ? 10 : 1);
        double exact = pool.even().quantile(percent / 100);
        assertThat(alone(MONDAY, 3600).quantile(percent / 100)).isBetween(0.95 * exact, 10.5);
    }

    /** 10 times as much in one of 60 samples of the first week, and never again: each week P99 comes down, to what is usual. */
    @Test
    void whatWasRareIsForgotten() {
        double before = 10;
        for (int number = 0; number < 8; number++) {
            Instant monday = MONDAY.plus(Duration.ofDays(7L * number));
            for (int i = 0; i < 60; i++) week.add(monday.plusSeconds(i * 60), number == 0 && i == 30 ? 10 : 1);
            double p99 = alone(monday.plus(Duration.ofDays(7)), 3600).quantile(0.99);
            assertThat(p99).isLessThanOrEqualTo(before);
            if (number == 0) assertThat(p99).isGreaterThan(2);
            before = Math.max(p99, 1.06);
        }
        assertThat(before).isEqualTo(1.06);
    }

    /** Wide once, and then for weeks at one level. */
    @Test
    void aWideWeekIsForgotten() {
        Random random = new Random(5);
        Instant later = MONDAY.plus(Duration.ofDays(280));
        for (int i = 0; i < 100; i++) week.add(MONDAY.plusSeconds(i), Math.pow(10, random.nextDouble(-2, 2)));
        for (Instant at = MONDAY.plus(Duration.ofDays(7)); at.isBefore(later); at = at.plus(Duration.ofDays(7)))
            for (int i = 0; i < 100; i++) week.add(at.plusSeconds(i), 1);
        assertThat(alone(later, 10_800).quantile(0.02)).isCloseTo(1, within(0.05));
        assertThat(alone(later, 10_800).quantile(0.98)).isCloseTo(1, within(0.05));
    }

    /** An hour of many buckets beside one that has a single one: each has half of the time, a copy is kept apart, and it is read as it was. */
    @Test
    void anHourCountsForItsTimeHoweverWideItIs() {
        Random random = new Random(9);
        for (int i = 0; i < 5000; i++) week.add(MONDAY.plusSeconds(i % 3600), Math.pow(10, random.nextDouble(-1, 2)));
        for (int i = 0; i < 5000; i++) week.add(MONDAY.plusSeconds(3600 + i % 3600), 900);
        assertThat(alone(MONDAY, 7200).shareAbove(500)).isCloseTo(0.5, within(1e-9));
        byte[] before = bytes(week);
        WeekHistogram copy = week.copy();
        byte[] copied = bytes(copy);
        week.add(MONDAY.plusSeconds(7199), 10);
        assertThat(bytes(copy)).isEqualTo(copied);
        WeekHistogram read = WeekHistogram.read(Buckets.CPU, new StateReader(before));
        read.add(MONDAY.plusSeconds(7199), 10);
        assertThat(bytes(read)).isEqualTo(bytes(week));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void hoursAreAsIfAskedForOneByOne(long seed) {
        Random random = new Random(seed);
        double[] used = random.doubles(3 * WEEK_HOURS, 0.2, 3).toArray();
        feed(used.length, hour -> used[hour]);
        Instant from = MONDAY.plusSeconds(random.nextInt(5 * 7 * 86_400));
        List<EvenHistogram> hours = week.expectedByHour(from, 30, pool.even());
        assertThat(hours).hasSize(30);
        for (int hour = 0; hour < hours.size(); hour++)
            assertThat(hours.get(hour).quantile(0.9))
                    .isEqualTo(expected(from.plus(Duration.ofHours(hour)), Duration.ofHours(1))
                            .quantile(0.9));
    }

    @Test
    void afterFiveWeeksWithoutASampleACellBeginsAnew() {
        for (int i = 0; i < 1000; i++) week.add(MONDAY.plusSeconds(i), 100);
        Instant later = MONDAY.plus(Duration.ofDays(35));
        for (int i = 0; i < 4; i++) week.add(later, 1);
        assertThat(alone(later, 60).quantile(1)).isBetween(1.0, 1.1);
    }

    @Test
    void whatIsInTheLastBucketStaysThere() {
        Buckets odd = Buckets.linear(1, 100);
        WeekHistogram last = new WeekHistogram(odd);
        for (int i = 0; i <= 100; i++) last.add(MONDAY, i);
        for (int number = 1; number < 12; number++) {
            for (int i = 0; i < 4; i++) last.add(MONDAY.plus(Duration.ofDays(7L * number)), 100);
            WeekHistogram read = WeekHistogram.read(odd, new StateReader(bytes(last)));
            assertThat(read.expected(MONDAY, MONDAY.plusSeconds(60), new DayHistogram(odd).even())
                            .quantile(1))
                    .isEqualTo(100);
        }
    }

    @Test
    void refusesWindowsThatAreNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> expected(MONDAY, Duration.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> expected(MONDAY, Duration.ofDays(7).plusSeconds(1)));
    }

    @Test
    void refusesMoreBucketsThanAByteTellsApart() {
        assertThat(new WeekHistogram(Buckets.linear(1, 255)).copy()).isNotNull();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WeekHistogram(Buckets.linear(1, 256)))
                .withMessage("257 buckets are more than 256");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void laws(long seed) {
        Random random = new Random(seed);
        int hours = 24 + random.nextInt(5 * WEEK_HOURS);
        double[] used = random.doubles(hours, 0.2, 3).toArray();
        Instant from = MONDAY.plusSeconds(3600L * hours + random.nextInt(200_000));
        Duration window = Duration.ofSeconds(1 + random.nextInt(7 * 86_400));
        feed(hours, hour -> used[hour]);
        EvenHistogram expected = expected(from, window);
        double before = 0;
        for (double p = 0; p <= 1; p += 0.01) {
            double quantile = expected.quantile(p);
            assertThat(quantile)
                    .as("P%.0f is finite and no less than the one before it", 100 * p)
                    .isBetween(before, 4.0);
            assertThat(expected.shareAbove(quantile)).isCloseTo(1 - p, within(0.02));
            before = quantile;
        }
        WeekHistogram doubled = new WeekHistogram(Buckets.CPU);
        DayHistogram doubledPool = new DayHistogram(Buckets.CPU);
        feed(doubled, doubledPool, hours, hour -> 2 * used[hour]);
        assertThat(doubled.expected(from, from.plus(window), doubledPool.even()).quantile(0.9))
                .as("twice the usage, twice the quantile, within a bucket")
                .isCloseTo(2 * expected.quantile(0.9), within(0.1 * expected.quantile(0.9)));
        WeekHistogram copy = week.copy();
        feed(24, _ -> 50);
        assertThat(copy.expected(from, from.plus(window), pool.even()).quantile(1))
                .as("what comes later does not change a copy, nor the pool's highest")
                .isLessThan(60);
        assertThat(bytes(copy)).isEqualTo(bytes(before(hours, used).copy()));
        WeekHistogram read = WeekHistogram.read(Buckets.CPU, new StateReader(bytes(week)));
        read.add(from, 1);
        week.add(from, 1);
        assertThat(bytes(read)).as("it goes on as if it had never ended").isEqualTo(bytes(week));
    }

    /** A pod whose samples come late changes nothing, wherever the hour lies that is over. */
    @ParameterizedTest(name = "{0} hours late")
    @ValueSource(ints = {1, 5, 168, 2000})
    void aSampleOfAnHourThatIsOverDoesNotCount(int late) {
        feed(30, hour -> 0.1 + hour % 24 / 10.0);
        byte[] before = bytes(week);
        week.add(MONDAY.plus(Duration.ofHours(29L - late)).plusSeconds(3599), 900);
        assertThat(bytes(week)).isEqualTo(before);
    }

    /** Each week the same: what is said of an hour does not creep up or down. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void whatRepeatsStaysWhatItIs(long seed) {
        Random random = new Random(seed);
        double[] used = random.doubles(60, 0.5, 4).toArray();
        double first = 0;
        for (int number = 0; number < 30; number++) {
            Instant monday = MONDAY.plus(Duration.ofDays(7L * number));
            for (int minute = 0; minute < 60; minute++) week.add(monday.plusSeconds(60L * minute), used[minute]);
            double p95 = alone(monday.plus(Duration.ofDays(7)), 3600).quantile(0.95);
            if (number == 0) first = p95;
            assertThat(p95).isBetween(0.94 * first, 1.06 * first);
        }
    }

    /** Whatever was written of it, it answers or is refused. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void aChangedByteGivesASoundAnswerOrARefusal(long seed) {
        Random random = new Random(seed);
        feed(200, hour -> random.nextDouble(0.1, 5));
        byte[] state = bytes(week);
        for (int i = 0; i < 2000; i++) {
            byte[] changed = state.clone();
            changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            WeekHistogram read;
            try {
                read = WeekHistogram.read(Buckets.CPU, new StateReader(changed));
            } catch (IllegalArgumentException refused) {
                assertThat(refused.getMessage()).isNotBlank();
                continue;
            }
            read.add(MONDAY.plus(Duration.ofHours(201)), 1);
            assertThat(read.expected(MONDAY, MONDAY.plus(Duration.ofDays(7)), pool.even())
                            .quantile(0.95))
                    .isFinite()
                    .isNotNegative();
        }
    }

    @Test
    void aCutOffStateIsRefused() {
        feed(30, hour -> hour / 10.0);
        byte[] state = bytes(week);
        for (int length = 0; length < state.length; length++) {
            StateReader cut = new StateReader(Arrays.copyOf(state, length));
            assertThatIllegalArgumentException().isThrownBy(() -> WeekHistogram.read(Buckets.CPU, cut));
        }
    }

    private static WeekHistogram before(int hours, double[] used) {
        WeekHistogram before = new WeekHistogram(Buckets.CPU);
        feed(before, new DayHistogram(Buckets.CPU), hours, hour -> used[hour]);
        return before;
    }

    private static byte[] bytes(WeekHistogram week) {
        StateWriter writer = new StateWriter();
        week.write(writer);
        return writer.toBytes();
    }

    /** Without all of the week beside it. */
    private EvenHistogram alone(Instant from, long seconds) {
        return week.expected(from, from.plusSeconds(seconds), new DayHistogram(Buckets.CPU).even());
    }

    private EvenHistogram half(double value) {
        DayHistogram half = new DayHistogram(Buckets.CPU);
        half.add(value);
        return half.even();
    }

    private EvenHistogram expected(Instant from, Duration window) {
        return week.expected(from, from.plus(window), pool.even());
    }

    private void feed(int hours, IntToDoubleFunction used) {
        feed(week, pool, hours, used);
    }

    private static void feed(WeekHistogram week, DayHistogram pool, int hours, IntToDoubleFunction used) {
        for (int hour = 0; hour < hours; hour++) {
            for (int i = 0; i < 12; i++) {
                week.add(
                        MONDAY.plus(Duration.ofHours(hour)).plus(FIVE_MINUTES.multipliedBy(i)),
                        used.applyAsDouble(hour));
                pool.add(used.applyAsDouble(hour));
            }
        }
    }

    private void add(Instant at, double value) {
        week.add(at, value);
        pool.add(value);
    }
}
