package io.trimtab.forecast.online;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.forecast.sketch.Buckets;
import io.trimtab.forecast.sketch.DecayingHistogram;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A peak of some hours Monday to Friday, two idle days; asked on Monday at 00:00, when the stock VPA has forgotten or cannot tell hours apart. */
class WeekendTest {
    private static final double IDLE = 0.1;
    private static final double NOISE = 0.03;

    @ParameterizedTest(name = "peak of {0} hours, {1} weeks known, seed {2}")
    @CsvSource({"4, 2, 1", "8, 2, 2", "4, 3, 3", "8, 3, 4", "4, 4, 5", "8, 4, 6", "4, 6, 7", "8, 6, 8"})
    void remembersTheWeekday(int peakHours, int weeks, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] samples = Fed.samples(7 * weeks, hour -> {
            boolean peak = hour % 168 < 120 && hour % 24 >= 9 && hour % 24 < 9 + peakHours;
            return (peak ? 1 : IDLE) * (1 + NOISE * random.nextGaussian());
        });
        OnlineSeries series = Fed.with(samples);
        series.add(Fed.START + 7L * weeks * 86_400, IDLE);
        series.refit();
        DecayingHistogram stock = DecayingHistogram.decaying(Buckets.CPU, Duration.ofHours(24));
        for (int i = 0; i < samples.length; i++)
            stock.add(samples[i], 0.1, Instant.ofEpochSecond(Fed.START + (long) i * Fed.STEP));

        Outlook peak = series.forecast(Duration.ofHours(9 + peakHours / 2));
        Outlook night = series.forecast(Duration.ofHours(3));
        System.out.printf(
                "peak of %d h, %d weeks known, Monday 00:00: peak hour P90 %.3f P95 %.3f, 03:00 P95 %.3f;"
                        + " stock VPA P90 %.3f P95 %.3f at any hour%n",
                peakHours,
                weeks,
                peak.value(Level.P90),
                peak.value(Level.P95),
                night.value(Level.P95),
                stock.quantile(0.9),
                stock.quantile(0.95));
        assertThat(peak.value(Level.P90)).isGreaterThanOrEqualTo(0.95 * (1 + 1.2816 * NOISE));
        assertThat(peak.value(Level.P95)).isGreaterThanOrEqualTo(0.95 * (1 + 1.6449 * NOISE));
        assertThat(night.value(Level.P95)).isLessThanOrEqualTo(1.25 * IDLE);
        boolean stockRemembers = stock.quantile(0.9) >= 0.95 && stock.quantile(0.95) >= 0.95;
        boolean stockKnowsTheNight = stock.quantile(0.95) <= 1.25 * IDLE;
        assertThat(stockRemembers && stockKnowsTheNight).isFalse();
    }
}
