package io.trimtab.recommend.pods;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.forecast.Demand.History;
import io.trimtab.forecast.Distribution;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The numbers of a stock VPA with its documented defaults, to the millicore and the byte: each step cuts off fractions, as there.
 *
 * @see "k8s.io/autoscaler vertical-pod-autoscaler 1.8.1, pkg/recommender/logic"
 */
final class StockVpa {
    static final double TARGET = 0.9;
    static final double LOWER = 0.5;
    static final double UPPER = 0.95;

    private static final double MARGIN = 0.15;
    private static final long POD_FLOOR_MILLI = 25;
    private static final long POD_FLOOR_BYTES = 250L << 20;

    /** The largest amount that it knows, in millicores or bytes. */
    private static final double LARGEST = 1e14;

    private StockVpa() {}

    /**
     * @param cpu in cores
     * @param memory in bytes
     * @param containersInPod among which the pod's floor is divided
     */
    static Sizing size(
            Optional<Distribution> cpu, Optional<Distribution> memory, History history, int containersInPod) {
        double confidence = confidence(history);
        double share = 1.0 / containersInPod;
        long floorMilli = truncated(POD_FLOOR_MILLI * share);
        long floorBytes = truncated(POD_FLOOR_BYTES * share);
        return new Sizing(
                cpu.map(usage -> map(amounts(usage, 1000, confidence, floorMilli), MilliCores::new)),
                memory.map(usage -> map(amounts(usage, 1, confidence, floorBytes), Bytes::new)));
    }

    private static Range<Long> amounts(Distribution usage, double unitsInOne, double confidence, long floor) {
        long target = withMargin(usage.quantile(TARGET) * unitsInOne);
        double shrink = 1 + 0.001 / confidence;
        long lower = truncated(withMargin(usage.quantile(LOWER) * unitsInOne) * (1 / (shrink * shrink)));
        long upper = truncated(withMargin(usage.quantile(UPPER) * unitsInOne) * (1 + 1 / confidence));
        return new Range<>(target, lower, upper).map(amount -> Math.max(amount, floor));
    }

    /** Days of history, or as many as there would be of one sample a minute where those are fewer. */
    private static double confidence(History history) {
        if (history.firstSampleAt().isEmpty() || history.lastSampleAt().isEmpty()) return 0;
        Instant first = history.firstSampleAt().orElseThrow();
        double days = (double) Duration.between(first, history.lastSampleAt().orElseThrow())
                        .toNanos()
                / Duration.ofDays(1).toNanos();
        return Math.min(days, history.samples() / 1440.0);
    }

    private static long withMargin(double amount) {
        long base = truncated(amount);
        return base + truncated(base * MARGIN);
    }

    private static long truncated(double amount) {
        return (long) Math.clamp(amount, 0, LARGEST);
    }

    private static <T> Range<T> map(Range<Long> range, java.util.function.LongFunction<T> unit) {
        return new Range<>(unit.apply(range.target()), unit.apply(range.lower()), unit.apply(range.upper()));
    }
}
