package io.trimtab.forecast.online;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.forecast.accuracy.Pinball;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a plain rule says all, what is said online is hardly worse than that rule with P95 of its own errors, which nobody named. */
class PlainRulesTest {
    private static final int DAYS = 24;
    private static final int PER_HOUR = 12;
    private static final int WEEK = 7 * Fed.PER_DAY;

    /** A machine at its top for days at a time, at another level each: an hour goes as high as the one before. */
    @ParameterizedTest(name = "seed {0}")
    @CsvSource({"1", "2", "3", "4"})
    void anHourGoesAsHighAsTheOneBefore(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] levels = random.doubles(DAYS, 30, 100).toArray();
        double[] samples = Fed.samples(
                DAYS, hour -> Math.max(0, levels[(int) (hour / 37) % DAYS] + 8 * Math.log(random.nextDouble())));
        assertThat(loss(samples)).isLessThan(1.25 * lossOf(samples, t -> highest(samples, t - PER_HOUR, t)));
    }

    /** An idle machine with rare bursts of some hours: it stays as it is. */
    @ParameterizedTest(name = "seed {0}")
    @CsvSource({"1", "2", "3", "4"})
    void anIdleMachineStaysIdleAndABurstLasts(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        boolean[] busy = new boolean[DAYS * 24];
        for (int hour = 1; hour < busy.length; hour++)
            busy[hour] = random.nextDouble() < (busy[hour - 1] ? 0.85 : 0.015);
        double[] samples = Fed.samples(DAYS, hour -> (busy[(int) hour] ? 60 : 2) * (1 + 0.1 * random.nextGaussian()));
        double last = lossOf(samples, t -> samples[t - 1]);
        double highest = lossOf(samples, t -> highest(samples, t - PER_HOUR, t));
        assertThat(loss(samples)).isLessThan(1.15 * Math.min(last, highest));
    }

    /** Of P95 of the maximum of the next hour, over the last ten days, each hour. */
    private static double loss(double[] samples) {
        OnlineSeries series = new OnlineSeries();
        double loss = 0;
        for (int t = 0; t + PER_HOUR <= samples.length; t++) {
            if (t % PER_HOUR == 0 && t >= samples.length - 10 * Fed.PER_DAY)
                loss += Pinball.loss(
                        highest(samples, t, t + PER_HOUR),
                        series.forecast(Duration.ofHours(1)).maximum(Level.P95),
                        0.95);
            series.add(Fed.START + (long) t * Fed.STEP, samples[t]);
            series.refit();
        }
        return loss;
    }

    /** Likewise, of a rule plus P95 of its errors in the week before. */
    private static double lossOf(double[] samples, IntToDoubleFunction rule) {
        double loss = 0;
        for (int t = samples.length - 10 * Fed.PER_DAY; t + PER_HOUR <= samples.length; t += PER_HOUR) {
            double[] errors = new double[WEEK];
            for (int back = 0; back < WEEK; back++) {
                int origin = t - PER_HOUR - back;
                errors[back] = highest(samples, origin, origin + PER_HOUR) - rule.applyAsDouble(origin);
            }
            Arrays.sort(errors);
            double said = rule.applyAsDouble(t) + errors[(int) (0.95 * WEEK)];
            loss += Pinball.loss(highest(samples, t, t + PER_HOUR), said, 0.95);
        }
        return loss;
    }

    private static double highest(double[] samples, int from, int to) {
        return Arrays.stream(samples, from, to).max().orElseThrow();
    }
}
