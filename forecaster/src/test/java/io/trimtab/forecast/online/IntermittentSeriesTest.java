package io.trimtab.forecast.online;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What waits in a queue now and then, for an hour each time, and nothing tells when. */
class IntermittentSeriesTest {
    private static final int HOURS = 28 * 24;
    private static final int LEARNED = 10 * 24;

    @ParameterizedTest(name = "in {1} % of the hours, {2} hours ahead, seed {0}")
    @CsvSource({"1, 8, 6", "2, 20, 6", "3, 40, 6", "4, 8, 24", "5, 20, 24", "6, 40, 24"})
    void coversAsOftenAsItSays(long seed, int percent, int ahead) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] hours = random.doubles(HOURS)
                .map(chance -> chance * 100 < percent ? random.nextDouble(2, 8) : 0)
                .toArray();
        OnlineSeries series = new OnlineSeries();
        int asked = 0;
        int[] covered = new int[Level.COUNT];
        for (int i = 0; i < 2 * (HOURS - ahead); i++) {
            series.add(Fed.START + i * 1800L, hours[i / 2]);
            series.refit();
            if (i / 2 < LEARNED || i % 2 == 0) continue;
            Outlook outlook = series.forecast(Duration.ofHours(ahead));
            asked++;
            for (Level level : Level.ALL) if (hours[i / 2 + ahead] <= outlook.value(level)) covered[level.index]++;
            assertThat(outlook.maximum(Level.P99)).isLessThan(20);
        }
        for (Level level : Level.ALL)
            assertThat(covered[level.index] / (double) asked)
                    .as("%s", level)
                    .isBetween(Math.max(level.probability, 1 - percent / 100.0) - 0.06, 1.0);
        assertThat(series.forecast(Duration.ofHours(ahead)).value(Level.P80)).isLessThan(percent < 20 ? 0.1 : 8.5);
    }
}
