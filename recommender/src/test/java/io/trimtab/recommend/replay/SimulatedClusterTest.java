package io.trimtab.recommend.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.trimtab.cost.units.Money;
import io.trimtab.cost.units.Resources;
import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.model.CapacityType;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.Node;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.UsageBatch;
import io.trimtab.ingest.model.UsageQuery;
import io.trimtab.ingest.model.UsageSeries;
import io.trimtab.ingest.model.Workload;
import io.trimtab.recommend.Impact;
import io.trimtab.recommend.Outcome;
import io.trimtab.recommend.PodReason;
import io.trimtab.recommend.Recommendation.Scale;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Laws of the simulation and the shape of each of the twelve kinds, over a week of 48 workloads on 20 nodes. */
class SimulatedClusterTest {
    private static final SimulatedClusterSpec SPEC = SimulatedClusterSpec.sized(48, 20);
    private static final Instant WEEK = SPEC.start().plus(Duration.ofDays(7));
    private static final Impact NO_IMPACT = new Impact(Money.zero(Money.USD), Money.zero(Money.USD));

    private static SimulatedCluster cluster;
    private static ClusterSnapshot snapshot;
    private static UsageBatch week;

    @BeforeAll
    static void simulate() throws IngestException {
        cluster = after(SPEC, WEEK);
        snapshot = cluster.snapshot(WEEK);
        week = read(cluster, SPEC.start(), WEEK);
    }

    @Test
    void theSameSeedIsTheSameCluster() throws IngestException {
        SimulatedCluster again = after(SPEC, WEEK);
        assertThat(again.snapshot(WEEK)).isEqualTo(snapshot);
        assertThat(again.report()).isEqualTo(cluster.report());
        assertThat(read(again, SPEC.start(), WEEK)).isEqualTo(week);
        assertThat(after(SPEC.withSeed(2), WEEK).report()).isNotEqualTo(cluster.report());
    }

    @Test
    void itDoesNotMatterInHowManyStepsTimeIsMoved() {
        SimulatedCluster hourly = new SimulatedCluster(SPEC, Prices::perHour);
        for (int hour = 1; hour <= 7 * 24; hour++) hourly.advanceTo(SPEC.start().plus(Duration.ofHours(hour)));
        assertThat(hourly.report()).isEqualTo(cluster.report());
    }

    @Test
    void theDemandStaysTheSameWhateverIsDone() throws IngestException {
        SimulatedClusterSpec spec = SimulatedClusterSpec.sized(24, 12);
        Instant end = spec.start().plus(Duration.ofDays(2));
        SimulatedCluster left = after(spec, end);
        SimulatedCluster changed = new SimulatedCluster(spec, Prices::perHour);
        changed.advanceTo(spec.start().plus(Duration.ofHours(1)));
        Workload web = changed.snapshot(changed.clock().instant()).workloads().stream()
                .filter(workload -> kind(workload).equals("web") && workload.replicas() > 1)
                .findFirst()
                .orElseThrow();
        assertThat(changed.apply(new Scale(
                        web.id(), web.replicas(), web.replicas() + 2, NO_IMPACT, List.of(new PodReason.NoSamples()))))
                .isInstanceOf(Outcome.Applied.class);
        changed.advanceTo(end);
        double before = left.report().requestsServed() + left.report().lateRequests();
        double after = changed.report().requestsServed() + changed.report().lateRequests();
        assertThat(after).isCloseTo(before, within(before * 1e-6 + 10));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noNodeHoldsMoreThanItHas(long seed) throws IngestException {
        SimulatedClusterSpec spec = SimulatedClusterSpec.sized(30, 12).withSeed(seed);
        SimulatedCluster moving = new SimulatedCluster(spec, Prices::perHour);
        for (int hour = 5; hour <= 96; hour += 7) {
            Instant at = spec.start().plus(Duration.ofHours(hour));
            moving.advanceTo(at);
            ClusterSnapshot seen = moving.snapshot(at);
            Map<String, Resources> held = new HashMap<>();
            for (Pod pod : seen.pods())
                if (pod.occupiesNode()) held.merge(pod.node().orElseThrow(), pod.requested(), Resources::plus);
            for (Node node : seen.nodes()) {
                Resources sum = held.getOrDefault(node.name(), Resources.ZERO);
                assertThat(sum.cpu().value())
                        .isLessThanOrEqualTo(node.allocatable().cpu().value());
                assertThat(sum.memory().value())
                        .isLessThanOrEqualTo(node.allocatable().memory().value());
                assertThat(sum.gpu().value())
                        .isLessThanOrEqualTo(node.allocatable().gpu().value());
            }
            assertThat(seen.nodes().stream().map(Node::name)).containsAll(held.keySet());
        }
    }

    @Test
    void theBillIsTheSumOfItsNodes() {
        SimulationReport report = cluster.report();
        long sum =
                report.nodes().stream().mapToLong(node -> node.cost().micros()).sum();
        assertThat(report.cost().micros()).isEqualTo(sum).isPositive();
        for (SimulationReport.NodeHours node : report.nodes()) {
            double micros = node.running().toSeconds() / 3600.0 * node.perHour().micros();
            assertThat((double) node.cost().micros()).isBetween(micros - 0.001, micros + 1);
        }
    }

    @Test
    void thereAreSpotAndGpuNodesAndTheProviderTakesSpotBack() {
        assertThat(snapshot.nodes()).anyMatch(node -> node.capacityType() == CapacityType.SPOT);
        assertThat(snapshot.nodes()).anyMatch(node -> node.allocatable().gpu().value() > 0);
        assertThat(cluster.report().spotReclaims()).isPositive();
        assertThat(cluster.report().pendingPodSeconds()).isPositive();
        assertThat(cluster.report().requestsServed()).isGreaterThan(1_000_000);
        assertThat(cluster.report().lateShare()).isBetween(0.0, 0.2);
    }

    @Test
    void everyKindIsThere() {
        Set<String> kinds = new HashSet<>();
        snapshot.workloads().forEach(workload -> kinds.add(kind(workload)));
        assertThat(kinds).hasSize(12);
    }

    @ParameterizedTest
    @ValueSource(strings = {"web", "jvm-service", "gpu-inference"})
    void servicesFollowTheDayAndTheWeek(String kind) {
        TreeMap<Long, Double> cpu = total(kind, Resource.CPU);
        assertThat(mean(cpu, at -> isWeekend(at))).isLessThan(0.95 * mean(cpu, at -> !isWeekend(at)));
        assertThat(mean(cpu, at -> !isWeekend(at) && hour(at) < 5))
                .isLessThan(0.8 * mean(cpu, at -> !isWeekend(at) && hour(at) >= 12 && hour(at) < 20));
    }

    @Test
    void aBurstyServicePeaksFarAboveItsMedian() {
        double[] sorted = total("bursty-api", Resource.CPU).values().stream()
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        assertThat(sorted[sorted.length - 1]).isGreaterThan(2.5 * sorted[sorted.length / 2]);
    }

    /** Training rests on the weekend. */
    @ParameterizedTest
    @CsvSource({"batch, 7", "gpu-training, 5"})
    void dailyJobsRunOnceADayAndEnd(String kind, int runDays) {
        TreeMap<Long, Double> cpu = total(kind, Resource.CPU);
        double busy = cpu.size() / (7 * 24 * 12.0);
        assertThat(busy).isBetween(0.02, 0.9);
        Set<Long> days = new HashSet<>();
        cpu.keySet().forEach(at -> days.add(Math.floorDiv(at, 86_400L)));
        assertThat(days).hasSize(runDays);
    }

    @Test
    void cronJobsRunManyTimesADay() {
        Set<String> runs = new HashSet<>();
        for (UsageSeries series : of("cron", Resource.CPU))
            runs.add(series.container().pod().name());
        assertThat(runs).hasSizeGreaterThan(7 * 20);
    }

    @Test
    void queuesAreFilledOnTheHour() {
        TreeMap<Long, Double> cpu = total("queue-worker", Resource.CPU);
        assertThat(mean(cpu, at -> Math.floorMod(at, 3600L) > 0 && Math.floorMod(at, 3600L) <= 600))
                .isGreaterThan(1.3 * mean(cpu, at -> Math.floorMod(at, 3600L) >= 1200));
    }

    @Test
    void aLeakGrowsUntilTheKernelEndsIt() {
        Set<String> leaking = new HashSet<>();
        of("leaking-service", Resource.MEMORY)
                .forEach(series -> leaking.add(series.container().toString()));
        assertThat(week.kills())
                .anyMatch(kill -> leaking.contains(kill.container().toString()));
        for (UsageSeries series : of("leaking-service", Resource.MEMORY)) {
            if (series.size() < 100) continue;
            int rises = 0;
            for (int i = 12; i < series.size(); i++) if (series.amounts()[i] > series.amounts()[i - 12]) rises++;
            assertThat(rises)
                    .as("%s rises hour by hour", series.container())
                    .isGreaterThan((series.size() - 12) * 6 / 10);
        }
    }

    @Test
    void aHeapStandsWhereTheHighestLoadPushedIt() {
        for (UsageSeries series : of("jvm-service", Resource.MEMORY)) {
            if (series.size() < 24 * 12) continue;
            double most = 0;
            for (double amount : series.amounts()) most = Math.max(most, amount);
            double last = series.amounts()[series.size() - 1];
            assertThat(last).as(series.container().toString()).isGreaterThan(0.75 * most);
        }
    }

    @Test
    void aStoreFillsItsCache() {
        assertThat(of("stateful-store", Resource.MEMORY)).isNotEmpty().anySatisfy(series -> {
            assertThat(series.size()).isGreaterThan(24 * 12);
            assertThat(series.amounts()[series.size() - 1]).isGreaterThan(1.5 * series.amounts()[0]);
        });
    }

    @Test
    void aDaemonRunsOnceOnEachNode() {
        Map<String, Set<String>> nodesByDaemon = new HashMap<>();
        int pods = 0;
        for (Pod pod : snapshot.pods()) {
            if (!pod.isDaemon() || pod.node().isEmpty()) continue;
            pods++;
            nodesByDaemon
                    .computeIfAbsent(pod.owner().orElseThrow().toString(), key -> new HashSet<>())
                    .add(pod.node().orElseThrow());
        }
        assertThat(nodesByDaemon).isNotEmpty();
        assertThat(nodesByDaemon.values().stream().mapToInt(Set::size).sum()).isEqualTo(pods);
        assertThat(nodesByDaemon.values())
                .allMatch(nodes -> nodes.size() >= snapshot.nodes().size() - 3);
    }

    @Test
    void developmentSleepsAtNightAndOnWeekends() {
        TreeMap<Long, Double> cpu = total("development", Resource.CPU);
        double working = mean(cpu, at -> !isWeekend(at) && hour(at) >= 9 && hour(at) < 17);
        assertThat(mean(cpu, SimulatedClusterTest::isWeekend)).isLessThan(0.2 * working);
        assertThat(mean(cpu, at -> hour(at) >= 19 || hour(at) < 7)).isLessThan(0.2 * working);
    }

    @Test
    void gpuWorkloadsAskForAGpu() {
        assertThat(snapshot.workloads())
                .filteredOn(workload -> kind(workload).startsWith("gpu-"))
                .isNotEmpty()
                .allMatch(workload -> workload.requestedPerPod().gpu().value() > 0);
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cluster.advanceTo(SPEC.start()))
                .withMessageContaining("must not be before");
        assertThatThrownBy(() -> cluster.snapshot(WEEK.plusSeconds(1)))
                .isInstanceOf(IngestException.class)
                .hasMessageContaining("advance it first");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SimulatedClusterSpec.sized(0, 1))
                .withMessageContaining("workloads (0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SimulatedClusterSpec.sized(1, 2_001))
                .withMessageContaining("nodes (2001)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SPEC.withStep(Duration.ofMinutes(16)))
                .withMessageContaining("step");
    }

    private static SimulatedCluster after(SimulatedClusterSpec spec, Instant moment) {
        SimulatedCluster made = new SimulatedCluster(spec, Prices::perHour);
        made.advanceTo(moment);
        return made;
    }

    private static UsageBatch read(SimulatedCluster from, Instant start, Instant end) {
        return from.read(new UsageQuery(new UsageQuery.Scope.Cluster(), start, end, SPEC.step()));
    }

    private static String kind(Workload workload) {
        return workload.labels().getOrDefault(Snapshots.KIND_LABEL, "");
    }

    /** Series of the pods, past ones too, of every workload of a kind. */
    private static List<UsageSeries> of(String kind, Resource resource) {
        return snapshot.workloads().stream()
                .filter(workload -> kind(workload).equals(kind))
                .flatMap(workload -> cluster
                        .read(new UsageQuery(
                                new UsageQuery.Scope.OneWorkload(workload.id()), SPEC.start(), WEEK, SPEC.step()))
                        .series()
                        .stream())
                .filter(series -> series.resource() == resource)
                .toList();
    }

    private static TreeMap<Long, Double> total(String kind, Resource resource) {
        TreeMap<Long, Double> total = new TreeMap<>();
        for (UsageSeries series : of(kind, resource)) {
            for (int i = 0; i < series.size(); i++)
                total.merge(series.atSeconds()[i], series.amounts()[i], Double::sum);
        }
        assertThat(total).as(kind).isNotEmpty();
        return total;
    }

    private static double mean(TreeMap<Long, Double> total, LongPredicate when) {
        return total.entrySet().stream()
                .filter(entry -> when.test(entry.getKey()))
                .mapToDouble(Map.Entry::getValue)
                .average()
                .orElseThrow();
    }

    private static boolean isWeekend(long at) {
        DayOfWeek day = Instant.ofEpochSecond(at).atZone(ZoneOffset.UTC).getDayOfWeek();
        return day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY;
    }

    private static double hour(long at) {
        return Math.floorMod(at, 86_400L) / 3600.0;
    }
}
