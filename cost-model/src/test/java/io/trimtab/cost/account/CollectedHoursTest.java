package io.trimtab.cost.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trimtab.cost.account.Observation.Use;
import io.trimtab.cost.allocation.Allocation;
import io.trimtab.cost.allocation.AllocationRequest;
import io.trimtab.cost.allocation.AllocationRequest.ComponentRatio;
import io.trimtab.cost.allocation.AllocationRequest.Span;
import io.trimtab.cost.allocation.Allocator;
import io.trimtab.cost.tariff.Commitment;
import io.trimtab.cost.tariff.MachineSelector;
import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Resources;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Laws over random clusters, in which pods come and go, ask for more than there is and use more than they asked for. */
class CollectedHoursTest {
    private static final Instant START = Instant.parse("2026-11-01T10:00:00Z");
    private static final int MINUTES = 120;
    private static final int EVERY = 5;
    /** Memory is counted in KiB. */
    private static final BigDecimal ROUNDING = new BigDecimal("1e-6");

    private static final BigDecimal GIB = BigDecimal.valueOf(1L << 30);

    /** A hundred clusters each; that all sums are exact is checked by each hour itself. */
    @ParameterizedTest(name = "from seed {0}")
    @ValueSource(longs = {0, 100, 200})
    void anHourIsWhatTheAllocatorSays(long from) {
        for (long seed = from; seed < from + 100; seed++) {
            Cluster cluster = new Cluster(seed);
            List<ClosedHour> hours = collect(new HourCollector(ComponentRatio.DEFAULT, LIMITS), cluster, 0);
            // None for an hour before the first node.
            assertThat(hours).hasSizeBetween(1, 2);
            for (ClosedHour hour : hours) {
                Allocation expected = Allocator.allocate(cluster.request(hour.start()));
                Map<String, BigDecimal> paid = new TreeMap<>();
                hour.pods()
                        .forEach(row -> paid.merge(row.pod().name(), row.costs().total(), BigDecimal::add));
                for (Allocation.Row row : expected.rows())
                    assertThat(paid.getOrDefault(row.key().replace("shop/", ""), BigDecimal.ZERO))
                            .as("seed %d, %s", seed, row.key())
                            .isCloseTo(row.totalCost(), within(ROUNDING));
                assertThat(hour.bill()).isCloseTo(expected.bill(), within(ROUNDING));
                assertThat(hour.nodes())
                        .allSatisfy(
                                node -> assertThat(node.idle().total().signum()).isNotNegative());
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1001, 1002, 1003, 1004, 1005})
    void theOrderOfTheInputDoesNotMatter(long seed) {
        Cluster cluster = new Cluster(seed);
        HourCollector shuffled = new HourCollector(ComponentRatio.DEFAULT, LIMITS, COMMITMENTS);
        List<ClosedHour> hours = new ArrayList<>();
        Random random = new Random(seed);
        for (int minute = 0; minute <= MINUTES; minute += EVERY) {
            Observation seen = cluster.at(minute);
            List<Observation.Pod> pods = new ArrayList<>(seen.pods());
            List<Observation.Node> nodes = new ArrayList<>(seen.nodes());
            Collections.shuffle(pods, random);
            Collections.shuffle(nodes, random);
            hours.addAll(shuffled.observe(new Observation(seen.at(), nodes, pods, false)));
        }
        assertThat(sorted(hours))
                .isEqualTo(sorted(collect(new HourCollector(ComponentRatio.DEFAULT, LIMITS, COMMITMENTS), cluster, 0)));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1101, 1102, 1103})
    void oneThatGoesOnSaysWhatOneWithoutAnEndSays(long seed) {
        Cluster cluster = new Cluster(seed);
        List<ClosedHour> hours = new ArrayList<>();
        HourCollector collector = new HourCollector(ComponentRatio.DEFAULT, LIMITS, COMMITMENTS);
        for (int minute = 0; minute <= MINUTES; minute += EVERY) {
            hours.addAll(collector.observe(cluster.at(minute)));
            CollectedHour kept = collector.collected().orElseThrow();
            collector = new HourCollector(ComponentRatio.DEFAULT, LIMITS, COMMITMENTS);
            collector.resume(kept);
        }
        assertThat(hours)
                .isEqualTo(collect(new HourCollector(ComponentRatio.DEFAULT, LIMITS, COMMITMENTS), cluster, 0));
    }

    /** One that is used up, and two that are not. */
    private static final List<Commitment> COMMITMENTS = List.of(
            new Commitment(
                    "one",
                    MachineSelector.ALL,
                    new Commitment.Coverage.Cores(new BigDecimal("0.7")),
                    new BigDecimal("0.0123")),
            new Commitment(
                    "many", MachineSelector.ALL, new Commitment.Coverage.Machines(BigDecimal.TEN), BigDecimal.ONE),
            new Commitment("plan", MachineSelector.ALL, new Commitment.Coverage.Worth(BigDecimal.TWO), BigDecimal.TWO));

    private static final HourCollector.Limits LIMITS =
            new HourCollector.Limits(Duration.ofMinutes(EVERY), Duration.ofHours(3));

    private static List<ClosedHour> collect(HourCollector collector, Cluster cluster, int from) {
        List<ClosedHour> hours = new ArrayList<>();
        for (int minute = from; minute <= MINUTES; minute += EVERY) hours.addAll(collector.observe(cluster.at(minute)));
        return hours;
    }

    private static List<ClosedHour> sorted(List<ClosedHour> hours) {
        return hours.stream()
                .map(hour -> new ClosedHour(
                        hour.start(),
                        hour.pods().stream()
                                .sorted(Comparator.comparing(row -> row.pod().name()))
                                .toList(),
                        hour.nodes().stream()
                                .sorted(Comparator.comparing(row -> row.node().name()))
                                .toList()))
                .toList();
    }

    /** What there is for two hours; the use of a pod changes with each observation. */
    private static final class Cluster {
        private final long seed;
        private final List<Observation.Node> nodes = new ArrayList<>();
        private final List<Observation.Pod> pods = new ArrayList<>();

        Cluster(long seed) {
            this.seed = seed;
            Random random = new Random(seed);
            int count = 1 + random.nextInt(3);
            for (int n = 0; n < count; n++)
                nodes.add(new Observation.Node(
                        new NodeHour.Node("n" + n, "m5.large", "r", "z", "spot", ""),
                        new Resources(
                                new MilliCores(1000L * (1 + random.nextInt(8))),
                                new Bytes((1L + random.nextInt(32)) << 30),
                                new GpuMilli(1000L * random.nextInt(2))),
                        minute(random.nextInt(200) - 100),
                        BigDecimal.valueOf(random.nextInt(5000), 3),
                        PriceOrigin.LISTED));
            int most = random.nextInt(12);
            for (int p = 0; p < most; p++) {
                int start = random.nextInt(160) - 60;
                pods.add(new Observation.Pod(
                        new PodHour.Pod("shop", "", "", "p" + p, "u" + p, Map.of()),
                        "n" + random.nextInt(count),
                        minute(start).plusSeconds(random.nextInt(60)),
                        minute(start + 7 + random.nextInt(90)).plusMillis(random.nextInt(60_000)),
                        new Resources(
                                new MilliCores(random.nextInt(3000)),
                                new Bytes(((long) random.nextInt(16_000)) << 20),
                                new GpuMilli(random.nextInt(6) == 0 ? 1000 : 0)),
                        Use.NONE));
            }
        }

        Observation at(int minute) {
            Instant now = minute(minute);
            return new Observation(
                    now,
                    nodes.stream()
                            .filter(node -> !node.createdAt().isAfter(now))
                            .toList(),
                    pods.stream()
                            .filter(pod -> !pod.startedAt().isAfter(now)
                                    && pod.endsAt().isAfter(now))
                            .map(pod -> new Observation.Pod(
                                    pod.id(),
                                    pod.node(),
                                    pod.startedAt(),
                                    pod.endsAt(),
                                    pod.requested(),
                                    use(pod, minute)))
                            .toList(),
                    false);
        }

        private Use use(Observation.Pod pod, int minute) {
            Random random = new Random(seed * 31 + pod.id().name().hashCode() * 7919L + minute);
            return new Use(random.nextInt(3_000_000) / 1e6, 1024.0 * random.nextInt(8_000_000));
        }

        AllocationRequest request(Instant hour) {
            Span window = new Span(hour, hour.plus(Duration.ofHours(1)));
            return new AllocationRequest(
                    window,
                    nodes.stream()
                            .map(node -> new AllocationRequest.Node(
                                    node.id().name(),
                                    new Span(node.createdAt(), minute(MINUTES * 2)),
                                    node.capacity().cpu().cores(),
                                    gib(node.capacity().memory().amount()),
                                    node.capacity().gpu().gpus(),
                                    1,
                                    node.pricePerHour(),
                                    List.of(),
                                    Optional.empty()))
                            .toList(),
                    pods.stream().map(this::pod).toList(),
                    List.of(),
                    List.of(),
                    List.of(),
                    Map.of(),
                    ComponentRatio.DEFAULT,
                    List.of(new AllocationRequest.Grouping.ByPod()),
                    AllocationRequest.IdleSharing.APART,
                    new AllocationRequest.Sharing(Set.of(), false, BigDecimal.ZERO));
        }

        /** What is seen at a moment holds since the one before. */
        private AllocationRequest.Pod pod(Observation.Pod pod) {
            List<AllocationRequest.Usage> usage = new ArrayList<>();
            Use last = Use.NONE;
            for (int minute = EVERY; minute <= MINUTES; minute += EVERY) {
                boolean there =
                        !pod.startedAt().isAfter(minute(minute)) && pod.endsAt().isAfter(minute(minute));
                if (there) last = use(pod, minute);
                else if (minute == EVERY) last = use(pod, 0);
                usage.add(new AllocationRequest.Usage(
                        minute(minute - EVERY),
                        BigDecimal.valueOf(last.cores()),
                        gib(BigDecimal.valueOf(last.bytes()))));
            }
            return new AllocationRequest.Pod(
                    "shop",
                    pod.id().name(),
                    Optional.of(pod.node()),
                    Optional.empty(),
                    Map.of(),
                    new Span(pod.startedAt(), pod.endsAt()),
                    new AllocationRequest.Amount(
                            pod.requested().cpu().cores(),
                            gib(pod.requested().memory().amount()),
                            pod.requested().gpu().gpus()),
                    usage,
                    List.of());
        }

        private static BigDecimal gib(BigDecimal bytes) {
            return bytes.divide(GIB, MathContext.DECIMAL128);
        }

        private static Instant minute(int minute) {
            return START.plus(Duration.ofMinutes(minute));
        }
    }
}
