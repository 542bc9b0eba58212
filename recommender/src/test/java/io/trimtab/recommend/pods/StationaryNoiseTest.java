package io.trimtab.recommend.pods;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Money;
import io.trimtab.forecast.ContainerUsage;
import io.trimtab.forecast.Demand;
import io.trimtab.forecast.UsageAggregate;
import io.trimtab.forecast.online.Accuracy;
import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.Impact;
import io.trimtab.recommend.Recommendation;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Usage that only ever wavers around one level is given other requests rarely. */
class StationaryNoiseTest {
    private static final Instant START = Instant.parse("2026-11-02T00:00:00Z");
    private static final Duration STEP = Duration.ofMinutes(5);
    private static final int STEPS_PER_HOUR = 12;
    private static final int HOURS_PER_WEEK = 168;
    private static final int WEEKS = 6;
    private static final int PODS = 3;

    /** Decided and applied every hour, for six weeks from the first sample on. In the first week they are sized, and may be sized once more as more is known. */
    @ParameterizedTest(name = "seeds 1 to {0}, wavering by {1} of the mean, by the time of the week: {2}")
    @CsvSource({"50, 0.3, false", "50, 0.3, true"})
    void changesAreRare(int workloads, double deviation, boolean byTimeOfWeek) {
        int first = 0;
        int settled = 0;
        for (long seed = 1; seed <= workloads; seed++) {
            int[] changes = changes(new Random(seed), deviation, byTimeOfWeek);
            assertThat(changes[0]).as("seed %d in its first week", seed).isBetween(1, 2);
            assertThat(Arrays.stream(changes).skip(1).max().orElseThrow())
                    .as("changes of seed %d in a week", seed)
                    .isLessThanOrEqualTo(1);
            first += changes[0];
            settled += Arrays.stream(changes).skip(1).sum();
        }
        assertThat((double) first / workloads).as("changes in the first week").isLessThanOrEqualTo(1.4);
        assertThat((double) settled / workloads / (WEEKS - 1))
                .as("changes of a workload in a week after the first")
                .isLessThanOrEqualTo(0.1);
    }

    private static int[] changes(Random random, double deviation, boolean byTimeOfWeek) {
        int[] changes = new int[WEEKS];
        UsageAggregate aggregate = UsageAggregate.empty();
        ContainerUsage[] pods = new ContainerUsage[PODS];
        for (int pod = 0; pod < PODS; pod++) pods[pod] = aggregate.container();
        Requirements now = Requirements.requests(new MilliCores(2000), new Bytes(4L << 30));
        for (int step = 1; step <= WEEKS * HOURS_PER_WEEK * STEPS_PER_HOUR; step++) {
            Instant at = START.plus(STEP.multipliedBy(step));
            for (ContainerUsage pod : pods) {
                pod.addCpu(at, Math.max(0, 0.5 * (1 + deviation * random.nextGaussian())));
                pod.addMemory(at, Math.max(0, 5e8 * (1 + deviation * random.nextGaussian())));
            }
            if (step % STEPS_PER_HOUR != 0) continue;
            Recommendation said = PodRecommender.decide(
                    demand(now, aggregate),
                    byTimeOfWeek ? PodPolicy.DEFAULT.thatIsFollowed() : PodPolicy.DEFAULT,
                    at,
                    Steering.FREE,
                    (from, to) -> new Impact(price(from), price(to)));
            if (!(said instanceof Recommendation.Resize resize)) continue;
            now = resize.to();
            changes[(step - 1) / STEPS_PER_HOUR / HOURS_PER_WEEK]++;
        }
        return changes;
    }

    /** A core costs as much as seven and a half GiB. */
    private static Money price(Requirements requirements) {
        double cores = requirements.cpuRequest().orElseThrow().value() / 1000.0;
        double gib = requirements.memoryRequest().orElseThrow().value() / (double) (1L << 30);
        return new Money(Math.round(1e6 * PODS * (22 * cores + 3 * gib)), Money.USD);
    }

    private static Demand demand(Requirements now, UsageAggregate aggregate) {
        return new Demand(
                new WorkloadId("shop", "Deployment", "cart"),
                new ContainerSpec("app", "image", now),
                1,
                PODS,
                aggregate.cpu(),
                aggregate.memory(),
                aggregate.recent(),
                Optional.empty(),
                Optional.of(new Accuracy(1000, 0.7, 0.1, 0.95, true)),
                Map.of(),
                Map.of(),
                aggregate.history());
    }
}
