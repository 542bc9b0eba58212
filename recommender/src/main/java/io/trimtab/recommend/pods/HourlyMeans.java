package io.trimtab.recommend.pods;

import io.trimtab.ingest.model.Resource;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/** Means over all pods, hour by hour; an hour without a sample has the one before it. */
final class HourlyMeans {
    private static final int MOST_HOURS = 24 * 366;

    private HourlyMeans() {}

    /** @return one mean for each hour from the first sample's to the last one's, in the resource's unit; none without a sample */
    static double[] of(List<UsageRun> runs, Resource resource, Instant now) {
        TreeMap<Long, double[]> sums = new TreeMap<>();
        for (UsageRun run : runs) {
            if (run.resource() != resource) continue;
            for (int i = run.nextSample(0, now); i >= 0; i = run.nextSample(i + 1, now)) {
                double[] sum =
                        sums.computeIfAbsent(Math.floorDiv(run.at(i).getEpochSecond(), 3600), hour -> new double[2]);
                sum[0] += run.amounts()[i];
                sum[1]++;
            }
        }
        if (sums.isEmpty()) return new double[0];
        long last = sums.lastKey();
        long first = Math.max(sums.firstKey(), last - MOST_HOURS + 1);
        double[] means = new double[(int) (last - first + 1)];
        for (int i = 0; i < means.length; i++) {
            double[] sum = sums.get(first + i);
            if (sum != null) means[i] = sum[0] / sum[1];
            else if (i > 0) means[i] = means[i - 1];
        }
        return means;
    }

    static double[] daily(double[] hourly) {
        double[] daily = new double[hourly.length / 24];
        int skipped = hourly.length % 24;
        for (int i = 0; i < daily.length; i++) {
            int from = skipped + i * 24;
            daily[i] = Arrays.stream(hourly, from, from + 24).average().orElseThrow();
        }
        return daily;
    }
}
