package io.trimtab.cost.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.trimtab.cost.account.Observation.Use;
import io.trimtab.cost.allocation.AllocationRequest.ComponentRatio;
import io.trimtab.cost.allocation.AllocationRequest.Span;
import io.trimtab.cost.tariff.Commitment;
import io.trimtab.cost.tariff.Commitment.Coverage;
import io.trimtab.cost.tariff.MachineSelector;
import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Resources;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The price of the node is 1.00 an hour for 2 cores and 8 GiB at a ratio of 3:0.5, so a core costs 0.30 and a GiB 0.05 an hour. */
class HourCollectorTest {
    private static final Instant START = Instant.parse("2026-11-01T10:00:00Z");
    private static final Instant NEVER = Instant.parse("2999-01-01T00:00:00Z");
    private static final ComponentRatio RATIO =
            new ComponentRatio(new BigDecimal("3"), new BigDecimal("0.5"), new BigDecimal("20"));
    private static final HourCollector.Limits LIMITS =
            new HourCollector.Limits(Duration.ofMinutes(30), Duration.ofHours(3));
    private static final Observation.Node NODE = node("n", "1");

    private final HourCollector collector = new HourCollector(RATIO, LIMITS);

    @Test
    void chargesTheLargerOfRequestAndUsage() {
        // Request 0.5 core and 1 GiB; in the second half hour it uses 1 core: 0.25 + 0.5 core-hours.
        observe(0, pod("a", 500, 1024, 0));
        observe(30, pod("a", 500, 1024, 0.25));
        ClosedHour hour = observe(60, pod("a", 500, 1024, 1)).getFirst();
        PodHour row = hour.pods().getFirst();
        assertThat(row.cpu()).isEqualTo(amounts("0.5", "0.625", "0.75"));
        assertThat(row.memory()).isEqualTo(amounts("1", "0", "1"));
        assertThat(row.costs().cpu()).isEqualByComparingTo("0.225");
        assertThat(row.costs().memory()).isEqualByComparingTo("0.05");
        assertThat(row.span()).isEqualTo(new Span(at(0), at(60)));
        NodeHour node = hour.nodes().getFirst();
        assertThat(node.bill().cpu()).isEqualByComparingTo("0.6");
        assertThat(node.idle().cpu()).isEqualByComparingTo("0.375");
        assertThat(node.idle().memory()).isEqualByComparingTo("0.35");
        assertThat(node.estimatedShare()).isZero();
    }

    @Test
    void scalesDownWhatExceedsTheNode() {
        observe(0, pod("a", 3000, 1024, 0), pod("b", 1000, 1024, 0));
        observe(30, pod("a", 3000, 1024, 0), pod("b", 1000, 1024, 0));
        ClosedHour hour =
                observe(60, pod("a", 3000, 1024, 0), pod("b", 1000, 1024, 0)).getFirst();
        assertThat(hour.pods())
                .extracting(row -> row.costs().cpu().stripTrailingZeros())
                .containsExactly(new BigDecimal("0.45"), new BigDecimal("0.15"));
        assertThat(hour.nodes().getFirst().idle().cpu()).isZero();
    }

    @Test
    void podsCountFromTheirStartToTheirEnd() {
        observe(0);
        observe(20, lasting(pod("a", 1000, 1024, 0), at(10), at(25)));
        observe(40);
        ClosedHour hour = observe(60).getFirst();
        assertThat(hour.pods()).singleElement().satisfies(row -> {
            assertThat(row.span()).isEqualTo(new Span(at(10), at(25)));
            assertThat(row.cpu().charged()).isEqualByComparingTo("0.25");
        });
    }

    @Test
    void aPodOfWhichNoEndIsKnownCountsUntilItIsSeenGone() {
        observe(0, pod("a", 1000, 1024, 0));
        observe(20);
        observe(40);
        assertThat(observe(60).getFirst().pods().getFirst().span()).isEqualTo(new Span(at(0), at(20)));
    }

    @Test
    void aNodeCountsFromItsStartUntilItIsSeenGone() {
        Observation.Node young =
                new Observation.Node(NODE.id(), NODE.capacity(), at(15), NODE.pricePerHour(), PriceOrigin.LISTED);
        collector.observe(seen(0, List.of()));
        collector.observe(seen(20, List.of(young)));
        collector.observe(seen(45, List.of()));
        NodeHour row = collector.observe(seen(60, List.of())).getFirst().nodes().getFirst();
        assertThat(row.span()).isEqualTo(new Span(at(15), at(45)));
        assertThat(row.bill().total()).isEqualByComparingTo("0.5");
        assertThat(row.idle()).isEqualTo(row.bill());
    }

    /** The source is silent for 20 of 60 minutes: what it last said is carried, and a third is marked. */
    @Test
    void aSilentSourceIsCarriedAndMarked() {
        HourCollector each =
                new HourCollector(RATIO, new HourCollector.Limits(Duration.ofMinutes(5), Duration.ofHours(3)));
        Observation.Pod pod = pod("a", 500, 1024, 1);
        List<ClosedHour> closed = new ArrayList<>();
        for (int minute = 0; minute <= 60; minute += 5) {
            if (minute > 20 && minute < 40) continue;
            closed.addAll(each.observe(new Observation(at(minute), List.of(NODE), List.of(pod), false)));
        }
        ClosedHour hour = closed.getFirst();
        assertThat(hour.bill()).isEqualByComparingTo("1");
        assertThat(hour.nodes().getFirst().estimatedShare()).isEqualByComparingTo("0.333333");
        assertThat(hour.pods().getFirst().estimatedShare()).isEqualByComparingTo("0.333333");
        assertThat(hour.pods().getFirst().cpu().used()).isEqualByComparingTo("1");
    }

    @Test
    void whatWasCarriedByItsSourceIsMarked() {
        observe(0, pod("a", 500, 1024, 0));
        collector.observe(new Observation(at(30), List.of(NODE), List.of(pod("a", 500, 1024, 0)), true));
        ClosedHour hour = observe(60, pod("a", 500, 1024, 0)).getFirst();
        assertThat(hour.pods().getFirst().estimatedShare()).isEqualByComparingTo("0.5");
    }

    @Test
    void anEstimatedPriceMarksAll() {
        Observation.Node estimated = new Observation.Node(
                NODE.id(), NODE.capacity(), NODE.createdAt(), NODE.pricePerHour(), PriceOrigin.BY_FAMILY);
        collector.observe(seen(0, List.of(estimated)));
        collector.observe(seen(30, List.of(estimated)));
        ClosedHour hour = collector.observe(seen(60, List.of(estimated))).getFirst();
        assertThat(hour.nodes().getFirst().estimatedShare()).isEqualByComparingTo("1");
    }

    @Test
    void overALongGapNothingIsCarried() {
        observe(0, pod("a", 500, 1024, 0));
        observe(30, pod("a", 500, 1024, 0));
        List<ClosedHour> closed = observe(30 + 181, pod("a", 500, 1024, 0));
        assertThat(closed).singleElement().satisfies(hour -> {
            assertThat(hour.start()).isEqualTo(at(0));
            assertThat(hour.bill()).as("what was seen of it").isEqualByComparingTo("0.5");
        });
        assertThat(collector.soFar()).isEmpty();
        observe(230, pod("a", 500, 1024, 0));
        assertThat(observe(240, pod("a", 500, 1024, 0)))
                .singleElement()
                .satisfies(hour -> assertThat(hour.nodes().getFirst().span()).isEqualTo(new Span(at(211), at(240))));
    }

    @Test
    void aGapThatIsCarriedClosesTheHoursInIt() {
        observe(0, pod("a", 500, 1024, 0));
        assertThat(observe(150, pod("a", 500, 1024, 0)))
                .extracting(ClosedHour::start)
                .containsExactly(at(0), at(60));
    }

    @Test
    void aClockThatJumpsBackChangesNothing() {
        observe(0, pod("a", 500, 1024, 0));
        observe(30, pod("a", 500, 1024, 0));
        assertThat(observe(10, pod("a", 1500, 1024, 0))).isEmpty();
        assertThat(observe(60, pod("a", 500, 1024, 0))
                        .getFirst()
                        .pods()
                        .getFirst()
                        .cpu()
                        .charged())
                .isEqualByComparingTo("0.5");
    }

    @Test
    void anotherPriceIsCountedBeside() {
        collector.observe(seen(0, List.of(NODE)));
        collector.observe(seen(30, List.of(node("n", "2"))));
        ClosedHour hour = collector.observe(seen(60, List.of(node("n", "2")))).getFirst();
        assertThat(hour.nodes())
                .extracting(row -> row.bill().total().stripTrailingZeros())
                .containsExactly(new BigDecimal("0.5"), new BigDecimal("1"));
    }

    @Test
    void aPodOnAnUnknownNodeCostsNothing() {
        Observation.Pod lost = new Observation.Pod(
                pod("a", 500, 1024, 0).id(),
                "elsewhere",
                at(0),
                NEVER,
                pod("a", 500, 1024, 0).requested(),
                Use.NONE);
        observe(0, lost);
        observe(30, lost);
        ClosedHour hour = observe(60, lost).getFirst();
        assertThat(hour.pods()).isEmpty();
        assertThat(hour.bill()).isEqualByComparingTo("1");
    }

    @Test
    void aPodThatComesAgainUnderItsNameIsAnotherOne() {
        Observation.Pod first = pod("a", 500, 1024, 0);
        PodHour.Pod id = new PodHour.Pod("shop", "StatefulSet", "a", "a", "uid-2", Map.of());
        Observation.Pod second = new Observation.Pod(id, "n", at(30), NEVER, first.requested(), Use.NONE);
        observe(0, lasting(first, at(-100), at(20)));
        observe(30, second);
        assertThat(observe(60, second).getFirst().pods())
                .extracting(PodHour::span)
                .containsExactly(new Span(at(0), at(20)), new Span(at(30), at(60)));
    }

    /** Of two machines reserved for 0.50 in all one runs, for 45 of the 60 minutes that are counted: 0.1875 of 0.50 is borne, the rest is idle. */
    @Test
    void whatIsCommittedIsPaidWhetherOrNotItRuns() {
        HourCollector committed = new HourCollector(
                RATIO,
                LIMITS,
                List.of(new Commitment(
                        "r", MachineSelector.ALL, new Coverage.Machines(BigDecimal.TWO), new BigDecimal("0.5"))));
        committed.observe(seen(0, List.of()));
        Observation.Node late =
                new Observation.Node(NODE.id(), NODE.capacity(), at(15), NODE.pricePerHour(), PriceOrigin.LISTED);
        committed.observe(new Observation(at(30), List.of(late), List.of(pod("a", 1000, 1024, 0)), false));
        ClosedHour hour = committed
                .observe(new Observation(at(60), List.of(late), List.of(pod("a", 1000, 1024, 0)), false))
                .getFirst();
        assertThat(hour.bill()).isEqualByComparingTo("0.5");
        assertThat(hour.nodes())
                .extracting(
                        node -> node.node().name(), node -> node.bill().total().stripTrailingZeros())
                .containsExactly(tuple("n", new BigDecimal("0.1875")), tuple("commitment:r", new BigDecimal("0.3125")));
        assertThat(hour.nodes().getLast().idle().total()).isEqualByComparingTo("0.3125");
        assertThat(hour.nodes().getFirst().pricePerHour()).isEqualByComparingTo("1");
    }

    @Test
    void whatIsCommittedIsPaidWithoutANode() {
        HourCollector committed = new HourCollector(
                RATIO,
                LIMITS,
                List.of(new Commitment("r", MachineSelector.ALL, new Coverage.Gib(BigDecimal.TWO), BigDecimal.TEN)));
        committed.observe(seen(45, List.of()));
        ClosedHour hour = committed.observe(seen(60, List.of())).getFirst();
        assertThat(hour.bill()).isEqualByComparingTo("2.5");
        // The next hour begins anew.
        assertThat(committed.observe(seen(120, List.of())).getFirst().bill()).isEqualByComparingTo("10");
    }

    @Test
    void whatIsThereTwiceIsRefused() {
        assertThatThrownBy(() -> seen(0, List.of(NODE, NODE))).hasMessageContaining("node n must not be there twice");
        Observation.Pod pod = pod("a", 500, 1024, 0);
        assertThatThrownBy(() -> new Observation(at(0), List.of(NODE), List.of(pod, pod), false))
                .hasMessageContaining("pod shop/a on n must not be there twice");
        assertThatThrownBy(() -> new Use(Double.NaN, 0)).hasMessageContaining("cores");
    }

    private List<ClosedHour> observe(int minute, Observation.Pod... pods) {
        return collector.observe(new Observation(at(minute), List.of(NODE), List.of(pods), false));
    }

    private static Observation seen(int minute, List<Observation.Node> nodes) {
        return new Observation(at(minute), nodes, List.of(), false);
    }

    private static Observation.Pod pod(String name, long milli, long mebibytes, double usedCores) {
        return new Observation.Pod(
                new PodHour.Pod("shop", "StatefulSet", "a", name, "uid-" + name, Map.of()),
                "n",
                at(-100),
                NEVER,
                new Resources(new MilliCores(milli), new Bytes(mebibytes << 20), GpuMilli.ZERO),
                new Use(usedCores, 0));
    }

    private static Observation.Pod lasting(Observation.Pod pod, Instant start, Instant end) {
        return new Observation.Pod(pod.id(), pod.node(), start, end, pod.requested(), pod.use());
    }

    private static Observation.Node node(String name, String price) {
        return new Observation.Node(
                new NodeHour.Node(name, "m5.large", "eu-west-1", "eu-west-1a", "on-demand", ""),
                new Resources(new MilliCores(2000), new Bytes(8L << 30), GpuMilli.ZERO),
                at(-1000),
                new BigDecimal(price),
                PriceOrigin.LISTED);
    }

    private static Amounts amounts(String requested, String used, String charged) {
        return new Amounts(new BigDecimal(requested), new BigDecimal(used), new BigDecimal(charged));
    }

    private static Instant at(int minute) {
        return START.plus(Duration.ofMinutes(minute));
    }
}
