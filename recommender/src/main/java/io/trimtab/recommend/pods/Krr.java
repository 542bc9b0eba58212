package io.trimtab.recommend.pods;

import java.util.Arrays;
import java.util.Collection;

/**
 * KRR's simple strategy: CPU by the P95 of the busiest pod without a limit, memory by the highest sample with a 15 % buffer as request and limit.
 *
 * @see "robusta-dev/krr, strategy simple: cpu_percentile 95, memory_buffer_percentage 15, minima 10m and 100Mi"
 */
public final class Krr {
    public static final double CPU_QUANTILE = 0.95;
    private static final double BUFFER = 1.15;
    private static final long MIN_MILLI = 10;
    private static final long MEBI = 1L << 20;
    private static final long MIN_BYTES = 100 * MEBI;

    private Krr() {}

    /**
     * @param coresByPod samples of each pod, none empty
     * @return millicores, rounded up
     */
    public static long cpuMilli(Collection<double[]> coresByPod) {
        double highest = coresByPod.stream().mapToDouble(Krr::quantile).max().orElseThrow();
        return Math.max((long) Math.ceil(highest * 1000), MIN_MILLI);
    }

    /**
     * @param bytesByPod samples of each pod, none empty
     * @return bytes, rounded up to whole MiB
     */
    public static long memoryBytes(Collection<double[]> bytesByPod) {
        double highest =
                bytesByPod.stream().flatMapToDouble(Arrays::stream).max().orElseThrow();
        return Math.max((long) Math.ceil(highest * BUFFER / MEBI) * MEBI, MIN_BYTES);
    }

    /** As PromQL's quantile_over_time: linear between the two nearest samples. */
    private static double quantile(double[] samples) {
        double[] sorted = samples.clone();
        Arrays.sort(sorted);
        double rank = CPU_QUANTILE * (sorted.length - 1);
        int below = (int) Math.floor(rank);
        int above = Math.min(below + 1, sorted.length - 1);
        double weight = rank - below;
        return sorted[below] * (1 - weight) + sorted[above] * weight;
    }
}
