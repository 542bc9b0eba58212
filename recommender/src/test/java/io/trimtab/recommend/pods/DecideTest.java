package io.trimtab.recommend.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Money;
import io.trimtab.forecast.ContainerUsage;
import io.trimtab.forecast.Demand;
import io.trimtab.forecast.UsageAggregate;
import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.ResourceAmount;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.Impact;
import io.trimtab.recommend.Recommendation;
import io.trimtab.recommend.RetuneReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecideTest {
    private static final WorkloadId CART = new WorkloadId("shop", "Deployment", "cart");
    private static final Instant NOW = Instant.parse("2026-11-10T00:00:00Z");

    /** A week of 1 core needs 1013m, within its bucket; a week of 1 GiB 1228 MB, since seven peaks say little of the next. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        idle: shrink both               | 4     | 8Gi  | 1 | 1073741824 | P7D   | Resize MemoryByRisk CpuByRisk StockVpaAsks
        cpu alone                       | 4     | 1228000000 | 1 | 1073741824 | P7D | Resize CpuByRisk StockVpaAsks
        memory alone                    | 1013m | 8Gi  | 1 | 1073741824 | P7D   | Resize MemoryByRisk StockVpaAsks
        near enough                     | 1100m | 1200000000 | 1 | 1073741824 | P7D | Hold WithinBand
        near, but moved with the other  | 4     | 1200000000 | 1 | 1073741824 | P7D | Resize CpuByRisk MemoryByRisk StockVpaAsks
        too little of the pod's price   | 8     | 1500000000 | 7.9 | 1073741824 | P7D | Hold NotWorthMoving
        more is needed for as little    | 8     | 1100000000 | 7.9 | 1073741824 | P7D | Resize MemoryByRisk StockVpaAsks
        no requests so far              | -     | -    | 1 | 1073741824 | P7D   | Resize MemoryByRisk CpuByRisk StockVpaAsks
        young: hold                     | 4     | 8Gi  | 1 | 1073741824 | PT23H59M | Hold ShortHistory
        old enough                      | 4     | 8Gi  | 1 | 1073741824 | PT24H | Resize MemoryByRisk CpuByRisk StockVpaAsks
        no sample: hold                 | 4     | 8Gi  | - | -          | P7D   | Hold NoSamples
        no memory sample: memory stays  | 4     | 8Gi  | 1 | -          | P7D   | Resize CpuByRisk StockVpaAsks
        """)
    void decides(
            String name, String cpu, String memory, Double cores, Double bytes, Duration history, String expected) {
        Demand demand = demand(requests(cpu, memory), cores, bytes, history);
        assertThat(shortForm(decide(demand, PodPolicy.DEFAULT))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        at the lower edge of the band | 921m | Hold WithinBand
        below it                      | 920m | Resize CpuByRisk StockVpaAsks
        at the upper edge             | 1125m | Hold WithinBand
        beyond it                     | 1126m | Resize CpuByRisk StockVpaAsks
        """)
    void theBandHasTwoEdges(String name, String cpu, String expected) {
        Demand demand = demand(requests(cpu, "1228000000"), 1.0, 1073741824.0, Duration.ofDays(7));
        assertThat(shortForm(decide(demand, PodPolicy.DEFAULT))).isEqualTo(expected);
    }

    /** 1013m are needed. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        within the bounds          | 1050m | 1000 | 1200 | Hold WithinBand
        moved up to the lower one  | 1000m | 1500 | 2000 | Resize CpuByRisk AtBound StockVpaAsks
        moved down to the upper one| 2000m | 500  | 1000 | Resize CpuByRisk AtBound StockVpaAsks
        near, but below the lower  | 1490m | 1500 | 2000 | Resize CpuByRisk AtBound StockVpaAsks
        near, but above the upper  | 1010m | 500  | 1000 | Resize CpuByRisk AtBound StockVpaAsks
        at the bound               | 1500m | 1500 | 2000 | Hold WithinBand AtBound
        """)
    void boundsAreObeyedToTheLastMillicore(String name, String cpu, long min, long max, String expected) {
        Bounds bounds = new Bounds(
                Optional.of(new MilliCores(min)), Optional.of(new MilliCores(max)), Optional.empty(), Optional.empty());
        PodPolicy policy = new PodPolicy(bounds, LimitRules.RATIO, Duration.ZERO, 0.1, AcceptedRisk.DEFAULT);
        Demand demand = demand(requests(cpu, "1228000000"), 1.0, 1073741824.0, Duration.ofDays(7));
        assertThat(shortForm(decide(demand, policy))).isEqualTo(expected);
    }

    /** 1013m are needed, and 8 GiB are too many. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        CPU stays, memory changes | CPU    | -     | 8Gi        | 4000 | Resize MemoryByRisk AutoscalerStandsOnCpu LeftByPolicy StockVpaAsks
        CPU stays, so does all    | CPU    | -     | 1228000000 | 4000 | Hold AutoscalerStandsOnCpu LeftByPolicy
        memory stays, CPU changes | MEMORY | -     | 8Gi        | 1013 | Resize CpuByRisk AutoscalerStandsOnMemory LeftByPolicy StockVpaAsks
        CPU goes part of its way  | CPU    | 2500m | 1228000000 | 2500 | Resize CpuByRisk StockVpaAsks
        """)
    void whatAnAutoscalerMeasuresByGoesAsFarAsItMay(
            String name, Resource steered, String to, String memory, long cpuAfter, String expected) {
        Steering.Course course = to == null
                ? new Steering.Course.Stays(new RetuneReason.LeftByPolicy("cart"))
                : new Steering.Course.To(ResourceAmount.parse(steered, to));
        Requirements from = requests("4", memory);
        Recommendation decided = PodRecommender.decide(
                demand(from, 1.0, 1073741824.0, Duration.ofDays(7)),
                PodPolicy.DEFAULT,
                NOW,
                new Steering(Map.of(steered, course)),
                (before, after) -> new Impact(price(before), price(after)));
        assertThat(shortForm(decided)).isEqualTo(expected);
        Requirements after = decided instanceof Recommendation.Resize resize ? resize.to() : from;
        assertThat(after.cpuRequest()).contains(new MilliCores(cpuAfter));
    }

    /** A workload that rested for weeks and has a minute of samples knows nothing of today. */
    @Test
    void whatWasLongAgoIsNoHistory() {
        UsageAggregate aggregate = UsageAggregate.empty();
        ContainerUsage usage = aggregate.container();
        for (int hour = 0; hour < 240; hour++)
            usage.addCpu(NOW.minus(Duration.ofDays(40)).plus(Duration.ofHours(hour)), 1.8);
        usage.addCpu(NOW.minusSeconds(60), 0.01);
        assertThat(shortForm(decide(demand(requests("2", "4Gi"), aggregate), PodPolicy.DEFAULT)))
                .isEqualTo("Hold ShortHistory");
    }

    @Test
    void aKillIsAnsweredInTheFirstDay() {
        UsageAggregate aggregate = UsageAggregate.empty();
        ContainerUsage usage = aggregate.container();
        for (int minute = 0; minute < 300; minute++) {
            usage.addCpu(NOW.minusSeconds(60 * (300 - minute)), 0.01);
            usage.addMemory(NOW.minusSeconds(60 * (300 - minute)), 400e6);
        }
        usage.addKill(NOW.minusSeconds(30), 512 << 20);
        Recommendation decided = decide(demand(requests("2", "512Mi"), aggregate), PodPolicy.DEFAULT);
        assertThat(shortForm(decided)).isEqualTo("Resize MemoryByRisk StockVpaAsks");
        Requirements to = ((Recommendation.Resize) decided).to();
        assertThat(to.cpuRequest()).as("CPU waits").contains(new MilliCores(2000));
        assertThat(to.memoryRequest().orElseThrow().value()).isGreaterThanOrEqualTo((long) (1.2 * (512 << 20)));
    }

    @Test
    void pricesBothSides() {
        Demand demand = demand(requests("4", "8Gi"), 1.0, 1e9, Duration.ofDays(7));
        Recommendation.Resize resize = (Recommendation.Resize) decide(demand, PodPolicy.DEFAULT);
        assertThat(resize.impact().monthlyBefore()).isEqualTo(price(requests("4", "8Gi")));
        assertThat(resize.impact().monthlyAfter()).isEqualTo(price(resize.to()));
        assertThat(resize.container()).isEqualTo("app");
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        assertThatThrownBy(() -> new PodPolicy(Bounds.NONE, LimitRules.RATIO, Duration.ZERO, 1, AcceptedRisk.DEFAULT))
                .hasMessageContaining("band");
        assertThatThrownBy(() -> new AcceptedRisk(0, 5)).hasMessageContaining("oomPerWeek");
        assertThatThrownBy(() -> new AcceptedRisk(0.01, 1440)).hasMessageContaining("throttledMinutesPerDay");
        assertThatThrownBy(() ->
                        new PodPolicy(Bounds.NONE, LimitRules.RATIO, Duration.ofSeconds(-1), 0.1, AcceptedRisk.DEFAULT))
                .hasMessageContaining("minHistory");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void laws(long seed) {
        Random random = new Random(seed);
        Requirements from = new Requirements(
                Optional.of(new MilliCores(50 + random.nextInt(5000))),
                Optional.of(new Bytes(1 + random.nextLong(1L << 33))),
                Optional.of(new MilliCores(6000)),
                Optional.of(new Bytes(1L << 34)),
                GpuMilli.ZERO);
        Bounds bounds = new Bounds(
                Optional.of(new MilliCores(100)),
                Optional.of(new MilliCores(2000)),
                Optional.empty(),
                Optional.of(new Bytes(1L << 32)));
        PodPolicy policy = new PodPolicy(bounds, LimitRules.RATIO, Duration.ZERO, 0.1, AcceptedRisk.DEFAULT);
        double cores = random.nextDouble() * 3;
        double bytes = random.nextDouble() * 3e9;
        Recommendation first = decide(demand(from, cores, bytes, Duration.ofDays(7)), policy);
        Recommendation more = decide(demand(from, cores * 1.5, bytes * 1.5, Duration.ofDays(7)), policy);
        if (!(first instanceof Recommendation.Resize resize)) return;
        Demand applied = demand(resize.to(), cores, bytes, Duration.ofDays(7));
        assertThat(decide(applied, policy)).as("applied, it holds").isInstanceOf(Recommendation.Hold.class);
        if (!resize.to().cpuRequest().equals(from.cpuRequest()))
            assertThat(target(resize)).as("the policy is obeyed").isBetween(100L, 2000L);
        if (more instanceof Recommendation.Resize larger
                && !larger.to().cpuRequest().equals(from.cpuRequest())
                && !resize.to().cpuRequest().equals(from.cpuRequest()))
            assertThat(target(larger)).as("more usage never yields less").isGreaterThanOrEqualTo(target(resize));
    }

    private static Recommendation decide(Demand demand, PodPolicy policy) {
        return PodRecommender.decide(
                demand, policy, NOW, Steering.FREE, (from, to) -> new Impact(price(from), price(to)));
    }

    private static Money price(Requirements requirements) {
        return new Money(
                requirements.requested().cpu().value()
                        + requirements.requested().memory().value() / 10_000_000,
                Money.USD);
    }

    private static long target(Recommendation.Resize resize) {
        return resize.to().cpuRequest().orElseThrow().value();
    }

    private static Requirements requests(String cpu, String memory) {
        return new Requirements(
                Optional.ofNullable(cpu).map(MilliCores::parse),
                Optional.ofNullable(memory).map(Bytes::parse),
                Optional.empty(),
                Optional.empty(),
                GpuMilli.ZERO);
    }

    private static Demand demand(Requirements requirements, Double cores, Double bytes, Duration history) {
        UsageAggregate aggregate = UsageAggregate.empty();
        ContainerUsage usage = aggregate.container();
        for (Instant at = NOW.minus(history); at.isBefore(NOW); at = at.plusSeconds(3600)) {
            if (cores != null) usage.addCpu(at, cores);
            if (bytes != null) usage.addMemory(at, bytes);
        }
        return demand(requirements, aggregate);
    }

    private static Demand demand(Requirements requirements, UsageAggregate aggregate) {
        return new Demand(
                CART,
                new ContainerSpec("app", "image", requirements),
                1,
                3,
                aggregate.cpu(),
                aggregate.memory(),
                aggregate.recent(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Map.of(),
                aggregate.history());
    }

    private static String shortForm(Recommendation recommendation) {
        StringBuilder text = new StringBuilder(recommendation.getClass().getSimpleName());
        recommendation
                .reasons()
                .forEach(reason -> text.append(' ').append(reason.getClass().getSimpleName()));
        return text.toString();
    }
}
