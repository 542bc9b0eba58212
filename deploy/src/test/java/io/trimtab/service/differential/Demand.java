package io.trimtab.service.differential;

import io.trimtab.service.differential.PodUsage.Requests;
import io.trimtab.service.differential.PodUsage.Sample;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** Draws what a workload's pods use and what its totals are, around the targets and often at the edge of the tolerance. */
final class Demand {
    private static final double[] EDGES = {0.75, 0.8, 0.9, 0.9, 0.95, 1, 1.05, 1.1, 1.1, 1.2, 1.25};
    private static final double NO_SAMPLE = 0.12;

    private final Random random;
    private final List<WantedMetric> metrics;
    private final Map<String, Double> cpuMilli = new TreeMap<>();
    private final Map<String, Double> memoryBytes = new TreeMap<>();
    private final boolean mayBeStale;
    private double podMetricMilli = 1000;
    private double level = 1;
    private boolean noisy;

    Demand(Random random, List<WantedMetric> metrics, Requests requests) {
        this.random = random;
        this.metrics = metrics;
        // A stale sample takes a pod out of CPU metrics only; a question can give it one state for all of them.
        this.mayBeStale = metrics.stream().noneMatch(metric -> metric.form().isTotal());
        requests.cpuMilli().forEach((container, milli) -> cpuMilli.put(container, milli * 0.6));
        requests.memoryBytes().forEach((container, bytes) -> memoryBytes.put(container, bytes * 0.6));
        for (WantedMetric metric : metrics) {
            Map<String, Double> amounts = metric.form().resource.equals("cpu") ? cpuMilli : memoryBytes;
            Map<String, Long> requested =
                    metric.form().resource.equals("cpu") ? requests.cpuMilli() : requests.memoryBytes();
            double unit = metric.form().resource.equals("cpu") ? 1 : 1000;
            switch (metric.form()) {
                case CPU_UTILIZATION, MEMORY_UTILIZATION, CONTAINER_CPU_UTILIZATION ->
                    requested.forEach((container, amount) -> amounts.put(container, amount * metric.target() / 100.0));
                case CPU_AVERAGE, MEMORY_AVERAGE ->
                    requested
                            .keySet()
                            .forEach(container -> amounts.put(container, metric.target() / unit / requested.size()));
                case CONTAINER_MEMORY_AVERAGE -> amounts.put(WantedMetric.CONTAINER, metric.target() / unit);
                case PODS -> podMetricMilli = metric.target();
                case OBJECT_VALUE, OBJECT_AVERAGE, EXTERNAL_VALUE, EXTERNAL_AVERAGE -> {}
            }
        }
    }

    /** The next step, pulled back towards few replicas where there are many. */
    void advance(int current, int max) {
        double chance = random.nextDouble();
        double up = 1 - (double) current / (max + 1);
        if (chance < 0.45) level = EDGES[random.nextInt(EDGES.length)];
        else if (random.nextDouble() < up) level = 1 + random.nextDouble() * 1.5;
        else level = 0.15 + random.nextDouble() * 0.85;
        noisy = random.nextBoolean();
    }

    Optional<Sample> sample() {
        if (random.nextDouble() < NO_SAMPLE) return Optional.empty();
        boolean stale = mayBeStale && random.nextDouble() < 0.1;
        return Optional.of(new Sample(stale, drawn(cpuMilli), drawn(memoryBytes), drawn(podMetricMilli)));
    }

    /** By the metrics' place; seldom nothing. */
    Map<Integer, Long> totals(int current) {
        Map<Integer, Long> totals = new HashMap<>();
        for (int i = 0; i < metrics.size(); i++) {
            WantedMetric metric = metrics.get(i);
            if (!metric.form().isTotal() || random.nextDouble() < 0.05) continue;
            boolean shared = metric.form().target == WantedMetric.Target.AVERAGE;
            totals.put(i, drawn((double) metric.target() * (shared ? current : 1)));
        }
        return totals;
    }

    private Map<String, Long> drawn(Map<String, Double> amounts) {
        Map<String, Long> drawn = new TreeMap<>();
        amounts.forEach((container, amount) -> drawn.put(container, drawn(amount)));
        return drawn;
    }

    private long drawn(double amount) {
        double noise = noisy ? 0.8 + 0.4 * random.nextDouble() : 1;
        return Math.round(amount * level * noise);
    }
}
