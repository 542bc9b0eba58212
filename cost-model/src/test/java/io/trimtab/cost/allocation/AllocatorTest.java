package io.trimtab.cost.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.cost.allocation.AllocationRequest.Amount;
import io.trimtab.cost.allocation.AllocationRequest.ComponentRatio;
import io.trimtab.cost.allocation.AllocationRequest.Grouping;
import io.trimtab.cost.allocation.AllocationRequest.IdleSharing;
import io.trimtab.cost.allocation.AllocationRequest.LoadBalancer;
import io.trimtab.cost.allocation.AllocationRequest.Node;
import io.trimtab.cost.allocation.AllocationRequest.Pod;
import io.trimtab.cost.allocation.AllocationRequest.Sharing;
import io.trimtab.cost.allocation.AllocationRequest.Span;
import io.trimtab.cost.allocation.AllocationRequest.Traffic;
import io.trimtab.cost.allocation.AllocationRequest.TrafficClass;
import io.trimtab.cost.allocation.AllocationRequest.Usage;
import io.trimtab.cost.allocation.AllocationRequest.Volume;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The price of the node is 1.00 an hour for 2 cores and 8 GiB at a ratio of 3:0.5, so a core costs 0.30 and a GiB 0.05 an hour. */
class AllocatorTest {
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final Span DAY = new Span(START, START.plus(Duration.ofHours(24)));
    private static final ComponentRatio RATIO = new ComponentRatio(dec("3"), dec("0.5"), dec("20"));

    @Test
    void chargesTheLargerOfRequestAndUsageAtEachMoment() {
        // Request 0.5 core all day; from 12 h on it uses 1 core: 12 x 0.5 + 12 x 1 = 18 core hours x 0.30 = 5.40; 1 GiB
        // x 24 h x 0.05 = 1.20.
        Pod pod = pod("a", "p", "0.5", "1", new Usage(START.plus(Duration.ofHours(12)), dec("1"), dec("0.5")));
        Allocation answer = allocate(List.of(node("n")), List.of(pod));
        Allocation.Row row = answer.rows().getFirst();
        assertThat(row.cpuCost()).isEqualByComparingTo("5.4");
        assertThat(row.memoryCost()).isEqualByComparingTo("1.2");
        assertThat(row.cpuCoreHours()).isEqualByComparingTo("18");
        // 48 - 18 core hours and 192 - 24 GiB hours are idle.
        assertThat(answer.idle().cpuCost()).isEqualByComparingTo("9");
        assertThat(answer.idle().memoryCost()).isEqualByComparingTo("8.4");
        assertThat(answer.bill()).isEqualByComparingTo("24");
    }

    @Test
    void aPodThatRunsOutsideOfTheWindowChangesNothing() {
        Pod inside = pod("a", "p", "0.5", "1");
        Span later = new Span(DAY.end().plusSeconds(60), DAY.end().plusSeconds(3600));
        Span earlier = new Span(START.minusSeconds(3600), START.minusSeconds(60));
        for (Span span : List.of(later, earlier)) {
            Pod outside = lasting(pod("b", "q", "0.5", "1"), span, List.of());
            Allocation answer = allocate(List.of(node("n")), List.of(inside, outside));
            assertThat(answer.bill()).isEqualByComparingTo("24");
            assertThat(answer.rows().get(0).totalCost()).isEqualByComparingTo("4.8");
            assertThat(answer.rows().get(1).totalCost()).isZero();
            assertThat(answer.idle().totalCost()).isEqualByComparingTo("19.2");
        }
    }

    @Test
    void scalesDownWhatExceedsTheNode() {
        // 3 and 1 cores asked of 2: three quarters and one quarter of 2 cores x 24 h x 0.30 = 14.40.
        Allocation answer = allocate(List.of(node("n")), List.of(pod("a", "p", "3", "1"), pod("b", "q", "1", "1")));
        assertThat(answer.rows().get(0).cpuCost()).isEqualByComparingTo("10.8");
        assertThat(answer.rows().get(1).cpuCost()).isEqualByComparingTo("3.6");
        assertThat(answer.idle().cpuCost()).isZero();
        assertThat(answer.reasons()).contains(new AllocationReason.Overcommitted("n"));
    }

    @Test
    void sharesGpusByTheirReplicas() {
        // 2 devices advertised as 8; a pod with 2 of them has half a device of the two.
        Node gpu = new Node("g", DAY, dec("2"), dec("8"), dec("2"), 4, dec("5"), List.of(), Optional.empty());
        Pod pod = new Pod(
                "a",
                "p",
                Optional.of("g"),
                Optional.empty(),
                Map.of(),
                DAY,
                new Amount(dec("0"), dec("0"), dec("2")),
                List.of(),
                List.of());
        Allocation answer = allocate(List.of(gpu), List.of(pod));
        // Weight: 2 x 3 + 8 x 0.5 + 2 x 20 = 50; GPUs are 40 of 50 of 5.00 = 4.00 an hour, a device 2.00: 0.5 x 2.00 x
        // 24 = 24.
        assertThat(answer.rows().getFirst().gpuCost()).isEqualByComparingTo("24");
        assertThat(answer.idle().gpuCost()).isEqualByComparingTo("72");
    }

    @Test
    void chargesVolumesBalancersAndTraffic() {
        Span half = new Span(START, START.plus(Duration.ofHours(12)));
        Pod whole = mounting(pod("a", "p", "0", "0"), DAY);
        Pod halfDay = mounting(pod("b", "q", "0", "0"), half);
        AllocationRequest request = new AllocationRequest(
                DAY,
                List.of(node("n")),
                List.of(whole, halfDay),
                List.of(new Volume("v", dec("10"), dec("0.01")), new Volume("unused", dec("1"), dec("0.1"))),
                List.of(new LoadBalancer("lb", dec("0.03"), List.of("a/p", "b/q"))),
                List.of(new Traffic("a/p", TrafficClass.INTERNET, dec("10"))),
                Map.of(TrafficClass.INTERNET, dec("0.12")),
                RATIO,
                List.of(new Grouping.ByNamespace()),
                IdleSharing.APART,
                Sharing.NONE);
        Allocation answer = Allocator.allocate(request);
        // 0.10 an hour: 12 h in two halves, 12 h alone.
        assertThat(answer.rows().get(0).volumeCost()).isEqualByComparingTo("1.8");
        assertThat(answer.rows().get(1).volumeCost()).isEqualByComparingTo("0.6");
        assertThat(answer.unmounted().volumeCost()).isEqualByComparingTo("2.4");
        // 0.72 by 24 and 12 pod-hours.
        assertThat(answer.rows().get(0).loadBalancerCost()).isEqualByComparingTo("0.48");
        assertThat(answer.rows().get(1).loadBalancerCost()).isEqualByComparingTo("0.24");
        assertThat(answer.rows().get(0).networkCost()).isEqualByComparingTo("1.2");
    }

    @Test
    void dividesIdleSharedNamespacesAndTheFee() {
        List<Pod> pods =
                List.of(pod("a", "p", "0.6", "0"), pod("b", "q", "0.2", "0"), pod("kube-system", "r", "0.2", "0"));
        AllocationRequest request = request(
                List.of(node("n")), pods, IdleSharing.CLUSTER, new Sharing(Set.of("kube-system"), false, dec("730")));
        Allocation answer = Allocator.allocate(request);
        assertThat(answer.rows()).extracting(Allocation.Row::key).containsExactly("a", "b");
        assertThat(answer.idle().cpuCost()).isZero();
        // CPU 14.40 whole day, of which a 0.6 of 1.0 = 8.64, b 2.88, shared 2.88; the fee is 730 / 730 x 24 = 24: by
        // 3:1.
        assertThat(answer.rows().get(0).sharedCost()).isEqualByComparingTo("20.16");
        assertThat(answer.rows().get(1).sharedCost()).isEqualByComparingTo("6.72");
        assertThat(answer.bill()).isEqualByComparingTo("48");
    }

    @Test
    void countsTheTimeOfPriceGapsAsEstimated() {
        Span gap = new Span(START.plus(Duration.ofHours(6)), START.plus(Duration.ofHours(12)));
        Node node = new Node("n", DAY, dec("2"), dec("8"), dec("0"), 1, dec("1"), List.of(gap, gap), Optional.empty());
        Allocation answer = allocate(List.of(node), List.of());
        assertThat(answer.estimatedShare()).isEqualByComparingTo("0.25");
        assertThat(answer.idle().totalCost()).isEqualByComparingTo("24");
    }

    @Test
    void nothingPricedIsAnAnswer() {
        Allocation answer = allocate(List.of(), List.of());
        assertThat(answer.bill()).isZero();
        assertThat(answer.reasons()).containsExactly(new AllocationReason.NothingPriced());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void theRowsSumToTheBillInAnyOrder(long seed) {
        Random random = new Random(seed);
        List<Node> nodes = new ArrayList<>(List.of(node("n0"), node("n1"), node("n2")));
        List<Pod> pods = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Instant from = START.plusSeconds(random.nextInt(80_000));
            Usage usage = new Usage(from.plusSeconds(random.nextInt(5_000)), part(random), part(random));
            Pod pod = pod(
                    "ns" + random.nextInt(4),
                    "p" + i,
                    part(random).toString(),
                    part(random).toString(),
                    usage);
            pods.add(new Pod(
                    pod.namespace(),
                    pod.name(),
                    Optional.of("n" + random.nextInt(3)),
                    Optional.empty(),
                    Map.of(),
                    new Span(from, from.plusSeconds(random.nextInt(40_000))),
                    pod.request(),
                    pod.usage(),
                    List.of()));
        }
        for (IdleSharing sharing : IdleSharing.values()) {
            Sharing shared = new Sharing(Set.of("ns0"), random.nextBoolean(), dec("77.7"));
            Allocation answer = Allocator.allocate(request(nodes, pods, sharing, shared));
            BigDecimal sum =
                    answer.rows().stream().map(Allocation.Row::totalCost).reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(sum.add(answer.idle().totalCost()).add(answer.unmounted().totalCost()))
                    .isEqualTo(answer.bill());
            Collections.shuffle(nodes, random);
            Collections.shuffle(pods, random);
            assertThat(Allocator.allocate(request(nodes, pods, sharing, shared)))
                    .isEqualTo(answer);
        }
    }

    private static BigDecimal part(Random random) {
        return BigDecimal.valueOf(random.nextInt(1500), 3);
    }

    private static Allocation allocate(List<Node> nodes, List<Pod> pods) {
        return Allocator.allocate(request(nodes, pods, IdleSharing.APART, Sharing.NONE));
    }

    private static AllocationRequest request(List<Node> nodes, List<Pod> pods, IdleSharing idle, Sharing sharing) {
        return new AllocationRequest(
                DAY,
                nodes,
                pods,
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                RATIO,
                List.of(new Grouping.ByNamespace()),
                idle,
                sharing);
    }

    private static Node node(String name) {
        return new Node(name, DAY, dec("2"), dec("8"), dec("0"), 1, dec("1"), List.of(), Optional.empty());
    }

    private static Pod pod(String namespace, String name, String cores, String gib, Usage... usage) {
        Amount request = new Amount(dec(cores), dec(gib), BigDecimal.ZERO);
        return new Pod(
                namespace, name, Optional.of("n"), Optional.empty(), Map.of(), DAY, request, List.of(usage), List.of());
    }

    private static Pod mounting(Pod pod, Span span) {
        return lasting(pod, span, List.of("v"));
    }

    private static Pod lasting(Pod pod, Span span, List<String> volumes) {
        return new Pod(
                pod.namespace(),
                pod.name(),
                pod.node(),
                pod.controller(),
                pod.labels(),
                span,
                pod.request(),
                pod.usage(),
                volumes);
    }

    private static BigDecimal dec(String text) {
        return new BigDecimal(text);
    }
}
