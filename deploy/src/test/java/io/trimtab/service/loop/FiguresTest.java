package io.trimtab.service.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.cost.prices.PriceBook;
import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Money;
import io.trimtab.forecast.Demand;
import io.trimtab.forecast.Distribution;
import io.trimtab.forecast.RecentDays;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.Mode;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.PodPhase;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.Impact;
import io.trimtab.recommend.PodReason;
import io.trimtab.recommend.Reason;
import io.trimtab.recommend.Recommendation;
import io.trimtab.recommend.cycle.CycleReport;
import io.trimtab.recommend.cycle.SourceHealth;
import io.trimtab.recommend.plan.Plan;
import io.trimtab.recommend.plan.Planner;
import io.trimtab.service.view.FiguresView.NamespaceFigures;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
    private static final Instant AT = Instant.parse("2026-11-24T12:00:00Z");
    private static final WorkloadId WEB = new WorkloadId("shop", "Deployment", "web");
    private static final long MEBI = 1L << 20;
    private static final Money NOTHING = Money.zero(Money.USD);

    private final List<Pod> pods = new ArrayList<>();
    private final List<Demand> demands = new ArrayList<>();
    private final List<Recommendation> recommendations = new ArrayList<>();

    @Test
    void nothingIsKnownBeforeTheFirstDecision() {
        var report = new CycleReport(AT, Optional.empty(), List.of(), SourceHealth.UNASKED, SourceHealth.UNASKED);
        assertThat(Figures.of(report)).isEmpty();
    }

    /** Two pods of 500m and 100Mi each. */
    @ParameterizedTest(name = "resize to {0}m, scale to {1}")
    @CsvSource(delimiter = '|', textBlock = """
             | 2 | 1.0 | 200
        200  | 2 | 0.4 | 200
             | 1 | 0.5 | 100
             | 3 | 1.5 | 300
        200  | 3 | 0.6 | 300
             | 0 | 0   | 0
        """)
    void recommendsTheRequestsThatWouldBeLeft(Long cpuMilli, int replicas, double cores, long mebi) {
        pods.add(pod("web-0", PodPhase.RUNNING, Optional.of(WEB)));
        pods.add(pod("web-1", PodPhase.PENDING, Optional.of(WEB)));
        if (cpuMilli != null) recommendations.add(resize(cpuMilli));
        recommendations.add(new Recommendation.Scale(WEB, 2, replicas, free(), reasons()));

        NamespaceFigures shop = shop();

        assertThat(shop.cpu().requested()).isEqualTo(1.0);
        assertThat(shop.memory().requested()).isEqualTo(200 * MEBI);
        assertThat(shop.cpu().recommended()).isEqualTo(cores);
        assertThat(shop.memory().recommended()).isEqualTo(mebi * MEBI);
        assertThat(shop.runningPods()).isEqualTo(1);
        assertThat(shop.pendingPods()).isEqualTo(1);
    }

    @Test
    void aPodThatIsDoneOrGoesDoesNotCountAndABareOneStaysAsItIs() {
        pods.add(pod("done", PodPhase.SUCCEEDED, Optional.of(WEB)));
        pods.add(pod("broken", PodPhase.FAILED, Optional.of(WEB)));
        pods.add(pod("bare", PodPhase.RUNNING, Optional.empty()));
        NamespaceFigures shop = shop();
        assertThat(shop.cpu().requested()).isEqualTo(0.5);
        assertThat(shop.cpu().recommended()).isEqualTo(0.5);
        assertThat(shop.runningPods()).isEqualTo(1);
    }

    @Test
    void sumsMoneyAndCountsEachKind() {
        recommendations.add(resize(200));
        recommendations.add(new Recommendation.Scale(
                WEB,
                2,
                3,
                new Impact(Money.of(BigDecimal.ONE, Money.USD, java.math.RoundingMode.UP), NOTHING),
                reasons()));
        NamespaceFigures shop = shop();
        assertThat(shop.recommendations()).isEqualTo(Map.of("Hold", 0, "Resize", 1, "Retune", 0, "Scale", 1));
        assertThat(shop.saving()).isEqualByComparingTo("1");
    }

    @Test
    void aRetuneCountsAsItsResizes() {
        pods.add(pod("web-0", PodPhase.RUNNING, Optional.of(WEB)));
        Recommendation.Resize resize = resize(200);
        recommendations.add(new Recommendation.Retune(
                WEB,
                "web",
                List.of(),
                Optional.empty(),
                List.of(resize),
                new Impact(Money.of(BigDecimal.ONE, Money.USD, java.math.RoundingMode.UP), NOTHING),
                reasons()));
        NamespaceFigures shop = shop();
        assertThat(shop.cpu().recommended()).isEqualTo(0.2);
        assertThat(shop.saving()).isEqualByComparingTo("1");
    }

    /** The 95 % quantile of a container with a limit of 1000 bytes, run in 3 pods. */
    @ParameterizedTest(name = "{0} of 1000 bytes: {1} pods near the limit")
    @CsvSource({"899, 0", "900, 3", "1200, 3"})
    void aPodIsNearItsLimitFromNineTenthsOn(double peak, int near) {
        demands.add(demand(peak, Optional.of(new Bytes(1000))));
        assertThat(shop().podsNearMemoryLimit()).isEqualTo(near);
    }

    @Test
    void withoutALimitNothingIsNearIt() {
        demands.add(demand(1e12, Optional.empty()));
        assertThat(shop().podsNearMemoryLimit()).isZero();
    }

    @Test
    void sumsUsageAndQuantilesOverPods() {
        demands.add(demand(100, Optional.empty()));
        demands.add(demand(10, Optional.empty()));
        NamespaceFigures shop = shop();
        assertThat(shop.cpu().used()).isEqualTo(2 * (0.25 + 0.5));
        assertThat(shop.cpu().forecast()).isEqualTo(Map.of(0.5, 0.0, 0.95, 0.0, 0.99, 0.0));
        assertThat(shop.memory().forecast().get(0.95)).isEqualTo(3 * 110.0);
    }

    private NamespaceFigures shop() {
        var snapshot = new ClusterSnapshot(AT, List.of(), pods, List.of(), List.of());
        Plan empty = new Planner(PriceBook.shipped(), Mode.RECOMMEND).plan(snapshot, List.of());
        Plan plan = new Plan(AT, recommendations, empty.nodes(), empty.costs(), empty.cluster());
        var report = new CycleReport(
                AT,
                Optional.of(new CycleReport.Decision(snapshot, demands, plan)),
                List.of(),
                SourceHealth.UNASKED,
                SourceHealth.UNASKED);
        List<NamespaceFigures> figures = Figures.of(report);
        assertThat(figures).extracting(NamespaceFigures::namespace).containsExactly("shop");
        return figures.getFirst();
    }

    private static Recommendation.Resize resize(long cpuMilli) {
        return new Recommendation.Resize(WEB, "app", requests(500), requests(cpuMilli), free(), reasons());
    }

    private static Impact free() {
        return new Impact(NOTHING, NOTHING);
    }

    private static List<Reason> reasons() {
        return List.of(new PodReason.NoSamples());
    }

    private static Requirements requests(long cpuMilli) {
        return Requirements.requests(new MilliCores(cpuMilli), new Bytes(100 * MEBI));
    }

    private static Pod pod(String name, PodPhase phase, Optional<WorkloadId> owner) {
        return new Pod(
                new PodId("shop", name),
                owner,
                Optional.empty(),
                phase,
                List.of(new ContainerSpec("app", "app:1", requests(500))),
                Map.of(),
                Map.of(),
                AT,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Demand demand(double memoryPeak, Optional<Bytes> memoryLimit) {
        var requirements = new Requirements(
                Optional.empty(), Optional.empty(), Optional.empty(), memoryLimit, Requirements.NONE.gpu());
        return new Demand(
                WEB,
                new ContainerSpec("app", "app:1", requirements),
                1,
                3,
                Optional.empty(),
                Optional.of(always(memoryPeak)),
                RecentDays.NONE,
                Optional.empty(),
                Optional.empty(),
                Map.of(new PodId("shop", "web-0"), 0.25, new PodId("shop", "web-1"), 0.5),
                Map.of(),
                new Demand.History(Optional.empty(), Optional.empty(), 0));
    }

    private static Distribution always(double amount) {
        return new Distribution() {
            @Override
            public double quantile(double probability) {
                return amount;
            }

            @Override
            public double shareAbove(double threshold) {
                return threshold < amount ? 1 : 0;
            }
        };
    }
}
