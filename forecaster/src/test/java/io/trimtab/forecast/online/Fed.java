package io.trimtab.forecast.online;

import java.time.Instant;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

/** Series that were shown samples, with a refit after each of the last hours, and twice a day before: a refit takes long beside all else. */
final class Fed {
    /** A Monday. */
    static final long START = Instant.parse("2026-11-02T00:00:00Z").getEpochSecond();

    static final int STEP = 300;
    static final int PER_DAY = 86_400 / STEP;

    private Fed() {}

    static double[] samples(double days, DoubleUnaryOperator atHour) {
        double[] samples = new double[(int) Math.round(days * PER_DAY)];
        for (int i = 0; i < samples.length; i++) samples[i] = atHour.applyAsDouble(i * (double) STEP / 3600);
        return samples;
    }

    static OnlineSeries with(double[] samples) {
        return show(new OnlineSeries(), START, samples);
    }

    /** With a refit after each hour, as in the service. */
    static OnlineSeries everyHour(double[] samples) {
        OnlineSeries series = new OnlineSeries();
        for (int i = 0; i < samples.length; i++) {
            series.add(START + (long) i * STEP, samples[i]);
            series.refit();
        }
        return series;
    }

    /** The last sample is within the newest hour, which is over when the next one comes. */
    static OnlineSeries show(OnlineSeries series, long start, double[] samples) {
        for (int i = 0; i < samples.length; i++) {
            series.add(start + (long) i * STEP, samples[i]);
            boolean lately = i >= samples.length - 3 * PER_DAY;
            if (lately || i % (PER_DAY / 2) == 0) series.refit();
        }
        return series;
    }

    /** 100 with a day's wave of 40 and noise of 5. */
    static double[] waves(long seed, double days) {
        SplittableRandom random = new SplittableRandom(seed);
        return samples(days, hour -> 100 + 40 * Math.sin(2 * Math.PI * hour / 24) + 5 * random.nextGaussian());
    }
}
