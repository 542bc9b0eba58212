package io.trimtab.forecast.online;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.forecast.intermittent.Intermittent;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The highest of many hours, of which each has demand with the same chance. */
class IntermittentMaximaTest {
    private static final int KNOWN = 28 * 24;
    private static final int SERIES = 1000;

    @ParameterizedTest(name = "{0} % of the hours, {1} of the highest of {2}: {3}")
    @CsvSource({
        "0.8, P50, 24,  0",
        "0.8, P80, 24,  0",
        "0.8, P95, 24,  1",
        "0.8, P50, 168, 1",
        "0.8, P99, 168, 1",
        "3,   P50, 1,   0",
        "3,   P99, 1,   1",
        "3,   P50, 24,  1",
        "3,   P99, 168, 1",
        "30,  P50, 1,   0",
        "30,  P50, 3,   1",
        "30,  P99, 168, 1"
    })
    void ofOneSizeIsThatSizeOrNothing(double percent, Level level, int ahead, double expected) {
        Intermittent demand = new Intermittent(percent / 100, 1, new double[] {1, 1, 1, 1});
        assertThat(maxima(demand, ahead)[level.index]).isEqualTo(expected);
    }

    /** No size is expected that never came: the highest of four weeks and another one lies among the four in 80 % of cases. */
    @ParameterizedTest(name = "in {0} % of the hours, the highest of {1}, at most {2} too rarely, seeds 0 to 999")
    @CsvSource({
        "0.6, 24,  0.06",
        "0.6, 168, 0.18",
        "2,   24,  0.04",
        "2,   168, 0.09",
        "8,   24,  0.03",
        "8,   168, 0.06",
        "30,  24,  0.03",
        "30,  168, 0.03"
    })
    void coversAsOftenAsItSays(double percent, int ahead, double missing) {
        int[] covered = new int[Level.COUNT];
        for (int seed = 0; seed < SERIES; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double[] hours = random.doubles(KNOWN + ahead)
                    .map(chance -> chance * 100 < percent ? random.nextDouble(2, 8) : 0)
                    .toArray();
            double[] said = maxima(Intermittent.of(hours, KNOWN), ahead);
            double came = Arrays.stream(hours, KNOWN, KNOWN + ahead).max().orElse(0);
            for (Level level : Level.ALL) if (came <= said[level.index]) covered[level.index]++;
        }
        double never = Math.pow(1 - percent / 100, ahead);
        double known = KNOWN / (double) (KNOWN + ahead);
        for (Level level : Level.ALL)
            assertThat(covered[level.index] / (double) SERIES)
                    .as("%s", level)
                    .isBetween(Math.min(level.probability, known) - missing, Math.max(level.probability, never) + 0.05);
    }

    /** Also by what is asked: the next hour, which is not more than a week, moves by its own misses. */
    @ParameterizedTest(name = "in {0} % of the hours: {1} of the highest of a week, seed {2}")
    @CsvSource({"30, P50, 1", "30, P80, 2", "3, P50, 3", "3, P80, 4"})
    void ofOneSizeIsThatSizeInAnOutlook(int percent, Level level, long seed) {
        double[] hours = new SplittableRandom(seed)
                .doubles(KNOWN)
                .map(chance -> chance * 100 < percent ? 1 : 0)
                .toArray();
        OnlineSeries series = Fed.with(Fed.samples(KNOWN / 24.0, hour -> hours[(int) hour]));
        assertThat(series.forecast(Duration.ofDays(7)).maximum(level)).isBetween(1.0, 1.2);
    }

    private static double[] maxima(Intermittent demand, int ahead) {
        return Maxima.of(demand)[Arrays.binarySearch(Maxima.HOURS_AHEAD, ahead)];
    }
}
