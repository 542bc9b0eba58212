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
                Fed.samples(20.05, hour -> (hour % period < 3 ? 100 : 10) * (1 + 0.05 * random.nextGaussian())));
        int known = 20 * 24 + 1;
        for (int ahead = 2; ahead <= 2 * period; ahead++) {
            double said = series.forecast(Duration.ofHours(ahead)).value(Level.P50);
            boolean busy = (known + ahead) % period < 3;
            assertThat(said > 50).as("in %d hours: %.0f", ahead, said).isEqualTo(busy);
        }
    }
}
