package io.trimtab.recommend.pods;

import io.trimtab.ingest.model.Resource;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Finds a demand's shape by the rules that {@link DemandShape} states. CPU decides where there is any, else memory. */
final class Shapes {
    private static final int DAY = 24;
    private static final int WEEK = 168;
    private static final double RISE = 0.2;
    private static final double RESTART = 0.25;

    private Shapes() {}

    static DemandShape of(List<UsageRun> runs, Instant now) {
        double[] cpu = HourlyMeans.of(runs, Resource.CPU, now);
        double[] memory = HourlyMeans.of(runs, Resource.MEMORY, now);
        boolean cpuGrows = grows(cpu);
        if (!cpuGrows && leaks(memory)) return DemandShape.LEAK;
        double[] leading = cpu.length > 0 ? cpu : memory;
        if (cpuGrows || grows(leading)) return DemandShape.GROWING;
        if (repeats(leading, DAY) || repeats(leading, WEEK)) return DemandShape.SEASONAL;
        if (bursts(samples(runs, cpu.length > 0 ? Resource.CPU : Resource.MEMORY, now))) return DemandShape.BURSTY;
        return DemandShape.FLAT;
    }

    private static boolean grows(double[] hourly) {
        double[] means = hourly.length >= 4 * DAY ? HourlyMeans.daily(hourly) : hourly;
        return rises(means, 0.5);
    }

    /** A sudden fall by a quarter or more is a restart, and what was lost is added to all that follows. */
    private static boolean leaks(double[] hourly) {
        double[] joined = hourly.clone();
        double lost = 0;
        for (int i = 1; i < hourly.length; i++) {
            double step = hourly[i] - hourly[i - 1];
            if (step > RESTART * hourly[i - 1]) return false;
            if (-step >= RESTART * hourly[i - 1]) lost -= step;
            joined[i] += lost;
        }
        return rises(joined, 0.8);
    }

    /** Whether the least-squares line explains that share of the variance and rises by {@link #RISE} of the mean from end to end. */
    private static boolean rises(double[] values, double explained) {
        int n = values.length;
        if (n < 4) return false;
        double meanX = (n - 1) / 2.0;
        double meanY = Arrays.stream(values).average().orElseThrow();
        double xx = IntStream.range(0, n)
                .mapToDouble(i -> (i - meanX) * (i - meanX))
                .sum();
        double xy = IntStream.range(0, n)
                .mapToDouble(i -> (i - meanX) * (values[i] - meanY))
                .sum();
        double yy = Arrays.stream(values).map(y -> (y - meanY) * (y - meanY)).sum();
        if (yy == 0) return false;
        double slope = xy / xx;
        return slope * (n - 1) >= RISE * meanY && xy * xy / (xx * yy) >= explained;
    }

    private static boolean repeats(double[] hourly, int lag) {
        if (hourly.length < 2 * lag) return false;
        double mean = Arrays.stream(hourly).average().orElseThrow();
        double variance = Arrays.stream(hourly)
                .map(y -> (y - mean) * (y - mean))
                .average()
                .orElseThrow();
        if (Math.sqrt(variance) < 0.1 * mean || variance == 0) return false;
        int n = hourly.length - lag;
        double covariance = IntStream.range(0, n)
                        .mapToDouble(i -> (hourly[i] - mean) * (hourly[i + lag] - mean))
                        .sum()
                / n;
        return covariance / variance >= 0.5;
    }

    private static boolean bursts(double[] samples) {
        if (samples.length < 2) return false;
        double[] sorted = samples.clone();
        Arrays.sort(sorted);
        double median = sorted[sorted.length / 2];
        double high = sorted[(int) Math.ceil(0.99 * (sorted.length - 1))];
        double mean = Arrays.stream(sorted).average().orElseThrow();
        double variance = Arrays.stream(sorted)
                .map(y -> (y - mean) * (y - mean))
                .average()
                .orElseThrow();
        return high > 3 * median || Math.sqrt(variance) > mean;
    }

    private static double[] samples(List<UsageRun> runs, Resource resource, Instant now) {
        return runs.stream()
                .filter(run -> run.resource() == resource)
                .flatMap(run -> run.between(Instant.MIN, now))
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
    }
}
