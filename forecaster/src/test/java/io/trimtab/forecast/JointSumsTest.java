package io.trimtab.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.trimtab.cost.units.Resources;
import io.trimtab.forecast.encoding.StateReader;
import io.trimtab.forecast.encoding.StateWriter;
import io.trimtab.forecast.online.Level;
import io.trimtab.ingest.model.CapacityType;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.ContainerId;
import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.Node;
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
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Namespaces and pools of nodes as series of their own, from samples of containers. */
class JointSumsTest {
    private static final Instant START = Instant.parse("2026-11-09T00:00:00Z");
    private static final ContainerSpec APP = new ContainerSpec("app", "image", Requirements.NONE);

    private final OutlookForecaster forecaster = new OutlookForecaster(new HistogramForecaster());

    @Test
    void aNamespaceIsTheSumOfItsWorkloadsAndAPoolThatOfItsPods() {
        ClusterSnapshot snapshot = snapshot(70, "shop/web-0@big", "shop/web-1@big", "shop/api-0@small", "crm/db-0@big");
        forecaster.observe(hour(0, "shop/web-0=1", "shop/web-1=2", "shop/api-0=4", "crm/db-0=8"), snapshot);
        assertThat(firstHour(Scope.NAMESPACE, "shop")).isCloseTo(7, withinPercentage(0.6));
        assertThat(firstHour(Scope.NAMESPACE, "crm")).isCloseTo(8, withinPercentage(0.6));
        assertThat(firstHour(Scope.NODE_POOL, "big")).isCloseTo(11, withinPercentage(0.6));
        assertThat(firstHour(Scope.NODE_POOL, "small")).isCloseTo(4, withinPercentage(0.6));
    }

    /** As before a rollout: nobody saw on which nodes they ran, so they count as their workload is spread now. */
    @Test
    void podsThatAreGoneCountForTheirNamespaceAndForThePoolsOfTheirWorkload() {
        ClusterSnapshot snapshot =
                snapshot(70, "shop/web-7b8c9d4f5-q5q5q@big", "shop/web-7b8c9d4f5-w7w7w@small", "shop/api-0@small");
        forecaster.observe(hour(0, "shop/web-5f7c8d9b6-x2x4z=6", "shop/api-0=1", "shop/stranger-0=99"), snapshot);
        assertThat(firstHour(Scope.NAMESPACE, "shop")).isCloseTo(7, withinPercentage(0.6));
        assertThat(firstHour(Scope.NODE_POOL, "big")).isCloseTo(3, withinPercentage(0.6));
        assertThat(firstHour(Scope.NODE_POOL, "small")).isCloseTo(4, withinPercentage(0.6));
    }

    @Test
    void aPodThatWasSeenCountsForItsPoolAfterItIsGone() {
        forecaster.observe(UsageBatch.EMPTY, snapshot(55, "shop/web-5f7c8d9b6-x2x4z@big", "shop/web-1@small"));
        ClusterSnapshot after = snapshot(61, "shop/web-1@small", "crm/db-0@big");
        forecaster.observe(hour(0, "shop/web-5f7c8d9b6-x2x4z=6", "shop/web-1=1"), after);
        forecaster.observe(hour(1, "shop/web-1=1"), snapshot(125, "shop/web-1@small", "crm/db-0@big"));
        assertThat(firstHour(Scope.NODE_POOL, "big")).isCloseTo(6, withinPercentage(0.6));
        assertThat(firstHour(Scope.NODE_POOL, "small")).isCloseTo(1, withinPercentage(0.6));
    }

    @Test
    void namespacesAndPoolsThatAreGoneAreForgottenAndNewOnesBegin() {
        forecaster.observe(hour(0, "shop/web-0=1"), snapshot(70, "shop/web-0@big"));
        forecaster.observe(hour(1, "crm/db-0=2"), snapshot(130, "crm/db-0@small"));
        assertThat(forecaster.outlooks(Scope.NAMESPACE, "shop")).isEmpty();
        assertThat(forecaster.outlooks(Scope.NODE_POOL, "big")).isEmpty();
        assertThat(firstHour(Scope.NAMESPACE, "crm")).isCloseTo(2, withinPercentage(0.6));
        assertThat(firstHour(Scope.NODE_POOL, "small")).isCloseTo(2, withinPercentage(0.6));
    }

    /** As at night: its workloads are there, without a pod. */
    @Test
    void whereNoPodRunsNothingIsUsed() {
        ClusterSnapshot day = snapshot(59, "shop/web-0@big", "crm/db-0@big");
        forecaster.observe(batch(0, 12, "shop/web-0=3", "crm/db-0=2"), day);
        for (int minute = 60; minute < 130; minute += 5) {
            ClusterSnapshot night = snapshot(minute, "crm/db-0@big");
            forecaster.observe(
                    batch(minute * 60L, 1, "crm/db-0=2"),
                    new ClusterSnapshot(night.at(), day.workloads(), night.pods(), night.nodes(), List.of()));
        }
        double[] means = series(Scope.NAMESPACE, "shop").means();
        assertThat(means[means.length - 1]).isZero();
        assertThat(series(Scope.NAMESPACE, "crm").means()[1]).isCloseTo(2, withinPercentage(0.6));
    }

    /** Twenty workloads that are high each at another time of day, seed 5. */
    @Test
    void theSumNeedsLessThanItsMembersAddUpTo() {
        Random random = new Random(5);
        String[] pods = IntStream.range(0, 20)
                .mapToObj(i -> "shop/w%d-0@%s".formatted(i, i < 10 ? "big" : "small"))
                .toArray(String[]::new);
        for (int hour = 0; hour < 72; hour++) {
            double angle = Math.PI * hour / 12;
            String[] samples = IntStream.range(0, 20)
                    .mapToObj(i -> "shop/w%d-0=%f"
                            .formatted(i, 2 + Math.sin(angle + Math.PI * i / 10) + 0.1 * random.nextDouble()))
                    .toArray(String[]::new);
            forecaster.observe(batch(3600L * hour, 12, samples), snapshot(60 * hour + 59, pods));
        }
        DemandOutlook.Pooling pooling = forecaster
                .outlooks(Scope.NAMESPACE, "shop")
                .getFirst()
                .pooling()
                .orElseThrow();
        assertThat(pooling.members()).isEqualTo(20);
        assertThat(pooling.p95())
                .extracting(joint -> joint.horizon().toMinutes())
                .containsExactly(5L, 60L, 360L, 1440L, 10080L);
        DemandOutlook.Joint day = pooling.p95().get(3);
        assertThat(day.membersMaximum()).isCloseTo(membersMaximum(20), within(1e-9));
        assertThat(day.maximum()).isBetween(40.0, 0.85 * day.membersMaximum());
        DemandOutlook.Pooling big =
                forecaster.outlooks(Scope.NODE_POOL, "big").getFirst().pooling().orElseThrow();
        assertThat(big.members()).isEqualTo(10);
        assertThat(big.p95().get(3).membersMaximum()).isCloseTo(membersMaximum(10), within(1e-9));
    }

    private double membersMaximum(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> workload("shop", "w" + i).id())
                .map(id -> forecaster.series(new OutlookForecaster.Subject(id, "app", Resource.CPU)))
                .mapToDouble(series ->
                        series.orElseThrow().forecast(Duration.ofDays(1)).maximum(Level.P95))
                .sum();
    }

    /** After it one pod tells at once; what the other told of before still counts for five minutes. */
    @Test
    void aRestartGoesOnWithTheSums() {
        ClusterSnapshot snapshot = snapshot(66, "shop/web-0@big", "shop/api-0@big");
        forecaster.observe(hour(0, "shop/web-0=1", "shop/api-0=2"), snapshot);
        StateWriter writer = new StateWriter();
        forecaster.saveFurther(writer);
        OutlookForecaster restarted = new OutlookForecaster(new HistogramForecaster());
        restarted.restoreFurther(new StateReader(writer.toBytes()));
        OutlookForecaster forgetful = new OutlookForecaster(new HistogramForecaster());
        for (OutlookForecaster one : List.of(forecaster, restarted, forgetful)) {
            one.observe(batch(3960, 1, "shop/web-0=1"), snapshot(69, "shop/web-0@big", "shop/api-0@big"));
            one.observe(
                    batch(7200, 1, "shop/web-0=1", "shop/api-0=2"), snapshot(121, "shop/web-0@big", "shop/api-0@big"));
        }
        assertThat(hours(restarted)).hasSize(2).containsExactly(hours(forecaster));
        assertThat(hours(restarted)[1]).isCloseTo(3, withinPercentage(0.6));
        assertThat(hours(forgetful)[0]).isCloseTo(1, withinPercentage(0.6));
    }

    private static double[] hours(OutlookForecaster forecaster) {
        return forecaster.outlooks(Scope.NAMESPACE, "shop").getFirst().series().means();
    }

    private double firstHour(Scope scope, String name) {
        return series(scope, name).means()[0];
    }

    private SeriesOutlook series(Scope scope, String name) {
        return forecaster.outlooks(scope, name).getFirst().series();
    }

    private static UsageBatch hour(int hour, String... samples) {
        return batch(hour * 3600, 14, samples);
    }

    /** One sample in five minutes of each pod, as {@code namespace/pod=cores}. */
    private static UsageBatch batch(long fromSecond, int count, String... samples) {
        List<UsageSeries> series = new ArrayList<>();
        for (String sample : samples) {
            String[] parts = sample.split("[/=]");
            series.add(new UsageSeries(
                    new ContainerId(new PodId(parts[0], parts[1]), "app"),
                    Resource.CPU,
                    IntStream.range(0, count)
                            .mapToLong(i -> START.getEpochSecond() + fromSecond + i * 300L)
                            .toArray(),
                    IntStream.range(0, count)
                            .mapToDouble(_ -> Double.parseDouble(parts[2]))
                            .toArray()));
        }
        return new UsageBatch(series, List.of(), List.of());
    }

    /** Pods as {@code namespace/pod@pool}; a workload is what comes before the first dash. */
    private static ClusterSnapshot snapshot(int minute, String... pods) {
        List<Pod> found = Stream.of(pods)
                .map(pod -> pod.split("[/@]"))
                .map(parts -> new Pod(
                        new PodId(parts[0], parts[1]),
                        Optional.of(workload(parts[0], parts[1].split("-")[0]).id()),
                        Optional.of("node-" + parts[2]),
                        PodPhase.RUNNING,
                        List.of(APP),
                        Map.of(),
                        Map.of(),
                        START,
                        Optional.of(START),
                        Optional.of(START),
                        Optional.empty()))
                .toList();
        return new ClusterSnapshot(
                START.plus(Duration.ofMinutes(minute)),
                found.stream()
                        .map(pod -> workload(
                                pod.id().namespace(), pod.owner().orElseThrow().name()))
                        .distinct()
                        .toList(),
                found,
                Stream.of(pods).map(pod -> node(pod.split("@")[1])).distinct().toList(),
                List.of());
    }

    private static Workload workload(String namespace, String name) {
        return new Workload(new WorkloadId(namespace, "Deployment", name), 1, List.of(APP), Map.of(), Map.of(), START);
    }

    private static Node node(String pool) {
        return new Node(
                "node-" + pool,
                "m5.large",
                "eu",
                "eu-1",
                CapacityType.ON_DEMAND,
                Resources.ZERO,
                Resources.ZERO,
                110,
                true,
                true,
                Map.of(),
                START,
                pool,
                List.of(),
                Map.of());
    }
}
