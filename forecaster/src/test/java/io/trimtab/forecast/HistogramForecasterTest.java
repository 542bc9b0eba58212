package io.trimtab.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.cost.units.Bytes;
import io.trimtab.forecast.sketch.EvenHistogram;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.ContainerId;
import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.OutOfMemoryKill;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HistogramForecasterTest {
    private static final Instant NOW = Instant.parse("2026-11-10T00:00:00Z");
    private static final WorkloadId WEB = new WorkloadId("shop", "Deployment", "web");
    private static final WorkloadId CART = new WorkloadId("shop", "Deployment", "cart");

    private final HistogramForecaster forecaster = new HistogramForecaster();

    @Test
    void learnsOverAllPodsOfAWorkload() {
        ClusterSnapshot snapshot = snapshot(NOW, List.of(WEB, CART), pod("web-0", WEB), pod("web-1", WEB));
        forecaster.observe(
                batch(cpu("web-0", NOW, 0.1, 0.1), cpu("web-1", NOW, 0.4, 0.8), cpu("stranger", NOW, 9, 9)), snapshot);
        List<Demand> demands = forecaster.forecast(snapshot);
        assertThat(demands).extracting(Demand::workload).containsExactly(CART, WEB);
        assertThat(demands.get(0).cpu()).isEmpty();
        assertThat(demands.get(0).cpuCoresNow()).isEmpty();
        Demand web = demands.get(1);
        assertThat(web.pods()).isEqualTo(2);
        assertThat(web.containersInPod()).isEqualTo(1);
        assertThat(web.history().samples()).isEqualTo(4);
        assertThat(web.cpu().orElseThrow().quantile(1)).isBetween(0.8, 0.85);
        assertThat(web.cpu().orElseThrow().shareAbove(0.5)).isBetween(0.249, 0.251);
        assertThat(web.cpuCoresNow())
                .isEqualTo(Map.of(new PodId("shop", "web-0"), 0.1, new PodId("shop", "web-1"), 0.8));
    }

    /** As of a history that is read back: each pod's hours count, not only those of the one that comes first. */
    @Test
    void podsCountInTheHoursInWhichTheyRan() {
        ClusterSnapshot snapshot = snapshot(NOW, List.of(WEB), pod("web-0", WEB), pod("web-1", WEB));
        long[] seconds = IntStream.range(0, 360)
                .mapToLong(minute -> NOW.getEpochSecond() + 60L * minute)
                .toArray();
        double[] low = new double[360];
        Arrays.fill(low, 0.1);
        double[] high = new double[360];
        Arrays.fill(high, 2);
        forecaster.observe(
                batch(
                        new UsageSeries(new ContainerId(new PodId("shop", "web-0"), "app"), Resource.CPU, seconds, low),
                        new UsageSeries(
                                new ContainerId(new PodId("shop", "web-1"), "app"), Resource.CPU, seconds, high)),
                snapshot);
        RecentDays recent = forecaster.forecast(snapshot).getFirst().recent();
        for (EvenHistogram hour : recent.cpuByHour(NOW.plus(Duration.ofDays(7)), 5))
            assertThat(hour.shareAbove(1)).isBetween(0.15, 0.6);
    }

    @Test
    void whatIsReadAgainChangesNothing() {
        ClusterSnapshot snapshot = snapshot(NOW, List.of(WEB), pod("web-0", WEB));
        UsageBatch batch = batch(
                List.of(kill("web-0", NOW.minusSeconds(90), NOW.minusSeconds(60))),
                cpu("web-0", NOW, 0.1, 0.2, 0.3),
                memory("web-0", NOW, 4e8, 5e8, 3e8));
        forecaster.observe(batch, snapshot);
        Demand before = forecaster.forecast(snapshot).get(0);
        forecaster.observe(batch, snapshot);
        Demand after = forecaster.forecast(snapshot).get(0);
        assertThat(after.history()).isEqualTo(before.history());
        assertThat(quantiles(after.memory())).isEqualTo(quantiles(before.memory()));
        assertThat(quantiles(after.cpu())).isEqualTo(quantiles(before.cpu()));
        assertThat(before.memory().orElseThrow().quantile(1))
                .as("the kill counts")
                .isGreaterThan(1.2e9);
    }

    @Test
    void aDemandIsAsOfItsMoment() {
        ClusterSnapshot snapshot = snapshot(NOW, List.of(WEB), pod("web-0", WEB));
        forecaster.observe(batch(cpu("web-0", NOW, 0.1)), snapshot);
        Distribution before = forecaster.forecast(snapshot).get(0).cpu().orElseThrow();
        double quantile = before.quantile(1);
        forecaster.observe(batch(cpu("web-0", NOW.plusSeconds(60), 5)), snapshot);
        assertThat(before.quantile(1)).isEqualTo(quantile);
    }

    @Test
    void theWorkloadOutlivesItsPodsAndIsForgottenWhenItIsGone() {
        ClusterSnapshot first = snapshot(NOW, List.of(WEB), pod("web-0", WEB));
        forecaster.observe(batch(cpu("web-0", NOW, 0.1)), first);
        Instant later = NOW.plus(Duration.ofHours(2));
        ClusterSnapshot replaced = snapshot(later, List.of(WEB), pod("web-1", WEB));
        forecaster.observe(batch(cpu("web-1", later, 0.2)), replaced);
        assertThat(forecaster.forecast(replaced).get(0).history().samples()).isEqualTo(2);
        ClusterSnapshot shortlyGone = snapshot(later.plus(Duration.ofHours(1)), List.of());
        forecaster.observe(UsageBatch.EMPTY, shortlyGone);
        assertThat(forecaster.forecast(replaced).get(0).history().samples()).isEqualTo(2);
        ClusterSnapshot gone = snapshot(later.plus(Duration.ofHours(1)).plusSeconds(1), List.of());
        forecaster.observe(UsageBatch.EMPTY, gone);
        assertThat(forecaster.forecast(replaced).get(0).history().samples()).isZero();
    }

    @Test
    void aPodsNameThatMovesToAnotherWorkloadStartsAnew() {
        forecaster.observe(batch(cpu("p", NOW, 0.1)), snapshot(NOW, List.of(WEB, CART), pod("p", WEB)));
        ClusterSnapshot moved = snapshot(NOW, List.of(WEB, CART), pod("p", CART));
        forecaster.observe(batch(cpu("p", NOW, 0.2)), moved);
        assertThat(forecaster.forecast(moved))
                .extracting(demand -> demand.history().samples())
                .containsExactly(1L, 1L);
    }

    @Test
    void onlyFreshSamplesOfRunningPodsAreOfNow() {
        Instant stale = NOW.minus(Duration.ofMinutes(5)).minusSeconds(1);
        ClusterSnapshot snapshot = snapshot(NOW, List.of(WEB), pod("web-0", WEB), pod("web-1", WEB));
        forecaster.observe(
                batch(cpu("web-0", NOW.minus(Duration.ofMinutes(5)), 0.3), cpu("web-1", stale, 5)), snapshot);
        assertThat(forecaster.forecast(snapshot).get(0).cpuCoresNow())
                .isEqualTo(Map.of(new PodId("shop", "web-0"), 0.3));
    }

    @Test
    void bearsTenThousandContainers() {
        Pod[] pods = IntStream.range(0, 10_000)
                .mapToObj(i -> pod("web-" + i, new WorkloadId("shop", "Deployment", "w" + i / 5)))
                .toArray(Pod[]::new);
        List<WorkloadId> workloads =
                Stream.of(pods).map(pod -> pod.owner().orElseThrow()).distinct().toList();
        for (int cycle = 0; cycle < 3; cycle++) {
            Instant at = NOW.plusSeconds(60L * cycle);
            UsageSeries[] series = Stream.of(pods)
                    .flatMap(pod -> Stream.of(
                            cpu(pod.id().name(), at, 0.2), memory(pod.id().name(), at, 5e8)))
                    .toArray(UsageSeries[]::new);
            ClusterSnapshot snapshot = snapshot(at, workloads, pods);
            forecaster.observe(batch(series), snapshot);
            assertThat(forecaster.forecast(snapshot)).hasSize(2000);
        }
        assertThat(forecaster
                        .forecast(snapshot(NOW, workloads, pods))
                        .get(0)
                        .history()
                        .samples())
                .isEqualTo(15);
    }

    private static List<Double> quantiles(Optional<Distribution> distribution) {
        return Stream.of(0.1, 0.5, 0.9, 1.0)
                .map(distribution.orElseThrow()::quantile)
                .toList();
    }

    private static ClusterSnapshot snapshot(Instant at, List<WorkloadId> workloads, Pod... pods) {
        List<Workload> all = workloads.stream()
                .map(id -> new Workload(id, 1, List.of(container()), Map.of(), Map.of(), NOW))
                .toList();
        return new ClusterSnapshot(at, all, List.of(pods), List.of(), List.of());
    }

    private static ContainerSpec container() {
        return new ContainerSpec("app", "image", Requirements.NONE);
    }

    private static Pod pod(String name, WorkloadId owner) {
        return new Pod(
                new PodId("shop", name),
                Optional.of(owner),
                Optional.of("n1"),
                PodPhase.RUNNING,
                List.of(container()),
                Map.of(),
                Map.of(),
                NOW,
                Optional.of(NOW),
                Optional.of(NOW),
                Optional.empty());
    }

    private static ContainerId id(String pod) {
        return new ContainerId(new PodId("shop", pod), "app");
    }

    private static UsageSeries cpu(String pod, Instant last, double... cores) {
        return new UsageSeries(id(pod), Resource.CPU, seconds(last, cores.length), cores);
    }

    private static UsageSeries memory(String pod, Instant last, double... bytes) {
        return new UsageSeries(id(pod), Resource.MEMORY, seconds(last, bytes.length), bytes);
    }

    private static long[] seconds(Instant last, int count) {
        return IntStream.range(0, count)
                .mapToLong(i -> last.getEpochSecond() - 60L * (count - 1 - i))
                .toArray();
    }

    private static OutOfMemoryKill kill(String pod, Instant at, Instant seen) {
        return new OutOfMemoryKill(id(pod), at, new Bytes(1L << 30), seen);
    }

    private static UsageBatch batch(UsageSeries... series) {
        return batch(List.of(), series);
    }

    private static UsageBatch batch(List<OutOfMemoryKill> kills, UsageSeries... series) {
        return new UsageBatch(List.of(series), kills, List.of());
    }
}
