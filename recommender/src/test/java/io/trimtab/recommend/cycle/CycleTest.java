package io.trimtab.recommend.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.cost.prices.PriceBook;
import io.trimtab.cost.units.Money;
import io.trimtab.cost.units.Resources;
import io.trimtab.forecast.HistogramForecaster;
import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.Inventory;
import io.trimtab.ingest.UsageSource;
import io.trimtab.ingest.model.CapacityType;
import io.trimtab.ingest.model.Mode;
import io.trimtab.ingest.model.UsageQuery;
import io.trimtab.recommend.Actuator;
import io.trimtab.recommend.Outcome;
import io.trimtab.recommend.Recommendation;
import io.trimtab.recommend.plan.Plan;
import io.trimtab.recommend.plan.Planner;
import io.trimtab.recommend.replay.SimulatedCluster;
import io.trimtab.recommend.replay.SimulatedClusterSpec;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The loop over the simulated cluster, with sources that can be made to fail. */
class CycleTest {
    private static final PriceBook PRICES = PriceBook.shipped();
    private static final CycleSettings SETTINGS =
            new CycleSettings(Duration.ofDays(2), Duration.ofMinutes(5), Duration.ofHours(6));

    private final SimulatedCluster cluster = new SimulatedCluster(SimulatedClusterSpec.sized(20, 10), CycleTest::price);
    private final List<UsageQuery> queries = new ArrayList<>();
    private final List<Recommendation> acted = new ArrayList<>();
    private boolean inventoryFails;
    private boolean usageFails;

    @Test
    void readsSliceBySliceThenOnlyWhatIsNew() {
        Cycle cycle = cycle(cluster::apply);
        cycle.runOnce();
        assertThat(queries).hasSize(8);
        assertThat(queries.getLast().to()).isEqualTo(cluster.clock().instant());
        Instant before = cluster.clock().instant();
        cluster.advanceTo(before.plusSeconds(600));
        queries.clear();
        cycle.runOnce();
        assertThat(queries)
                .singleElement()
                .satisfies(query -> assertThat(query.from()).isEqualTo(before));
    }

    @ParameterizedTest(name = "{0} behind: {1} slices")
    @CsvSource({"PT1H, 1", "PT13H, 3", "P2D, 8", "P9D, 8"})
    void resumesWhereAnotherEndedButNotBeforeTheHistory(Duration behind, int slices) {
        Cycle cycle = cycle(this::record);
        Instant now = cluster.clock().instant();
        cycle.resumeAfter(now.minus(behind));
        cycle.runOnce();
        assertThat(queries).hasSize(slices);
        Duration history = SETTINGS.history();
        assertThat(queries.getFirst().from()).isEqualTo(now.minus(behind.compareTo(history) > 0 ? history : behind));
        assertThat(cycle.readUntil()).contains(now);
    }

    @Test
    void decidesForEveryWorkloadAndTheMoneyAddsUp() {
        Plan plan = cycle(this::record).runOnce().decision().orElseThrow().plan();
        assertThat(plan.recommendations().stream().map(Recommendation::workload).distinct())
                .hasSize(20);
        assertThat(plan.recommendations()).anyMatch(Recommendation.Resize.class::isInstance);
        BigDecimal rows =
                plan.costs().rows().stream().map(row -> row.totalCost()).reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(rows.add(plan.costs().idle().totalCost())
                        .add(plan.costs().unmounted().totalCost()))
                .isEqualTo(plan.costs().bill());
        assertThat(plan.nodes().lowerBound())
                .isPositive()
                .isLessThanOrEqualTo(plan.nodes().needed());
        assertThat(acted).isEqualTo(plan.recommendations());
    }

    @Test
    void appliedResizesAreNotAskedForAgain() {
        Cycle cycle = cycle(cluster::apply);
        List<Recommendation> first = resizes(cycle.runOnce());
        List<Recommendation> second = resizes(cycle.runOnce());
        assertThat(first).isNotEmpty();
        assertThat(second.size()).isLessThan(first.size() / 4 + 1);
    }

    @Test
    void nothingIsDecidedBeforeTheInventoryAnswered() {
        inventoryFails = true;
        CycleReport report = cycle(this::record).runOnce();
        assertThat(report.decision()).isEmpty();
        assertThat(report.inventory().failure())
                .get()
                .extracting(SourceHealth.Failure::message)
                .isEqualTo("no inventory");
    }

    @Test
    void aFailingSourceMakesTheAnswerStaleNotEmptyAndNothingIsActedOn() {
        Cycle cycle = cycle(this::record);
        CycleReport good = cycle.runOnce();
        acted.clear();
        usageFails = true;
        Instant failedAt = cluster.clock().instant().plusSeconds(60);
        cluster.advanceTo(failedAt);
        cycle.runOnce();
        cluster.advanceTo(failedAt.plusSeconds(60));
        CycleReport stale = cycle.runOnce();
        assertThat(stale.usage().failure())
                .get()
                .extracting(SourceHealth.Failure::since)
                .isEqualTo(failedAt);
        assertThat(stale.usage().answeredAt()).contains(good.at());
        assertThat(stale.decision().orElseThrow().plan().recommendations()).isNotEmpty();
        assertThat(stale.outcomes()).isEmpty();
        assertThat(acted).isEmpty();

        usageFails = false;
        queries.clear();
        CycleReport back = cycle.runOnce();
        assertThat(back.usage().failure()).isEmpty();
        assertThat(queries.getFirst().from()).isEqualTo(good.at());
        assertThat(acted).isNotEmpty();
    }

    private Cycle cycle(Actuator actuator) {
        cluster.advanceTo(cluster.clock().instant().plus(SETTINGS.history()));
        InstantSource clock = cluster.clock();
        Inventory inventory = now -> {
            if (inventoryFails) throw new IngestException(IngestException.Kind.UNREACHABLE, "no inventory", null);
            return cluster.snapshot(now);
        };
        UsageSource usage = query -> {
            if (usageFails) throw new IngestException(IngestException.Kind.UNREACHABLE, "no usage", null);
            queries.add(query);
            return cluster.read(query);
        };
        var parts = new Cycle.Parts(
                clock, inventory, usage, new HistogramForecaster(), new Planner(PRICES, Mode.RECOMMEND), actuator);
        return new Cycle(parts, SETTINGS, CycleObserver.NONE);
    }

    private Outcome record(Recommendation recommendation) {
        acted.add(recommendation);
        return new Outcome.DryRun(recommendation.workload(), "recorded");
    }

    private static List<Recommendation> resizes(CycleReport report) {
        return report.decision().orElseThrow().plan().recommendations().stream()
                .filter(Recommendation.Resize.class::isInstance)
                .toList();
    }

    private static Money price(String instanceType, CapacityType capacityType) {
        BigDecimal perHour = PRICES.price(instanceType, Resources.ZERO, capacityType == CapacityType.SPOT)
                .perHour();
        return Money.of(perHour, Money.USD, RoundingMode.CEILING);
    }
}
