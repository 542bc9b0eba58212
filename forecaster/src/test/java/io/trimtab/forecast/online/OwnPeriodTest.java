package io.trimtab.forecast.online;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Series whose period is neither a day nor a week, such as a job that begins anew some hours after its end. */
class OwnPeriodTest {
    @ParameterizedTest(name = "busy 3 of {0} hours, seed {1}")
    @CsvSource({"10, 1", "17, 2", "30, 3", "50, 4"})
    void isExpectedWhereItIsDue(int period, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        OnlineSeries series = Fed.with(
                Fed.samples(24.05, hour -> (hour % period < 3 ? 100 : 10) * (1 + 0.2 * random.nextGaussian())));
        int known = 24 * 24 + 1;
        for (int ahead = 2; ahead <= 2 * period; ahead++) {
            Outlook said = series.forecast(Duration.ofHours(ahead));
            boolean busy = (known + ahead) % period < 3;
            if (busy) assertThat(said.value(Level.P50)).as("in %d hours", ahead).isGreaterThan(60);
            else assertThat(said.value(Level.P95)).as("in %d hours", ahead).isLessThan(40);
        }
    }
}
