package io.trimtab.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.trimtab.forecast.OutlookForecaster.Subject;
import io.trimtab.forecast.encoding.StateReader;
import io.trimtab.forecast.encoding.StateWriter;
import io.trimtab.forecast.online.Level;
import io.trimtab.forecast.online.OnlineSeries;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutlookForecasterTest {
    private static final Instant START = Instant.parse("2026-11-09T00:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void addsUpTheNewestOfAllPods() {
        OutlookForecaster forecaster = new OutlookForecaster(new HistogramForecaster());
        ClusterSnapshot snapshot = snapshot(START.plusSeconds(200), "web", "web-0", "web-1");
        // The second pod is read at other moments; in the third minute it is not read at all.
        forecaster.observe(
                batch(cpu("web-0", 0, 1, 60, 2, 120, 3), cpu("web-1", 30, 10, 90, 20), cpu("stranger-0", 0, 99)),
                snapshot);
        forecaster.observe(batch(cpu("web-0", 480, 4, 3600, 1)), snapshot(START.plusSeconds(3601), "web", "web-0"));
        // In these minutes: 1 + 10, 2 + 20, 3 + 20, and 4 when the second pod was not heard of for long.
        assertThat(hours(forecaster)[0]).isCloseTo((11 + 22 + 23 + 4) / 4.0, within(0.09));
        assertThat(forecaster.series(subject("stranger"))).isEmpty();
    }

    /** As after a rollout: what is read back begins with pods that nobody has seen. */
    @Test
    void whatPodsUsedThatAreGoneIsTheWorkloadsToo() {
        OutlookForecaster forecaster = new OutlookForecaster(new HistogramForecaster());
        ClusterSnapshot snapshot = snapshot(START.plusSeconds(3700), "web", "web-7b8c9d4f5-q5q5q");
        forecaster.observe(
                batch(cpu("web-5f7c8d9b6-x2x4z", 0, 3, 60, 3), cpu("web-api-5f7c8d9b6-x2x4z", 0, 99)), snapshot);
        forecaster.observe(batch(cpu("web-7b8c9d4f5-q5q5q", 3600, 5)), snapshot);
        assertThat(hours(forecaster)[0]).isCloseTo(3, within(0.01));
        assertThat(forecaster.forecast(snapshot).getFirst().history().samples()).isEqualTo(3);
    }

    @Test
    void withoutAPodNothingIsUsed() {
        OutlookForecaster forecaster = new OutlookForecaster(new HistogramForecaster());
        forecaster.observe(batch(cpu("web-0", 0, 1, 60, 2)), snapshot(START.plusSeconds(70), "web", "web-0"));
        forecaster.observe(batch(cpu("other-0", 120, 1)), snapshot(START.plusSeconds(130), "web"));
        forecaster.observe(batch(cpu("other-0", 3600, 1)), snapshot(START.plusSeconds(3601), "web"));
        assertThat(hours(forecaster)[0]).isCloseTo((1 + 2 + 0) / 3.0, within(0.01));
    }

    @Test
    void forgetsWhatIsGone() {
        OutlookForecaster forecaster = learned(2);
        forecaster.observe(UsageBatch.EMPTY, snapshot(START.plus(HOUR), "cart", "cart-0"));
        assertThat(forecaster.series(subject("web"))).isEmpty();
    }

    @Test
    void fitsOncePerHourWhenItIsLive() {
        OnlineSeries series = learned(50).series(subject("web")).orElseThrow();
        assertThat(series.due()).isFalse();
        assertThat(series.forecast(Duration.ofHours(6)).value(Level.P95)).isPositive();
        OutlookForecaster past = new OutlookForecaster(new HistogramForecaster());
        for (int hour = 0; hour < 50; hour++)
            past.observe(hour(hour, new Random(1)), snapshot(START.plus(Duration.ofDays(9)), "web", "web-0"));
        assertThat(past.series(subject("web")).orElseThrow().due()).isTrue();
    }

    /** Samples may be further apart than rounds are. */
    @Test
    void fitsAlsoInRoundsWithoutASample() {
        OutlookForecaster forecaster = new OutlookForecaster(new HistogramForecaster());
        for (int hour = 0; hour < 50; hour++)
            forecaster.observe(hour(hour, new Random(1)), snapshot(START.plus(Duration.ofDays(9)), "web", "web-0"));
        OnlineSeries series = forecaster.series(subject("web")).orElseThrow();
        assertThat(series.due()).isTrue();
        forecaster.observe(
                UsageBatch.EMPTY, snapshot(START.plus(Duration.ofHours(50)).plusSeconds(59 * 60), "web", "web-0"));
        assertThat(series.due()).isFalse();
    }

    /** However far apart rounds are, and whenever in the hour. */
    @ParameterizedTest(name = "a round every {0} min")
    @ValueSource(ints = {1, 2, 5})
    void fitsEachSeriesWithinTheHour(int cycle) {
        OutlookForecaster forecaster = new OutlookForecaster(new HistogramForecaster());
        List<String> names =
                IntStream.range(0, 61).mapToObj(i -> "web%d".formatted(i)).toList();
        for (int minute = 0; minute < 9 * 60; minute += cycle) {
            Instant now = START.plus(Duration.ofMinutes(minute));
            double at = minute * 60.0;
            ClusterSnapshot all = names.stream()
                    .map(name -> snapshot(now, name, name + "-0"))
                    .reduce(OutlookForecasterTest::both)
                    .orElseThrow();
            forecaster.observe(
                    batch(names.stream().map(name -> cpu(name + "-0", at, 1)).toArray(UsageSeries[]::new)), all);
            boolean lastOfHour = minute % 60 + cycle >= 60;
            if (minute >= 6 * 60 && lastOfHour)
                assertThat(names)
                        .as("in minute %d", minute)
                        .noneMatch(name ->
                                forecaster.series(subject(name)).orElseThrow().due());
        }
    }

    @Test
    void beginsLikeThoseOfTheSameImage() {
        OutlookForecaster forecaster = learned(50);
        Instant now = START.plus(Duration.ofHours(50)).plusSeconds(59 * 60);
        ClusterSnapshot with = both(snapshot(now, "web", "web-0"), snapshot(now, "blue", "blue-0"));
        forecaster.observe(batch(cpu("blue-0", 50 * 3600, 7)), with);
        assertThat(forecaster.series(subject("blue")).orElseThrow().hours()).hasSizeGreaterThan(24);
    }

    @Test
    void aRestartChangesNothing() {
        OutlookForecaster whole = learned(30);
        OutlookForecaster restarted = new OutlookForecaster(new HistogramForecaster());
        byte[] saved = saved(whole);
        restarted.restore(restarted.stateVersion(), new StateReader(saved));
        assertThat(saved(restarted)).hasSameSizeAs(saved);
        for (OutlookForecaster forecaster : List.of(whole, restarted))
            forecaster.observe(hour(30, new Random(2)), snapshot(START.plus(Duration.ofHours(31)), "web", "web-0"));
        assertThat(restarted.series(subject("web")).orElseThrow().forecast(HOUR).maximum())
                .containsExactly(whole.series(subject("web"))
                        .orElseThrow()
                        .forecast(HOUR)
                        .maximum());
        assertThat(restarted
                        .forecast(snapshot(START, "web", "web-0"))
                        .getFirst()
                        .history())
                .isEqualTo(whole.forecast(snapshot(START, "web", "web-0"))
                        .getFirst()
                        .history());
    }

    @Test
    void aCutOffOrChangedStateIsRefusedAndNothingChangesOrItGivesSoundAnswers() {
        byte[] state = saved(learned(30));
        OutlookForecaster forecaster = learned(3);
        byte[] before = saved(forecaster);
        for (int length = 0; length < state.length; length += 37) {
            StateReader cut = new StateReader(Arrays.copyOf(state, length));
            assertThatIllegalArgumentException().isThrownBy(() -> forecaster.restore(forecaster.stateVersion(), cut));
        }
        for (int other : new int[] {-1, 1})
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> forecaster.restore(forecaster.stateVersion() + other, new StateReader(state)))
                    .withMessageContaining("is not known");
        assertThat(saved(forecaster)).isEqualTo(before);
        Random random = new Random(1);
        for (int i = 0; i < 1500; i++) {
            byte[] changed = state.clone();
            changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            OutlookForecaster restored = new OutlookForecaster(new HistogramForecaster());
            try {
                restored.restore(restored.stateVersion(), new StateReader(changed));
            } catch (IllegalArgumentException refused) {
                assertThat(refused.getMessage()).isNotBlank();
                continue;
            }
            restored.series(subject("web"))
                    .ifPresent(series -> assertThat(series.forecast(HOUR).maximum(Level.P99))
                            .isFinite()
                            .isNotNegative());
        }
    }

    /** Twice as much from a rollout on; two hours later what is to come is twice as much, also when a restart lies between. */
    @ParameterizedTest(name = "from image {0} to {1}, restarted {2} hours after the deploy")
    @CsvSource({"v1, v2, 0, true", "v1, v2, 1, true", "v1, v2, 2, true", "v1, v1, 0, false", "v1, v1, 2, false"})
    void anotherImageIsADeploy(String before, String after, int restartedAfter, boolean believed) {
        OutlookForecaster forecaster = new OutlookForecaster(new HistogramForecaster());
        int deployed = 12 * 24;
        Random random = new Random(7);
        int restart = deployed + restartedAfter;
        for (int hour = 0; hour < restart; hour++)
            show(forecaster, hour, hour < deployed ? before : after, hour < deployed ? 1 : 2, random);
        OutlookForecaster restarted = new OutlookForecaster(new HistogramForecaster());
        restarted.restore(restarted.stateVersion(), new StateReader(saved(forecaster)));
        for (int hour = restart; hour < deployed + 4; hour++) show(restarted, hour, after, 2, random);

        double said = restarted
                .series(subject("web"))
                .orElseThrow()
                .forecast(Duration.ofHours(12))
                .value(Level.P50);
        double usual = 2 + Math.sin(Math.PI * (deployed + 16) / 12);
        assertThat(said > 1.6 * usual).isEqualTo(believed);
    }

    /** Ten days of one workload are known; another one of its image is two hours old. */
    @ParameterizedTest(name = "a new {0}: knows the day {1}")
    @CsvSource({"Deployment, true", "StatefulSet, false"})
    void whatIsNewBeginsLikeItsSiblings(String kind, boolean knowsTheDay) {
        OutlookForecaster forecaster = new OutlookForecaster(new HistogramForecaster());
        Random random = new Random(3);
        int begun = 10 * 24;
        WorkloadId fresh = new WorkloadId("shop", kind, "api");
        for (int hour = 0; hour < begun + 3; hour++) {
            Instant end = START.plus(Duration.ofHours(hour)).plusSeconds(59 * 60);
            ClusterSnapshot old = snapshot(end, "web", "web-0");
            if (hour < begun) forecaster.observe(batch(daily("web-0", hour, random)), old);
            else
                forecaster.observe(
                        batch(daily("web-0", hour, random), daily("api-0", hour, random)),
                        both(old, snapshot(end, fresh, "api-0")));
            // A round so soon after the one before fits one, and both are due.
            if (hour >= begun)
                for (int second = 1; second <= 3; second++)
                    forecaster.observe(batch(), both(old, snapshot(end.plusSeconds(second), fresh, "api-0")));
        }
        OnlineSeries series =
                forecaster.series(new Subject(fresh, "app", Resource.CPU)).orElseThrow();
        double peak = series.forecast(Duration.ofHours(4)).value(Level.P50);
        double trough = series.forecast(Duration.ofHours(16)).value(Level.P50);
        assertThat(peak > 2 * trough).isEqualTo(knowsTheDay);
    }

    /** As at a scrape of metrics: it gets what held after the last round. */
    @Test
    void whoAsksHowGoodItWasDoesNotWaitForARound() throws Exception {
        OutlookForecaster learned = learned(50);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        OutlookForecaster forecaster = new OutlookForecaster(new Slow(begun, mayEnd));
        forecaster.restore(forecaster.stateVersion(), new StateReader(saved(learned)));
        Instant end = START.plus(Duration.ofHours(50)).plusSeconds(59 * 60);
        Thread round = new Thread(() -> forecaster.observe(hour(50, new Random(2)), snapshot(end, "web", "web-0")));
        round.start();
        begun.await();
        AccuracyOverview meanwhile =
                CompletableFuture.supplyAsync(forecaster::accuracy).get(10, TimeUnit.SECONDS);
        mayEnd.countDown();
        round.join();
        assertThat(meanwhile.overall().series()).isEqualTo(1);
        assertThat(meanwhile.ofContainers().get(subject("web")))
                .isEqualTo(learned.series(subject("web")).orElseThrow().accuracy());
        forecaster.forecast(snapshot(end, "web", "web-0"));
        assertThat(Objects.requireNonNull(forecaster.accuracy().ofContainers().get(subject("web")))
                        .hours())
                .isGreaterThan(Objects.requireNonNull(meanwhile.ofContainers().get(subject("web")))
                        .hours());
    }

    /** One whose rounds last as long as the test wants. */
    private record Slow(CountDownLatch begun, CountDownLatch mayEnd, HistogramForecaster inner)
            implements RememberingForecaster {
        Slow(CountDownLatch begun, CountDownLatch mayEnd) {
            this(begun, mayEnd, new HistogramForecaster());
        }

        @Override
        public void observe(UsageBatch batch, ClusterSnapshot snapshot) {
            begun.countDown();
            try {
                mayEnd.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            inner.observe(batch, snapshot);
        }

        @Override
        public List<Demand> forecast(ClusterSnapshot snapshot) {
            return inner.forecast(snapshot);
        }

        @Override
        public int stateVersion() {
            return inner.stateVersion();
        }

        @Override
        public void save(StateWriter to) {
            inner.save(to);
        }

        @Override
        public void restore(int version, StateReader from) {
            inner.restore(version, from);
        }
    }

    private static UsageSeries daily(String pod, int hour, Random random) {
        double[] pairs = new double[24];
        for (int i = 0; i < 12; i++) {
            pairs[2 * i] = hour * 3600 + i * 300;
            pairs[2 * i + 1] = 2 + Math.sin(Math.PI * hour / 12) + 0.05 * random.nextGaussian();
        }
        return cpu(pod, pairs);
    }

    private static void show(OutlookForecaster forecaster, int hour, String image, double factor, Random random) {
        double[] pairs = new double[24];
        for (int i = 0; i < 12; i++) {
            pairs[2 * i] = hour * 3600 + i * 300;
            pairs[2 * i + 1] = factor * (2 + Math.sin(Math.PI * hour / 12) + 0.1 * random.nextGaussian());
        }
        Instant end = START.plus(Duration.ofHours(hour)).plusSeconds(59 * 60);
        ClusterSnapshot plain = snapshot(end, "web", "web-0");
        List<Workload> workloads = plain.workloads().stream()
                .map(workload -> new Workload(
                        workload.id(),
                        workload.replicas(),
                        List.of(new ContainerSpec("app", image, Requirements.NONE)),
                        Map.of(),
                        Map.of(),
                        START))
                .toList();
        forecaster.observe(
                batch(cpu("web-0", pairs)), new ClusterSnapshot(end, workloads, plain.pods(), List.of(), List.of()));
    }

    private static OutlookForecaster learned(int hours) {
        OutlookForecaster forecaster = new OutlookForecaster(new HistogramForecaster());
        Random random = new Random(1);
        for (int hour = 0; hour < hours; hour++) {
            Instant end = START.plus(Duration.ofHours(hour)).plusSeconds(59 * 60);
            forecaster.observe(hour(hour, random), snapshot(end, "web", "web-0"));
        }
        return forecaster;
    }

    private static double[] hours(OutlookForecaster forecaster) {
        return forecaster.series(subject("web")).orElseThrow().hours();
    }

    private static byte[] saved(OutlookForecaster forecaster) {
        StateWriter writer = new StateWriter();
        forecaster.save(writer);
        return writer.toBytes();
    }

    private static Subject subject(String workload) {
        return new Subject(new WorkloadId("shop", "Deployment", workload), "app", Resource.CPU);
    }

    private static UsageBatch hour(int hour, Random random) {
        double[] pairs = new double[24];
        for (int i = 0; i < 12; i++) {
            pairs[2 * i] = hour * 3600 + i * 300;
            pairs[2 * i + 1] = 2 + Math.sin(Math.PI * hour / 12) + random.nextDouble();
        }
        return batch(cpu("web-0", pairs));
    }

    private static UsageBatch batch(UsageSeries... series) {
        return new UsageBatch(List.of(series), List.of(), List.of());
    }

    /** @param pairs seconds after the start, then cores */
    private static UsageSeries cpu(String pod, double... pairs) {
        return new UsageSeries(
                new ContainerId(new PodId("shop", pod), "app"),
                Resource.CPU,
                IntStream.range(0, pairs.length / 2)
                        .mapToLong(i -> START.getEpochSecond() + (long) pairs[2 * i])
                        .toArray(),
                IntStream.range(0, pairs.length / 2)
                        .mapToDouble(i -> pairs[2 * i + 1])
                        .toArray());
    }

    private static ClusterSnapshot both(ClusterSnapshot one, ClusterSnapshot other) {
        List<Workload> workloads = new ArrayList<>(one.workloads());
        workloads.addAll(other.workloads());
        List<Pod> pods = new ArrayList<>(one.pods());
        pods.addAll(other.pods());
        return new ClusterSnapshot(one.at(), workloads, pods, List.of(), List.of());
    }

    private static ClusterSnapshot snapshot(Instant at, String workload, String... podNames) {
        return snapshot(at, new WorkloadId("shop", "Deployment", workload), podNames);
    }

    private static ClusterSnapshot snapshot(Instant at, WorkloadId id, String... podNames) {
        ContainerSpec container = new ContainerSpec("app", "image", Requirements.NONE);
        List<Pod> pods = Arrays.stream(podNames)
                .map(name -> new Pod(
                        new PodId("shop", name),
                        Optional.of(id),
                        Optional.of("n"),
                        PodPhase.RUNNING,
                        List.of(container),
                        Map.of(),
                        Map.of(),
                        START,
                        Optional.of(START),
                        Optional.of(START),
                        Optional.empty()))
                .toList();
        Workload known = new Workload(id, podNames.length, List.of(container), Map.of(), Map.of(), START);
        return new ClusterSnapshot(at, List.of(known), pods, List.of(), List.of());
    }
}
