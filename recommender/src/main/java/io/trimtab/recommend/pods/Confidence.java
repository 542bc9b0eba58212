package io.trimtab.recommend.pods;

import io.trimtab.forecast.online.Accuracy;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How far what was seen can be trusted to say what is to come.
 *
 * @param because what keeps it from being higher; empty where nothing does
 */
public record Confidence(Level level, Optional<Doubt> because) {
    /** Short of a week a weekend is not known, or not a working day. */
    private static final int WEEK = 7;

    /** One day says nothing of how days differ. */
    private static final int TWO_DAYS = 2;

    /** With fewer, no quantile beyond the 99th is known at all. */
    private static final long FEWEST_SAMPLES = 100;

    /** One in five minutes: what lasts shorter is missed more often than seen. */
    private static final long SAMPLES_PER_DAY = 288;

    /** Hours after which what was said of them counts. */
    private static final int JUDGED_HOURS = 24;

    /** P95 covers 95 % where the days to come are like the past ones. */
    private static final double LEAST_COVERAGE = 0.9;

    /** From the lowest. */
    public enum Level {
        LOW,
        MEDIUM,
        HIGH
    }

    /** What takes confidence away, the most telling first. */
    public enum Doubt {
        /** Memory rises without end. */
        LEAK,
        DAYS,
        SAMPLES,
        /** The hours' peaks were not foreseen: more often than 1 in 10 they were above P95. */
        FORECAST
    }

    /**
     * The lowest of four judgements; of equal ones the first is named.
     *
     * @param days that are known
     * @param samples of CPU over all pods
     * @param leaks whether memory rises without end
     * @param hourly how good the forecasts of the hours' peaks were; the worse one of CPU and memory
     */
    static Confidence of(int days, long samples, boolean leaks, Optional<Accuracy> hourly) {
        return Stream.of(
                        new Confidence(leaks ? Level.LOW : Level.HIGH, Optional.of(Doubt.LEAK)),
                        new Confidence(level(days, TWO_DAYS, WEEK), Optional.of(Doubt.DAYS)),
                        new Confidence(
                                level(samples, FEWEST_SAMPLES, SAMPLES_PER_DAY * Math.max(1, days)),
                                Optional.of(Doubt.SAMPLES)),
                        new Confidence(missed(hourly) ? Level.MEDIUM : Level.HIGH, Optional.of(Doubt.FORECAST)))
                .min(Comparator.comparing(Confidence::level))
                .filter(lowest -> lowest.level() != Level.HIGH)
                .orElse(new Confidence(Level.HIGH, Optional.empty()));
    }

    private static Level level(long amount, long medium, long high) {
        if (amount < medium) return Level.LOW;
        return amount < high ? Level.MEDIUM : Level.HIGH;
    }

    private static boolean missed(Optional<Accuracy> hourly) {
        return hourly.filter(judged -> judged.hours() >= JUDGED_HOURS && judged.coverage() < LEAST_COVERAGE)
                .isPresent();
    }
}
