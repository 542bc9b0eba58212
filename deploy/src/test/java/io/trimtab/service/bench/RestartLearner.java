package io.trimtab.service.bench;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.trimtab.cost.prices.PriceBook;
import io.trimtab.forecast.HistogramForecaster;
import io.trimtab.forecast.OutlookForecaster;
import io.trimtab.forecast.RememberingForecaster;
import io.trimtab.ingest.kubernetes.KubernetesInventory;
import io.trimtab.ingest.kubernetes.UsedFields;
import io.trimtab.ingest.model.ContainerId;
import io.trimtab.ingest.model.Mode;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.UsageBatch;
import io.trimtab.ingest.model.UsageQuery;
import io.trimtab.ingest.model.UsageSeries;
import io.trimtab.recommend.Outcome;
import io.trimtab.recommend.cycle.Cycle;
import io.trimtab.recommend.cycle.CycleObserver;
import io.trimtab.recommend.cycle.CycleSettings;
import io.trimtab.recommend.plan.Planner;
import io.trimtab.service.loop.LearnedState;
import io.trimtab.service.state.StateKeeper;
import io.trimtab.service.view.StateView;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Learns eight days of a large cluster with the loop that the service runs, saves it and restores it, in a process of its own with the heap that the bar allows.
 * Its arguments are a kubeconfig, the state's folder and how many pods there are.
 */
final class RestartLearner {
    private static final int REPETITIONS = 5;
    private static final Duration HISTORY = Duration.ofDays(8);
    private static final Duration STEP = Duration.ofMinutes(5);
    private static final Duration SLICE = Duration.ofHours(1);
    private static final Duration STALE_AFTER = Duration.ofMinutes(5);

    private RestartLearner() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[1]);
        int pods = Integer.parseInt(arguments[2]);
        InstantSource clock = InstantSource.system();
        try (KubernetesClient client = new KubernetesClientBuilder()
                        .withConfig(Config.fromKubeconfig(new File(arguments[0])))
                        .withKubernetesSerialization(UsedFields.serialization())
                        .build();
                KubernetesInventory inventory = new KubernetesInventory(client, clock, STALE_AFTER)) {
            inventory.start();
            while (!inventory.hasSynced()) Thread.sleep(50);
            RememberingForecaster forecaster = forecaster();
            Cycle cycle = cycle(inventory, forecaster, clock, pods);
            cycle.runOnce();
            System.gc();
            System.out.printf(
                    "learned %,d series; the heap holds %d MiB%n",
                    2 * pods,
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory() >> 20);
            save(folder, LearnedState.open(folder, clock, cycle, forecaster), 2 * pods);
            for (int i = 0; i < REPETITIONS; i++) restore(folder, cycle(inventory, forecaster(), clock, pods), clock);
        }
    }

    /** As the service has it: what was used, and what is to come. */
    private static RememberingForecaster forecaster() {
        return new OutlookForecaster(new HistogramForecaster());
    }

    private static void save(Path folder, StateKeeper keeper, int series) throws InterruptedException {
        for (int i = 0; i < REPETITIONS; i++) {
            StateView before = keeper.view();
            long begun = System.nanoTime();
            keeper.tick();
            long paused = System.nanoTime();
            while (Objects.equals(keeper.view().savedAt(), before.savedAt())) Thread.sleep(1);
            long written = System.nanoTime();
            StateView view = keeper.view();
            if (!view.trouble().isEmpty()) throw new IllegalStateException(view.trouble());
            System.out.printf(
                    Locale.ROOT,
                    "saved in %s: %.1f MB, %d bytes a series; the loop waited %d ms, the disk took %d ms%n",
                    folder,
                    view.bytes() / 1e6,
                    view.bytes() / series,
                    (paused - begun) / 1_000_000,
                    (written - paused) / 1_000_000);
        }
        keeper.close(true);
    }

    private static void restore(Path folder, Cycle cycle, InstantSource clock) {
        // The cycle's own forecaster stays empty: what is measured is reading.
        long begun = System.nanoTime();
        StateKeeper keeper = LearnedState.open(folder, clock, cycle, forecaster());
        System.out.printf("restored in %d ms%n", (System.nanoTime() - begun) / 1_000_000);
        keeper.close(true);
    }

    private static Cycle cycle(
            KubernetesInventory inventory, RememberingForecaster forecaster, InstantSource clock, int pods) {
        return new Cycle(
                new Cycle.Parts(
                        clock,
                        inventory,
                        query -> usage(query, pods),
                        forecaster,
                        new Planner(PriceBook.shipped(), Mode.OBSERVE),
                        recommendation -> new Outcome.Skipped(recommendation.workload(), "measured only")),
                new CycleSettings(HISTORY, STEP, SLICE),
                CycleObserver.NONE);
    }

    /** Each container has its usual amount, a daily rhythm, and noise, so that it fills as many buckets as one in a cluster. */
    private static UsageBatch usage(UsageQuery query, int pods) {
        long step = query.step().toSeconds();
        long first = Math.floorDiv(query.from().getEpochSecond(), step) * step + step;
        int count = (int) Math.max(0, Math.floorDiv(query.to().getEpochSecond() - first, step) + 1);
        long[] seconds =
                IntStream.range(0, count).mapToLong(i -> first + i * step).toArray();
        List<UsageSeries> series = new ArrayList<>(2 * pods);
        for (int pod = 0; pod < pods; pod++) {
            SplittableRandom random = new SplittableRandom(pod * 31L + first);
            double usual = 0.02 + 0.4 * new SplittableRandom(pod).nextDouble();
            double[] cores = new double[count];
            double[] bytes = new double[count];
            for (int i = 0; i < count; i++) {
                double daily = 1 + 0.5 * Math.sin(seconds[i] / 86_400.0 * 2 * Math.PI);
                cores[i] = usual * daily * (0.5 + random.nextDouble());
                bytes[i] = 4e8 * usual * (1 + 0.2 * daily + 0.05 * random.nextDouble());
            }
            ContainerId container =
                    new ContainerId(new PodId(LargeCluster.namespace(pod), LargeCluster.name(pod)), "app");
            series.add(new UsageSeries(container, Resource.CPU, seconds, cores));
            series.add(new UsageSeries(container, Resource.MEMORY, seconds, bytes));
        }
        return new UsageBatch(series, List.of(), List.of());
    }
}
