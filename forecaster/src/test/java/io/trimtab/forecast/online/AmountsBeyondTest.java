package io.trimtab.forecast.online;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Amounts that are expected and lie far from all that was kept, whose unit fits what was kept. */
class AmountsBeyondTest {
    /** 10 at night and at weekends, 100 from 9 to 17. */
    private static DoubleUnaryOperator days(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return hour ->
                (hour % 168 < 120 && hour % 24 >= 9 && hour % 24 < 17 ? 100 : 10) * (1 + 0.02 * random.nextGaussian());
    }

    /** Found over a weekend, it is expected on Monday too, though no such amount was ever seen. */
    @ParameterizedTest(name = "{0} times as much since Friday evening, seed {1}")
    @CsvSource({"1.5, 1", "3, 2", "10, 4", "10, 5", "19, 6"})
    void aShiftThatIsFoundOffPeakRaisesThePeak(double factor, long seed) {
        double friday = 25 * 24 + 18;
        double sunday = 27 * 24 + 20.1;
        DoubleUnaryOperator usual = days(seed);
        OnlineSeries series =
                Fed.with(Fed.samples(sunday / 24, hour -> usual.applyAsDouble(hour) * (hour >= friday ? factor : 1)));
        Outlook monday = series.forecast(Duration.ofHours(16));
        assertThat(monday.value(Level.P50)).isBetween(60 * factor, 125 * factor);
        assertThat(monday.maximum(Level.P95)).isGreaterThan(95 * factor);
    }

    /** Its siblings were seen at their peak, itself only at a weekend. */
    @Test
    void whatSiblingsLendIsRaisedToItsLevel() {
        OnlineSeries sibling = Fed.with(Fed.samples(19, days(1)));
        DoubleUnaryOperator usual = days(2);
        OnlineSeries series = Fed.show(
                OnlineSeries.like(List.of(sibling)),
                Fed.START + 19 * 86_400L,
                Fed.samples(44.1 / 24, hour -> 5 * usual.applyAsDouble(hour + 19 * 24)));
        assertThat(series.forecast(Duration.ofHours(16)).value(Level.P50)).isBetween(350.0, 650.0);
    }

    /** The refit that forgets an amount ten million times as large says the same as the next ones. */
    @Test
    void whatIsSmallIsKnownAlsoWhenWhatWasLargeIsForgotten() {
        DoubleUnaryOperator usual = days(5);
        double[] samples = Fed.samples(29.5, hour -> hour < 1 ? 1e9 : usual.applyAsDouble(hour));
        OnlineSeries series = new OnlineSeries();
        for (int i = 0; i < samples.length; i++) {
            series.add(Fed.START + (long) i * Fed.STEP, samples[i]);
            boolean last = i > 28 * Fed.PER_DAY - 24;
            if (i % (Fed.PER_DAY / 2) == 0 || last) series.refit();
            double daysKnown = (double) i / Fed.PER_DAY;
            if (daysKnown > 28.1 && i % 6 == 0)
                assertThat(series.forecast(Duration.ofDays(1)).value(Level.P50))
                        .as("after %.2f days", daysKnown)
                        .isBetween(5.0, 120.0);
        }
    }
}
