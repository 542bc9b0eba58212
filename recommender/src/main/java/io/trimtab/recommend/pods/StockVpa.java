package io.trimtab.recommend.pods;

import io.trimtab.forecast.Demand.History;
import io.trimtab.forecast.Distribution;
import java.time.Duration;
import java.time.Instant;

/**
 * The numbers of the stock VPA recommender with its documented defaults, to 1 millicore and 1 byte: P90 with 15 % margin as target, P50 and P95 as lower and
 * upper bound, widened while there is little history, and never less than the pod's floor divided by its containers.
 *
 * @see "kubernetes/autoscaler, vertical-pod-autoscaler 1.8.1, pkg/recommender/logic"
 */
public final class StockVpa {
    public static final double TARGET_QUANTILE = 0.90;
    static final double LOWER_QUANTILE = 0.50;
    static final double UPPER_QUANTILE = 0.95;
    private static final double MARGIN = 0.15;
    private static final double POD_MIN_MILLI = 25;
    private static final double POD_MIN_BYTES = 250.0 * 1024 * 1024;
    private static final double MAX_AMOUNT = 1e14;
    private static final Duration DAY = Duration.ofHours(24);

    private StockVpa() {}

    /**
     * @param cores the distribution of CPU usage
     * @return millicores
     */
    public static Amounts cpu(Distribution cores, History history, int containersInPod) {
        return amounts(cores, 1000, history, floor(POD_MIN_MILLI, containersInPod));
    }

    /**
     * @param bytes the distribution of daily memory peaks
     * @return bytes
     */
    public static Amounts memory(Distribution bytes, History history, int containersInPod) {
        return amounts(bytes, 1, history, floor(POD_MIN_BYTES, containersInPod));
    }

    private static Amounts amounts(Distribution distribution, double perUnit, History history, long floor) {
        double confidence = confidence(history);
        long target = withMargin(distribution.quantile(TARGET_QUANTILE) * perUnit);
        long lower = truncate(
                withMargin(distribution.quantile(LOWER_QUANTILE) * perUnit) * Math.pow(1 + 0.001 / confidence, -2));
        long upper =
                truncate(withMargin(distribution.quantile(UPPER_QUANTILE) * perUnit) * Math.pow(1 + 1 / confidence, 1));
        return new Amounts(Math.max(target, floor), Math.max(lower, floor), Math.max(upper, floor));
    }

    private static long withMargin(double amount) {
        long base = truncate(amount);
        return base + truncate(base * MARGIN);
    }

    /** Days of history, by the span of the samples or by their number at one a minute, whichever is less. */
    private static double confidence(History history) {
        Instant first = history.firstSampleAt().orElse(Instant.EPOCH);
        Instant last = history.lastSampleAt().orElse(first);
        double days = (double) Duration.between(first, last).toMillis() / DAY.toMillis();
        double samples = (double) history.samples() / DAY.toMinutes();
        return Math.min(days, samples);
    }

    private static long floor(double podMinimum, int containersInPod) {
        return truncate(podMinimum * (1.0 / containersInPod));
    }

    /** To whole units; what is no number (nothing observed times no confidence) counts as nothing. */
    private static long truncate(double amount) {
        if (!(amount > 0)) return 0;
        return (long) Math.min(amount, MAX_AMOUNT);
    }
}
