package io.trimtab.recommend.pods;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Money;
import io.trimtab.forecast.ContainerUsage;
import io.trimtab.forecast.Demand;
import io.trimtab.forecast.UsageAggregate;
import io.trimtab.forecast.groups.UsageGroups;
import io.trimtab.forecast.online.Accuracy;
import io.trimtab.forecast.sketch.Buckets;
import io.trimtab.forecast.sketch.DayHistogram;
import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.Impact;
import io.trimtab.recommend.PodReason;
import io.trimtab.recommend.Recommendation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A container that uses a core from 9 to 17 h, Monday to Friday, and a tenth else. */
class TimeOfWeekTest {
    private static final Instant MONDAY = Instant.parse("2026-11-02T00:00:00Z");
    private static final Accuracy GOOD = new Accuracy(400, 0.6, 0.1, 0.95, true);
    private static final Accuracy NAIVE = new Accuracy(400, 1.1, 0.1, 0.95, false);

    /** In the third week, with the request that is in force; a whole week asks for 1013m. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        Monday night: seven quiet hours       | PT0H   | 1000 | low
        Monday at six: one is not worth it    | PT6H   | 1000 | hold
        Monday at six: an hour more will do   | PT6H   | 115  | hold
        Monday at seven: the peak is near     | PT7H   | 115  | 1000
        Monday at ten: it is there            | PT10H  | 1000 | hold
        Monday at ten, still asleep           | PT10H  | 102  | 1000
        Monday after it                       | PT18H  | 1000 | low
        Friday before the peak: it comes      | PT104H | 1000 | hold
        Friday after it: a weekend is saved   | PT114H | 1000 | low
        Saturday: little is held, little used | PT124H | 115  | hold
        Sunday afternoon: still quiet         | PT158H | 115  | hold
        Friday, with a little less than usual | PT114H | 850  | low
        """)
    void requestsFollowTheHours(String name, Duration intoTheWeek, long request, String expected) {
        long after = after(
                decide(request, Optional.of(GOOD), intoTheWeek, PodPolicy.DEFAULT.thatIsFollowed(), Steering.FREE),
                request);
        switch (expected) {
            case "hold" -> assertThat(after).isEqualTo(request);
            case "low" -> assertThat(after).isBetween(90L, 150L);
            default -> assertThat(after).isBetween(950L, 1100L);
        }
    }

    /** On Friday evening, with 1 core: the time of the week would ask for a tenth. */
    @Test
    void aForecastNoBetterThanNaiveIsNotUsedAndSaysSo() {
        Recommendation held = friday(Optional.of(NAIVE), PodPolicy.DEFAULT.thatIsFollowed(), Steering.FREE, Set.of());
        assertThat(after(held, 1000)).isEqualTo(1000);
        assertThat(held.reasons())
                .anyMatch(reason ->
                        reason instanceof PodReason.ForecastNoBetter(MilliCores target, Duration lasts, double mase)
                                && target.value() < 150
                                && lasts.equals(Duration.ofHours(24))
                                && mase == 1.1);
        assertThat(after(
                        decide(
                                demand(used(124), 115, Optional.of(NAIVE), Set.of()),
                                PodPolicy.DEFAULT.thatIsFollowed(),
                                Steering.FREE,
                                at(124)),
                        115))
                .as("what was low goes up at once")
                .isGreaterThan(950);
        Recommendation cut = friday(Optional.of(GOOD), PodPolicy.DEFAULT.thatIsFollowed(), Steering.FREE, Set.of());
        assertThat(after(cut, 1000)).isLessThan(150);
        assertThat(cut.reasons().getFirst())
                .isEqualTo(new PodReason.TimeOfWeek(
                        List.of(new PodReason.Step(new MilliCores(after(cut, 1000)), Duration.ofHours(24))),
                        new MilliCores(1000)));
    }

    @Test
    void onlyWhatIsDoneAtOnceInPlaceAndAloneFollowsTheWeek() {
        PodPolicy followed = PodPolicy.DEFAULT.thatIsFollowed();
        assertThat(after(friday(Optional.of(GOOD), PodPolicy.DEFAULT, Steering.FREE, Set.of()), 1000))
                .as("by hand")
                .isEqualTo(1000);
        assertThat(after(friday(Optional.of(GOOD), followed, Steering.OPEN, Set.of()), 1000))
                .as("an autoscaler measures by it")
                .isEqualTo(1000);
        assertThat(after(friday(Optional.of(GOOD), followed, Steering.FREE, Set.of(Resource.CPU)), 1000))
                .as("it would be restarted")
                .isEqualTo(1000);
        PodPolicy off = new PodPolicy(
                followed.bounds(),
                followed.limits(),
                followed.minHistory(),
                followed.band(),
                followed.risk(),
                false,
                true,
                true);
        assertThat(after(friday(Optional.of(GOOD), off, Steering.FREE, Set.of()), 1000))
                .as("the policy says so")
                .isEqualTo(1000);
        Demand alike = demand(used(114), 1000, Optional.of(GOOD), Set.of());
        UsageGroups groups = new UsageGroups(
                new UsageGroups.Group(List.of(), 2, alike.recent().cpu().even()),
                new UsageGroups.Group(List.of(), 0.5, new DayHistogram(Buckets.CPU).even()),
                Optional.empty());
        Demand ofTwoGroups = new Demand(
                alike.workload(),
                alike.container(),
                1,
                3,
                alike.cpu(),
                alike.memory(),
                alike.recent(),
                alike.leak(),
                alike.foreseen(),
                Map.of(),
                Map.of(),
                alike.history(),
                Optional.empty(),
                Optional.of(groups));
        assertThat(after(decide(ofTwoGroups, followed, Steering.FREE, at(114)), 1000))
                .as("the hours are not those of the busier pods")
                .isEqualTo(1000);
        assertThat(after(friday(Optional.empty(), followed, Steering.FREE, Set.of()), 1000))
                .as("nobody foresees it")
                .isEqualTo(1000);
    }

    /** A limit that goes with the request would throttle where the way back up has to wait for a node. */
    @Test
    void aLimitStaysAtThePeaksOfTheWeek() {
        Requirements limited = new Requirements(
                Optional.of(new MilliCores(1000)),
                Optional.of(new Bytes(1L << 30)),
                Optional.of(new MilliCores(4000)),
                Optional.empty(),
                GpuMilli.ZERO);
        Recommendation said = decide(
                demand(used(114), limited, Optional.of(GOOD), Set.of()),
                PodPolicy.DEFAULT.thatIsFollowed(),
                Steering.FREE,
                at(114));
        Requirements to = ((Recommendation.Resize) said).to();
        assertThat(to.cpuRequest().orElseThrow().value()).isLessThan(350);
        assertThat(to.cpuLimit().orElseThrow().value()).isGreaterThanOrEqualTo(1000);
    }

    /** The request may be exceeded in 100 minutes a day, to which what is known of single hours adds a fifth at most; and two steps on a working day are enough. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void stepsOfTheDayKeepTheRisk(long seed) {
        Random random = new Random(seed);
        int peakHours = 2 + random.nextInt(8);
        int begins = random.nextInt(24 - peakHours);
        long request = 2000;
        int changes = 0;
        UsageAggregate aggregate = UsageAggregate.empty();
        ContainerUsage usage = aggregate.container();
        double above = 0;
        for (int hour = 0; hour < 6 * 168; hour++) {
            boolean peak = hour % 168 < 120 && hour % 24 >= begins && hour % 24 < begins + peakHours;
            for (int i = 0; i < 12; i++) {
                double cores = (peak ? 1 : 0.1) * (1 + 0.03 * random.nextGaussian());
                usage.addCpu(MONDAY.plusSeconds(3600L * hour + 300L * i), cores);
                if (hour >= 3 * 168 && cores * 1000 > request) above += 5;
            }
            if (hour < 168) continue;
            Instant at = MONDAY.plusSeconds(3600L * (hour + 1));
            long after = after(
                    decide(
                            demand(aggregate, request, Optional.of(GOOD), Set.of()),
                            PodPolicy.DEFAULT.thatIsFollowed(),
                            Steering.FREE,
                            at),
                    request);
            if (after != request && hour >= 3 * 168) changes++;
            request = after;
        }
        assertThat(above / 21).as("minutes a day above the request").isLessThanOrEqualTo(120);
        assertThat(changes).as("in three weeks").isBetween(28, 33);
    }

    private Recommendation friday(
            Optional<Accuracy> foreseen, PodPolicy policy, Steering steering, Set<Resource> restartsFor) {
        return decide(demand(used(114), 1000, foreseen, restartsFor), policy, steering, at(114));
    }

    private Recommendation decide(
            long request, Optional<Accuracy> foreseen, Duration into, PodPolicy policy, Steering steering) {
        int hours = (int) into.toHours();
        return decide(demand(used(hours), request, foreseen, Set.of()), policy, steering, at(hours));
    }

    private static Recommendation decide(Demand demand, PodPolicy policy, Steering steering, Instant at) {
        return PodRecommender.decide(demand, policy, at, steering, (from, to) -> new Impact(price(from), price(to)));
    }

    private static Instant at(int hours) {
        return MONDAY.plus(Duration.ofDays(14)).plus(Duration.ofHours(hours));
    }

    /** Of two weeks and so many hours. */
    private static UsageAggregate used(int more) {
        UsageAggregate aggregate = UsageAggregate.empty();
        ContainerUsage usage = aggregate.container();
        for (int hour = 0; hour < 14 * 24 + more; hour++) {
            boolean peak = hour % 168 < 120 && hour % 24 >= 9 && hour % 24 < 17;
            for (int i = 0; i < 12; i++) usage.addCpu(MONDAY.plusSeconds(3600L * hour + 300L * i), peak ? 1 : 0.1);
        }
        return aggregate;
    }

    private static Demand demand(
            UsageAggregate aggregate, long request, Optional<Accuracy> foreseen, Set<Resource> restartsFor) {
        return demand(
                aggregate, Requirements.requests(new MilliCores(request), new Bytes(1L << 30)), foreseen, restartsFor);
    }

    private static Demand demand(
            UsageAggregate aggregate, Requirements now, Optional<Accuracy> foreseen, Set<Resource> restartsFor) {
        return new Demand(
                new WorkloadId("shop", "Deployment", "cart"),
                new ContainerSpec("app", "image", now, Optional.empty(), restartsFor),
                1,
                1,
                aggregate.cpu(),
                aggregate.memory(),
                aggregate.recent(),
                Optional.empty(),
                foreseen,
                Map.of(),
                Map.of(),
                aggregate.history());
    }

    private static Money price(Requirements requirements) {
        return new Money(
                requirements.requested().cpu().value()
                        + requirements.requested().memory().value() / 10_000_000,
                Money.USD);
    }

    private static long after(Recommendation said, long before) {
        return said instanceof Recommendation.Resize resize
                ? resize.to().cpuRequest().orElseThrow().value()
                : before;
    }
}
