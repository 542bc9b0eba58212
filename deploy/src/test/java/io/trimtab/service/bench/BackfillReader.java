package io.trimtab.service.bench;

import io.trimtab.cost.prices.PriceBook;
import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.forecast.HistogramForecaster;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.Mode;
import io.trimtab.ingest.model.OutOfMemoryKill;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.PodPhase;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.ingest.promql.PrometheusSettings;
import io.trimtab.ingest.promql.PrometheusUsageSource;
import io.trimtab.recommend.Outcome;
import io.trimtab.recommend.cycle.Cycle;
import io.trimtab.recommend.cycle.CycleObserver;
import io.trimtab.recommend.cycle.CycleReport;
import io.trimtab.recommend.cycle.CycleSettings;
import io.trimtab.recommend.plan.Planner;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The first round of {@code serve --history 14d --step 5m}, in a process of its own; its argument is the address of the store. */
final class BackfillReader {
    private static final Duration STEP = Duration.ofMinutes(5);

    /** As the service reads. */
    private static final Duration SLICE = Duration.ofHours(6);

    private BackfillReader() {}

    public static void main(String[] arguments) {
        Instant now = BackfillHistory.END;
        Timed timed = new Timed();
        ClusterSnapshot snapshot = snapshot(now);
        try (PrometheusUsageSource usage = new PrometheusUsageSource(PrometheusSettings.at(URI.create(arguments[0])))) {
            Cycle cycle = new Cycle(
                    new Cycle.Parts(
                            () -> now,
                            at -> snapshot,
                            usage,
                            new HistogramForecaster(),
                            new Planner(PriceBook.shipped(), Mode.RECOMMEND),
                            recommendation -> new Outcome.Skipped(recommendation.workload(), "measured only")),
                    new CycleSettings(BackfillHistory.SPAN, STEP, SLICE),
                    timed);
            CycleReport report = cycle.runOnce();
            report.usage().failure().ifPresent(failure -> System.out.println("failed: " + failure.message()));
            report.usage().gaps().forEach(gap -> System.out.println("gap: " + gap));
            System.out.printf(
                    "%.1f s for %,d samples (%,.0f/s), %,d kills, in slices of %d h; then %,d recommendations%n",
                    timed.seconds,
                    timed.samples,
                    timed.samples / timed.seconds,
                    timed.kills,
                    SLICE.toHours(),
                    report.decision().orElseThrow().plan().recommendations().size());
            System.out.printf(
                    "our heap: %d MiB at most of %d MiB; our processor time with the start of the JVM: %d s%n",
                    peakHeap() >> 20,
                    Runtime.getRuntime().maxMemory() >> 20,
                    ProcessHandle.current()
                            .info()
                            .totalCpuDuration()
                            .orElse(Duration.ZERO)
                            .toSeconds());
        }
    }

    private static long peakHeap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(BackfillReader::peak)
                .sum();
    }

    private static long peak(MemoryPoolMXBean pool) {
        return pool.getPeakUsage().getUsed();
    }

    private static ClusterSnapshot snapshot(Instant now) {
        List<Workload> workloads = new ArrayList<>();
        List<Pod> pods = new ArrayList<>();
        List<ContainerSpec> containers = List.of(new ContainerSpec(
                "app", "registry.example/shop:1", Requirements.requests(new MilliCores(500), new Bytes(268_435_456L))));
        Instant created = now.minus(BackfillHistory.SPAN);
        for (int deployment = 0; deployment < BackfillHistory.DEPLOYMENTS; deployment++) {
            String namespace = BackfillHistory.namespace(deployment);
            WorkloadId id = new WorkloadId(namespace, "Deployment", "shop-" + deployment);
            workloads.add(new Workload(id, BackfillHistory.PODS_EACH, containers, Map.of(), Map.of(), created));
            for (int replica = 0; replica < BackfillHistory.PODS_EACH; replica++)
                pods.add(new Pod(
                        new PodId(namespace, BackfillHistory.pod(deployment, replica)),
                        Optional.of(id),
                        Optional.of("node-1"),
                        PodPhase.RUNNING,
                        containers,
                        Map.of(),
                        Map.of(),
                        created,
                        Optional.of(created),
                        Optional.of(created),
                        Optional.empty()));
        }
        return new ClusterSnapshot(now, workloads, pods, List.of(), List.of());
    }

    /** How long the reading takes, forecaster included. */
    private static final class Timed implements CycleObserver {
        private long begun;
        private double seconds;
        private long samples;
        private long kills;

        @Override
        public void stage(Stage stage) {
            if (stage == Stage.USAGE) begun = System.nanoTime();
            if (stage == Stage.FORECAST) seconds = (System.nanoTime() - begun) / 1e9;
        }

        @Override
        public void read(Duration done, Duration all, long read) {
            samples = read;
        }

        @Override
        public void kills(List<OutOfMemoryKill> learned) {
            kills += learned.size();
        }
    }
}
