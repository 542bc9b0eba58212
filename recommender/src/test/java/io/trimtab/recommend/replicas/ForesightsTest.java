package io.trimtab.recommend.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Money;
import io.trimtab.forecast.PastUse;
import io.trimtab.forecast.Pasts;
import io.trimtab.ingest.model.HorizontalAutoscaler;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.Impact;
import io.trimtab.recommend.Recommendation;
import io.trimtab.recommend.replicas.CpuScaling.CpuPod;
import io.trimtab.recommend.replicas.CpuScaling.CpuWorkload;
import io.trimtab.recommend.replicas.Foresights.Candidate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pods of one core at a target of 50 %, so half a core each. */
class ForesightsTest {
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final WorkloadId WEB = new WorkloadId("shop", "Deployment", "web");
    private static final Duration START = Duration.ofSeconds(120);

    private final Foresights foresights = new Foresights();

    /** Demand rises by a pod's worth every 5 minutes; until a pod that is started now serves, and one round more, 3 minutes go by. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        a ramp is followed          | 60 | 0   | true  | 13 | ForecastHigher
        nobody has looked yet       | 60 | 0   | false | 0  | ForecastNotTried
        too little is known         | 6  | 0   | true  | 0  | ForecastTooShort
        the newest is 4 minutes old | 60 | 240 | true  | 13 | ForecastHigher
        the newest is 6 minutes old | 60 | 360 | true  | 0  | -
        """)
    void theLoopDecidesWithTheForecast(
            String name, int minutes, int oldSeconds, boolean looked, int atLeast, String reason) {
        PastUse past = past(minutes, NOW.minusSeconds(oldSeconds), i -> 0.1 * i);
        if (looked) look(List.of(WEB), pasts(past), NOW);
        Recommendation decided = decide(foresights.demand(WEB, pasts(past), NOW), 12, 500);

        assertThat(decided instanceof Recommendation.Scale scale ? scale.to() : 0)
                .isGreaterThanOrEqualTo(atLeast);
        List<String> reasons = decided.reasons().stream()
                .map(it -> it.getClass().getSimpleName())
                .toList();
        if (reason.equals("-")) assertThat(reasons).containsExactly("WithinTolerance");
        else assertThat(reasons).contains(reason);
    }

    @Test
    void aConstantIsLeftAsItIs() {
        PastUse past = past(600, NOW, _ -> 6);
        look(List.of(WEB), pasts(past), NOW);
        Recommendation decided = decide(foresights.demand(WEB, pasts(past), NOW), 12, 500);

        assertThat(decided).isInstanceOf(Recommendation.Hold.class);
        assertThat(decided.reasons().toString()).contains("ForecastNotBetter");
    }

    /** What {@code evaluate} would say of the same past. */
    @Test
    void theLoopAndASingleQuestionDecideAlikeSeed7() {
        Random random = new Random(7);
        for (int trial = 0; trial < 60; trial++) {
            PastUse past = anyPast(random);
            var question = new PastDemand(
                    past.newest().minus(PastUse.STEP.multipliedBy(past.cores().length - 1L)),
                    PastUse.STEP,
                    IntStream.range(0, past.cores().length)
                            .mapToObj(i -> Double.isNaN(past.cores()[i])
                                    ? Optional.<Double>empty()
                                    : Optional.of(past.cores()[i]))
                            .toList(),
                    START.plus(PastUse.STEP));
            look(List.of(WEB), pasts(past), NOW);
            int replicas = 1 + random.nextInt(40);
            int usage = 100 + random.nextInt(900);

            assertThat(decide(foresights.demand(WEB, pasts(past), NOW), replicas, usage))
                    .as("trial %d", trial)
                    .isEqualTo(decide(Optional.of(question), replicas, usage));
            look(List.of(), Pasts.NONE, NOW);
        }
    }

    @Test
    void aForecastOnlyAddsSeed8() {
        Random random = new Random(8);
        for (int trial = 0; trial < 60; trial++) {
            PastUse past = anyPast(random);
            look(List.of(WEB), pasts(past), NOW);
            int replicas = 1 + random.nextInt(40);
            int usage = 100 + random.nextInt(900);
            int with = count(decide(foresights.demand(WEB, pasts(past), NOW), replicas, usage), replicas);

            assertThat(with)
                    .as("trial %d", trial)
                    .isBetween(count(decide(Optional.empty(), replicas, usage), replicas), 50);
            look(List.of(), Pasts.NONE, NOW);
        }
    }

    /** 20 at once, all within as many rounds as that takes, and each again when its hour is over. */
    @Test
    void allHaveTheirTurn() {
        PastUse past = past(60, NOW, i -> i);
        List<WorkloadId> all = IntStream.range(0, 90)
                .mapToObj(i -> new WorkloadId("shop", "Deployment", "web-" + i))
                .toList();
        assertThat(looked(all, past)).isZero();
        for (int round = 1; round <= 5; round++) {
            look(all, pasts(past), NOW.plus(Duration.ofMinutes(round)));
            assertThat(looked(all, past)).isEqualTo(Math.min(90, 20 * round));
        }
        look(all.subList(0, 30), pasts(past), NOW.plus(Duration.ofMinutes(6)));
        assertThat(looked(all, past))
                .as("those that are no candidates are forgotten")
                .isEqualTo(30);
        PastUse constant = past(60, NOW, _ -> 1);
        for (int round = 61; round <= 66; round++)
            look(all.subList(0, 30), pasts(constant), NOW.plus(Duration.ofMinutes(round)));
        assertThat(all.subList(0, 30).stream().filter(id -> used(id, constant)).count())
                .as("an hour later it is found out anew")
                .isZero();
    }

    private long looked(List<WorkloadId> all, PastUse past) {
        return all.stream()
                .filter(id -> !(foresights
                                .demand(id, pasts(past), NOW)
                                .orElseThrow()
                                .found()
                                .orElseThrow()
                        instanceof ForecastChoice.NotTried))
                .count();
    }

    private boolean used(WorkloadId workload, PastUse past) {
        return foresights
                                .demand(workload, pasts(past), NOW)
                                .orElseThrow()
                                .found()
                                .orElseThrow()
                        instanceof ForecastChoice.Chosen chosen
                && chosen.used();
    }

    private void look(List<WorkloadId> workloads, Pasts pasts, Instant now) {
        foresights.look(workloads.stream().map(id -> new Candidate(id, 0.5)).toList(), pasts, now);
    }

    /** No more than it is asked for. */
    private static Pasts pasts(PastUse all) {
        return (_, minutes) -> Optional.of(new PastUse(
                all.newest(),
                Arrays.copyOfRange(all.cores(), Math.max(0, all.cores().length - minutes), all.cores().length),
                all.podStart()));
    }

    private static Recommendation decide(Optional<PastDemand> demand, int replicas, int usageMilli) {
        var pod =
                new CpuPod(PodState.READY, Optional.of(new MilliCores(usageMilli)), Optional.of(new MilliCores(1000)));
        var impact = new Impact(new Money(2, Money.USD), new Money(1, Money.USD));
        return CpuScaling.decide(
                new CpuWorkload(
                        new HorizontalAutoscaler("shop", "web", WEB, 1, 50, Optional.of(50)),
                        replicas,
                        Collections.nCopies(replicas, pod),
                        Optional.empty(),
                        ScalingHistory.NONE,
                        demand),
                ReplicaPolicy.DEFAULT,
                NOW,
                _ -> impact);
    }

    private static int count(Recommendation decided, int replicas) {
        return decided instanceof Recommendation.Scale scale ? scale.to() : replicas;
    }

    /** A ramp, a season of an hour, steps or noise, with gaps now and then. */
    private static PastUse anyPast(Random random) {
        double level = 1 + random.nextInt(10);
        double slope = random.nextInt(3) * 0.02;
        double season = random.nextInt(3) * level / 4;
        double noise = random.nextInt(3) * level / 10;
        return past(
                30 + random.nextInt(400),
                NOW,
                i -> random.nextInt(20) == 0
                        ? Double.NaN
                        : Math.max(0, level + slope * i + season * Math.sin(i / 9.5) + noise * random.nextGaussian()));
    }

    private static PastUse past(int minutes, Instant newest, IntToDoubleFunction cores) {
        return new PastUse(
                newest, IntStream.range(0, minutes).mapToDouble(cores).toArray(), START);
    }
}
