package io.trimtab.recommend.pods;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Money;
import io.trimtab.forecast.Demand;
import io.trimtab.forecast.Demand.History;
import io.trimtab.forecast.Distribution;
import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.Impact;
import io.trimtab.recommend.Recommendation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodRecommenderTest {
    private static final Instant NOW = Instant.parse("2026-11-02T00:00:00Z");
    private static final Impact NO_IMPACT = new Impact(Money.zero(Money.USD), Money.zero(Money.USD));

    /** The target is P90 with 15 % on top, truncated; the floor is 25m and 250Mi a pod. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        too much CPU: shrink        | 1000 | 400 | 0.100 | 300 | P7D   | 115m 345Mi
        within the band: hold       | 120  | 320 | 0.100 | 300 | P7D   | WithinBand
        just outside: shrink        | 128  | 345 | 0.100 | 300 | P7D   | 115m 345Mi
        idle: the floor holds       | 1000 | 400 | 0.001 | 10  | P7D   | 25m 250Mi
        too young: hold             | 1000 | 400 | 0.100 | 300 | PT23H | ShortHistory
        old enough: shrink          | 1000 | 400 | 0.100 | 300 | PT24H | 115m 345Mi
        """)
    void decides(String name, long cpuMilli, long memoryMi, double cores, long peakMi, Duration age, String expected) {
        Demand demand = demand(cpuMilli, memoryMi, cores, peakMi, age);
        Recommendation answer = new PodRecommender(PodPolicy.DEFAULT).decide(demand, (from, to) -> NO_IMPACT);
        assertThat(shortForm(answer)).isEqualTo(expected);
    }

    @Test
    void aContainerWithoutSamplesIsHeld() {
        Demand none = new Demand(
                new WorkloadId("a", "Deployment", "w"),
                new ContainerSpec("c", "i", Requirements.NONE),
                1,
                1,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Map.of(),
                new History(Optional.empty(), Optional.empty(), 0));
        assertThat(shortForm(new PodRecommender(PodPolicy.DEFAULT).decide(none, (from, to) -> NO_IMPACT)))
                .isEqualTo("NoSamples");
    }

    @ParameterizedTest(name = "limit {1} of request {0} becomes {3} at {2}")
    @CsvSource({"100, 200, 50, 100", "100, 300, 33, 99", "0, 200, 50, 50", "7, 10, 5, 7"})
    void limitsKeepTheirRatio(long request, long limit, long to, long expected) {
        Requirements from = new Requirements(
                request == 0 ? Optional.empty() : Optional.of(new MilliCores(request)),
                Optional.empty(),
                Optional.of(new MilliCores(limit)),
                Optional.empty(),
                GpuMilli.ZERO);
        Requirements changed =
                new Limits.RequestsAndLimits().apply(from, Optional.of(new MilliCores(to)), Optional.empty());
        assertThat(changed.cpuLimit()).contains(new MilliCores(expected));
        assertThat(new Limits.RequestsOnly()
                        .apply(from, Optional.of(new MilliCores(to)), Optional.empty())
                        .cpuLimit())
                .isEqualTo(from.cpuLimit());
        Requirements plus =
                new Limits.RequestPlus(new Bytes(10)).apply(from, Optional.empty(), Optional.of(new Bytes(5)));
        assertThat(plus.memoryLimit()).contains(new Bytes(15));
        assertThat(plus.cpuLimit()).isEmpty();
    }

    @Test
    void krrTakesTheBusiestPodAndTheHighestPeak() {
        double[] calm = {0.1, 0.1, 0.1};
        double[] busy = {0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
        // Rank 0.95 x 9 = 8.55: 0.45 x 0 + 0.55 x 1.
        assertThat(Krr.cpuMilli(List.of(calm, busy))).isBetween(550L, 551L);
        assertThat(Krr.cpuMilli(List.of(new double[] {0.0001}))).isEqualTo(10);
        assertThat(Krr.memoryBytes(List.of(new double[] {1e8, 2e8}))).isEqualTo(220L << 20);
        assertThat(Krr.memoryBytes(List.of(new double[] {1}))).isEqualTo(100L << 20);
    }

    @Test
    void theBandNarrowsWithHistory() {
        History day = new History(Optional.of(NOW.minus(Duration.ofDays(1))), Optional.of(NOW), 1440);
        History week = new History(Optional.of(NOW.minus(Duration.ofDays(7))), Optional.of(NOW), 7 * 1440);
        Amounts young = StockVpa.cpu(probability -> 1.0, day, 1);
        Amounts old = StockVpa.cpu(probability -> 1.0, week, 1);
        assertThat(young).isEqualTo(new Amounts(1150, 1147, 2300));
        assertThat(old.upper()).isEqualTo(1314);
        History none = new History(Optional.of(NOW), Optional.of(NOW), 1);
        assertThat(StockVpa.cpu(probability -> 1.0, none, 1)).isEqualTo(new Amounts(1150, 25, 100_000_000_000_000L));
    }

    private static Demand demand(long cpuMilli, long memoryMi, double cores, long peakMi, Duration age) {
        Distribution cpu = probability -> cores;
        Distribution memory = probability -> (double) (peakMi << 20);
        return new Demand(
                new WorkloadId("a", "Deployment", "w"),
                new ContainerSpec("c", "i", Requirements.requests(new MilliCores(cpuMilli), new Bytes(memoryMi << 20))),
                1,
                3,
                Optional.of(cpu),
                Optional.of(memory),
                Map.of(),
                Map.of(),
                new History(Optional.of(NOW.minus(age)), Optional.of(NOW), age.toMinutes()));
    }

    private static String shortForm(Recommendation answer) {
        return switch (answer) {
            case Recommendation.Resize resize ->
                resize.to().cpuRequest().orElseThrow() + " "
                        + resize.to().memoryRequest().orElseThrow();
            case Recommendation.Scale scale -> "scale";
            case Recommendation.Hold hold ->
                hold.reasons().getFirst().getClass().getSimpleName();
        };
    }
}
