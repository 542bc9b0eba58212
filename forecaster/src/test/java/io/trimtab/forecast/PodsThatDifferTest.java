package io.trimtab.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.forecast.encoding.StateReader;
import io.trimtab.forecast.encoding.StateWriter;
import io.trimtab.forecast.groups.PodUse;
import io.trimtab.forecast.groups.UsageGroups;
import io.trimtab.forecast.sketch.Buckets;
import io.trimtab.forecast.starts.StartUnderWay;
import io.trimtab.forecast.starts.StartUse;
import io.trimtab.forecast.starts.Starts;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.ContainerId;
import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.PodPhase;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.UsageBatch;
import io.trimtab.ingest.model.UsageSeries;
import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the loop's forecaster knows of single pods: how they start, and which of them are busier than the others. */
class PodsThatDifferTest {
    private static final WorkloadId WEB = new WorkloadId("shop", "Deployment", "web");
    /** So that no midnight lies between, at which rare samples are forgotten. */
    private static final Instant START = Instant.parse("2026-11-24T01:00:00Z");

    private static final int READY_SECONDS = 130;
    private static final int PODS = 3;

    private HistogramForecaster forecaster = new HistogramForecaster();

    @Test
    void startsAreLearnedRoundByRound() {
        for (int minute = 1; minute <= 45; minute++) round(minute, minute);
        assertThat(start()).hasValueSatisfying(PodsThatDifferTest::isTheStart);
    }

    @Test
    void startsAreLearnedFromAHistoryThatIsReadBack() {
        Instant now = START.plus(Duration.ofMinutes(300));
        forecaster.observe(new UsageBatch(series(1, 20), List.of(), List.of()), snapshot(now));
        forecaster.observe(new UsageBatch(series(21, 300), List.of(), List.of()), snapshot(now));
        assertThat(start()).hasValueSatisfying(PodsThatDifferTest::isTheStart);
    }

    @Test
    void aRestartInTheMiddleOfAStartLosesNothingAndCountsNothingTwice() {
        for (int minute = 1; minute <= 2; minute++) round(minute, minute);
        restart();
        for (int minute = 3; minute <= 4; minute++) round(minute, minute);
        Optional<StartUse> before = start();
        restart();
        for (int minute = 5; minute <= 45; minute++) round(minute, minute);
        assertThat(start()).hasValueSatisfying(PodsThatDifferTest::isTheStart).isEqualTo(before);
    }

    @Test
    void aLeaderIsToldFromThoseThatFollowAlsoAfterARestart() {
        forecaster.observe(new UsageBatch(series(1, 20 * 60), List.of(), List.of()), snapshot(at(20 * 60)));
        Optional<UsageGroups> groups =
                forecaster.forecast(snapshot(at(20 * 60))).getFirst().groups();
        assertThat(groups).hasValueSatisfying(found -> {
            assertThat(found.busier().pods()).containsExactly(new PodId("shop", "web-0"));
            assertThat(found.quieter().pods()).hasSize(PODS - 1);
            assertThat(found.busier().cpu().quantile(0.5)).isCloseTo(1.5, within(0.1));
            assertThat(found.quieter().cpu().quantile(0.5)).isCloseTo(0.2, within(0.02));
            assertThat(found.quieter().cpu().quantile(1))
                    .as("without its start")
                    .isLessThan(0.25);
        });
        restart();
        assertThat(forecaster
                        .forecast(snapshot(at(20 * 60)))
                        .getFirst()
                        .groups()
                        .orElseThrow()
                        .busier()
                        .pods())
                .containsExactly(new PodId("shop", "web-0"));
    }

    /** Of starts for each container of a workload, of the rest for each container of a pod; usage that wavers by a factor of 2.7. */
    @Test
    void whatIsKeptIsBounded() throws IllegalAccessException {
        Starts starts = new Starts();
        PodUse use = new PodUse();
        Random random = new Random(5);
        for (int i = 0; i < 100; i++)
            new StartUnderWay(START)
                    .add(
                            START.getEpochSecond() + 60,
                            1,
                            Duration.ZERO,
                            at(1).getEpochSecond(),
                            OptionalDouble.empty(),
                            starts);
        for (int minute = 0; minute < 14 * 1440; minute++)
            use.add(at(minute).getEpochSecond(), 0.3 * Math.exp(random.nextGaussian()), 0.3);
        long ofPod = HeldBytes.of(use, Set.of(Buckets.class));
        System.out.printf("of a pod beside the others %d bytes%n", ofPod);
        assertThat(ofPod).isBetween(300L, 800L);
        assertThat(starts.use().orElseThrow().starts()).isEqualTo(16);
    }

    private static void isTheStart(StartUse use) {
        assertThat(use.starts()).isEqualTo(PODS);
        assertThat(use.lasts()).isEqualTo(Duration.ofSeconds(READY_SECONDS));
        assertThat(use.cores()).isCloseTo(2, within(0.02));
        assertThat(use.atLimit()).isEqualTo(PODS);
    }

    private Optional<StartUse> start() {
        return forecaster.forecast(snapshot(at(45))).getFirst().start();
    }

    private void round(int from, int to) {
        forecaster.observe(new UsageBatch(series(from, to), List.of(), List.of()), snapshot(at(to)));
    }

    private void restart() {
        StateWriter saved = new StateWriter();
        forecaster.save(saved);
        forecaster = new HistogramForecaster();
        forecaster.restore(forecaster.stateVersion(), new StateReader(saved.toBytes()));
    }

    /** A rate over five minutes, each minute: two cores until a pod is ready, then 1.5 of the first and 0.2 of the others. */
    private static List<UsageSeries> series(int fromMinute, int toMinute) {
        List<UsageSeries> series = new ArrayList<>();
        for (int pod = 0; pod < PODS; pod++) {
            double later = pod == 0 ? 1.5 : 0.2;
            long[] moments = new long[toMinute - fromMinute + 1];
            double[] cores = new double[moments.length];
            for (int i = 0; i < moments.length; i++) {
                long second = 60L * (fromMinute + i);
                moments[i] = START.getEpochSecond() + second;
                cores[i] = (used(second, later) - used(Math.max(0, second - 300), later)) / 300;
            }
            ContainerId id = new ContainerId(new PodId("shop", "web-" + pod), "app");
            series.add(new UsageSeries(id, Resource.CPU, moments, cores));
        }
        return series;
    }

    private static double used(long second, double later) {
        return 2 * Math.min(second, READY_SECONDS) + later * Math.max(0, second - READY_SECONDS);
    }

    private static ClusterSnapshot snapshot(Instant now) {
        ContainerSpec app = new ContainerSpec(
                "app",
                "web:1",
                new Requirements(
                        Optional.of(new MilliCores(200)),
                        Optional.empty(),
                        Optional.of(new MilliCores(2000)),
                        Optional.empty(),
                        GpuMilli.ZERO));
        Instant ready = START.plusSeconds(READY_SECONDS);
        List<Pod> pods = new ArrayList<>();
        for (int i = 0; i < PODS; i++)
            pods.add(new Pod(
                    new PodId("shop", "web-" + i),
                    Optional.of(WEB),
                    Optional.of("n1"),
                    PodPhase.RUNNING,
                    List.of(app),
                    Map.of(),
                    Map.of(),
                    START.minusSeconds(5),
                    Optional.of(START),
                    ready.isAfter(now) ? Optional.empty() : Optional.of(ready),
                    Optional.empty()));
        Workload web = new Workload(WEB, PODS, List.of(app), Map.of(), Map.of(), START);
        return new ClusterSnapshot(now, List.of(web), pods, List.of(), List.of());
    }

    private static Instant at(int minute) {
        return START.plus(Duration.ofMinutes(minute));
    }
}
