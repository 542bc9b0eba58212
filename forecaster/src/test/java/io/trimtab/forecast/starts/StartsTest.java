package io.trimtab.forecast.starts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.trimtab.forecast.encoding.StateReader;
import io.trimtab.forecast.encoding.StateWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartsTest {
    private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");
    private static final Duration RATE = Duration.ofMinutes(5);

    /** Cores until it is ready, then a tenth of a core; a sample each minute, as a rate over five minutes has it. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        ready after a minute                    |  60 | 2.0 |     | 2.0 | 0
        between two samples, the rest is quiet  |  90 | 2.0 |     | 2.0 | 0
        in longer than a window                 | 600 | 1.5 |     | 1.5 | 0
        held by its limit                       | 120 | 1.0 | 1.0 | 1.0 | 3
        well below its limit                    | 120 | 1.0 | 2.0 | 1.0 | 0
        it does nothing                         | 120 | 0.0 | 1.0 | 0.0 | 0
        """)
    void whatAStartUsesIsReadFromRates(
            String name, int readySeconds, double cores, Double limit, double expected, int atLimit) {
        Starts starts = new Starts();
        for (int i = 0; i < 3; i++) start(starts, readySeconds, cores, limit, RATE);
        StartUse use = starts.use().orElseThrow();
        assertThat(use.cores()).isCloseTo(expected, within(1e-6));
        assertThat(use.lasts()).isEqualTo(Duration.ofSeconds(readySeconds));
        assertThat(use.atLimit()).isEqualTo(atLimit);
        assertThat(use.isCutOff()).isEqualTo(atLimit > 1);
    }

    @Test
    void aMeanOfWhatThereWasIsTakenAsItIs() {
        Starts starts = new Starts();
        for (int i = 0; i < 3; i++) start(starts, 120, 1.5, null, Duration.ZERO);
        assertThat(starts.use().orElseThrow().cores()).isCloseTo(1.5, within(1e-6));
    }

    @Test
    void twoStartsSayNothing() {
        Starts starts = new Starts();
        start(starts, 60, 1, null, RATE);
        start(starts, 60, 1, null, RATE);
        assertThat(starts.use()).isEmpty();
        start(starts, 60, 1, null, RATE);
        assertThat(starts.use()).isPresent();
    }

    @ParameterizedTest(name = "ready after {0} s")
    @ValueSource(longs = {1801, -1})
    void whatWasReadyBeforeIsNoStart(long readySeconds) {
        Starts starts = new Starts();
        for (int i = 0; i < 3; i++) start(starts, readySeconds, 2, null, RATE);
        assertThat(starts.use()).isEmpty();
    }

    @Test
    void oneStartCountsOnce() {
        Starts starts = new Starts();
        StartUnderWay one = new StartUnderWay(START);
        for (int second = 60; second <= 1800; second += 60)
            one.add(START.getEpochSecond() + second, 1, Duration.ZERO, ready(60), OptionalDouble.empty(), starts);
        start(starts, 60, 1, null, RATE);
        assertThat(starts.use()).as("two, not thirty").isEmpty();
    }

    @Test
    void oneOddStartDecidesNothingAndOldOnesAreForgotten() {
        Starts starts = new Starts();
        for (int i = 0; i < 5; i++) start(starts, 60, 1, null, RATE);
        start(starts, 1200, 8, null, RATE);
        assertThat(starts.use().orElseThrow().cores()).isCloseTo(1, within(1e-6));
        for (int i = 0; i < Starts.MOST; i++) start(starts, 30, 3, null, RATE);
        StartUse newest = starts.use().orElseThrow();
        assertThat(newest.starts()).isEqualTo(Starts.MOST);
        assertThat(newest.lasts()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void whatIsWrittenComesBackAlsoInTheMiddleOfAStart() {
        Starts starts = new Starts();
        for (int i = 0; i < 5; i++) start(starts, 60 + 30 * i, 1 + i, 2.0, RATE);
        StartUnderWay half = new StartUnderWay(START);
        half.add(START.getEpochSecond() + 60, 2, Duration.ZERO, Long.MAX_VALUE, OptionalDouble.empty(), starts);
        StateWriter to = new StateWriter();
        starts.write(to);
        half.write(to);
        StateReader from = new StateReader(to.toBytes());
        Starts read = Starts.read(from);
        StartUnderWay goesOn = StartUnderWay.read(from);
        assertThat(read.use()).isEqualTo(starts.use());
        for (StartUnderWay one : new StartUnderWay[] {half, goesOn})
            one.add(
                    START.getEpochSecond() + 120,
                    0.5,
                    Duration.ZERO,
                    ready(100),
                    OptionalDouble.empty(),
                    one == half ? starts : read);
        assertThat(read.use()).isEqualTo(starts.use());
    }

    /** Seed 11. */
    @Test
    void anyBytesAreAStateOrRefused() {
        Starts starts = new Starts();
        for (int i = 0; i < 5; i++) start(starts, 60, 1, 2.0, RATE);
        StateWriter to = new StateWriter();
        starts.write(to);
        Random random = new Random(11);
        for (int i = 0; i < 1000; i++) {
            byte[] changed = to.toBytes();
            changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            try {
                Starts.read(new StateReader(changed)).use();
            } catch (IllegalArgumentException refused) {
                assertThat(refused.getMessage()).isNotBlank();
            }
        }
    }

    @Test
    void whatIsNoUseIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new StartUse(3, Double.NaN, Duration.ZERO, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new StartUse(3, 1, Duration.ofSeconds(-1), 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new StartUse(3, 1, Duration.ZERO, 4));
    }

    private static void start(Starts counted, long readySeconds, double cores, Double limit, Duration spreadOver) {
        StartUnderWay start = new StartUnderWay(START);
        OptionalDouble limitCores = limit == null ? OptionalDouble.empty() : OptionalDouble.of(limit);
        for (int second = 60; second <= 1800; second += 60) {
            long from = Math.max(0, second - RATE.toSeconds());
            double used = cores * (Math.min(second, Math.max(readySeconds, 0)) - Math.min(from, readySeconds))
                    + 0.1 * cores * Math.max(0, second - Math.max(readySeconds, from));
            double amount = spreadOver.isZero() ? used / (second - from) : used / RATE.toSeconds();
            // Until it is ready nobody knows when it will be.
            long known = second < readySeconds ? Long.MAX_VALUE : ready(readySeconds);
            start.add(START.getEpochSecond() + second, amount, spreadOver, known, limitCores, counted);
        }
    }

    private static long ready(long seconds) {
        return START.getEpochSecond() + seconds;
    }
}
