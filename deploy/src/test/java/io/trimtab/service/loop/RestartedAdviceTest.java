package io.trimtab.service.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.cost.prices.PriceBook;
import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Resources;
import io.trimtab.forecast.HistogramForecaster;
import io.trimtab.forecast.OutlookForecaster;
import io.trimtab.ingest.model.CapacityType;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.ContainerId;
import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.Mode;
import io.trimtab.ingest.model.Node;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.PodPhase;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.UsageBatch;
import io.trimtab.ingest.model.UsageQuery;
import io.trimtab.ingest.model.UsageSeries;
import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.ingest.remotewrite.ReplicaElection;
import io.trimtab.ingest.remotewrite.ReplicaLabels;
import io.trimtab.recommend.Outcome;
import io.trimtab.recommend.cycle.CycleReport;
import io.trimtab.recommend.cycle.CycleSettings;
import io.trimtab.service.state.Section;
import io.trimtab.service.view.RecommendationView;
import io.trimtab.service.view.StateView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A loop over 3,000 pods ends, and another one goes on from what it kept. */
class RestartedAdviceTest {
    private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");
    private static final Duration HISTORY = Duration.ofDays(2);
    private static final Duration STEP = Duration.ofMinutes(10);
    private static final int WORKLOADS = 300;
    private static final int PODS_EACH = 10;
    private static final Resources LARGE = new Resources(new MilliCores(64_000), new Bytes(256L << 30), GpuMilli.ZERO);

    /** One that can carry each of the pods. */
    private static final Node NODE = new Node(
            "n",
            "m5.large",
            "eu",
            "eu-1",
            CapacityType.ON_DEMAND,
            LARGE,
            LARGE,
            110,
            true,
            true,
            Map.of(),
            START.minus(HISTORY));

    private final AtomicReference<Instant> clock = new AtomicReference<>(START);
    private final ClusterSnapshot cluster = cluster();

    @Test
    void seed1AfterARestartNothingIsOtherwise() {
        Running first = new Running();
        first.round();
        clock.set(START.plus(Duration.ofMinutes(30)));
        List<RecommendationView> before = first.round();
        assertThat(before).hasSize(WORKLOADS);
        assertThat(before).filteredOn(view -> view.kind().equals("Resize")).hasSizeGreaterThan(WORKLOADS / 2);
        assertThat(before).filteredOn(view -> view.since().equals(START)).hasSizeGreaterThan(WORKLOADS * 9 / 10);

        Running second = new Running();
        List<Section> kept = first.sections();
        List<Section> restored = second.sections();
        for (int i = 0; i < kept.size(); i++)
            restored.get(i)
                    .restore()
                    .from(kept.get(i).version(), kept.get(i).save().get());

        assertThat(second.views.recommendations()).as("before its first round").isEqualTo(before);
        assertThat(second.views.decidedAt()).contains(clock.get());
        assertThat(second.round()).isEqualTo(before);
    }

    /** What a service runs, without its servers. */
    private final class Running {
        private final OutlookForecaster forecaster = new OutlookForecaster(new HistogramForecaster());
        private final AdviceLog advice = new AdviceLog();
        private final Cluster ports = new Cluster(
                false,
                "here",
                "here",
                1,
                clock::get,
                now -> cluster,
                RestartedAdviceTest::usage,
                said -> new Outcome.Skipped(said.workload(), "mode"),
                new CycleSettings(HISTORY, STEP, Duration.ofHours(6)),
                () -> {});
        private final AtomicReference<Optional<CycleReport>> last = new AtomicReference<>(Optional.empty());
        private final io.trimtab.recommend.cycle.Cycle cycle =
                Rounds.of(ports, PriceBook.shipped(), Mode.RECOMMEND, forecaster, advice);
        private final LiveViews views = new LiveViews(
                last::get,
                ports,
                PriceBook.shipped(),
                Mode.RECOMMEND,
                new SelfMetrics(),
                List::of,
                () -> StateView.NONE,
                forecaster,
                advice,
                new Origin(
                        ports,
                        io.trimtab.ingest.pushed.PushedSamples.inHalfOf(0),
                        new ReplicaElection(ReplicaLabels.USUAL)));

        List<RecommendationView> round() {
            last.set(Optional.of(cycle.runOnce()));
            return views.recommendations();
        }

        List<Section> sections() {
            return List.of(Learned.section(cycle, forecaster), advice.section(), views.section());
        }
    }

    /** Noise of 30 % around a level of each pod's own; the same for the same moment, however often it is asked for. */
    private static UsageBatch usage(UsageQuery query) {
        List<UsageSeries> series = new ArrayList<>();
        long step = STEP.toSeconds();
        long[] moments = LongStream.rangeClosed(
                        query.from().getEpochSecond() / step + 1, query.to().getEpochSecond() / step)
                .map(index -> index * step)
                .toArray();
        if (moments.length == 0) return UsageBatch.EMPTY;
        for (int workload = 0; workload < WORKLOADS; workload++) {
            for (int pod = 0; pod < PODS_EACH; pod++) {
                ContainerId container = new ContainerId(new PodId("shop", "web-%d-%d".formatted(workload, pod)), "app");
                Random random = new Random(1_000_003L * workload + 1009L * pod + moments[0]);
                double[] cores = new double[moments.length];
                double[] bytes = new double[moments.length];
                for (int i = 0; i < moments.length; i++) {
                    cores[i] = Math.max(0, 0.05 * (1 + workload % 20) * (1 + 0.3 * random.nextGaussian()));
                    bytes[i] = (50 << 20) * (1 + workload % 7) * (1 + 0.03 * random.nextDouble());
                }
                series.add(new UsageSeries(container, Resource.CPU, moments, cores));
                series.add(new UsageSeries(container, Resource.MEMORY, moments, bytes));
            }
        }
        return new UsageBatch(series, List.of(), List.of());
    }

    private static ClusterSnapshot cluster() {
        Requirements requirements = new Requirements(
                Optional.of(new MilliCores(1000)),
                Optional.of(new Bytes(512 << 20)),
                Optional.empty(),
                Optional.of(new Bytes(1 << 30)),
                GpuMilli.ZERO);
        List<ContainerSpec> containers = List.of(new ContainerSpec("app", "app:1", requirements));
        List<Workload> workloads = new ArrayList<>();
        List<Pod> pods = new ArrayList<>();
        for (int workload = 0; workload < WORKLOADS; workload++) {
            WorkloadId id = new WorkloadId("shop", "Deployment", "web-" + workload);
            workloads.add(new Workload(id, PODS_EACH, containers, Map.of(), Map.of(), START.minus(HISTORY)));
            for (int pod = 0; pod < PODS_EACH; pod++)
                pods.add(new Pod(
                        new PodId("shop", "web-%d-%d".formatted(workload, pod)),
                        Optional.of(id),
                        Optional.empty(),
                        PodPhase.RUNNING,
                        containers,
                        Map.of(),
                        Map.of(),
                        START.minus(HISTORY),
                        Optional.of(START.minus(HISTORY)),
                        Optional.of(START.minus(HISTORY)),
                        Optional.empty()));
        }
        return new ClusterSnapshot(START, workloads, pods, List.of(NODE), List.of());
    }
}
