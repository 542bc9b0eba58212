package io.trimtab.actuate.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Money;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.Mode;
import io.trimtab.ingest.model.Namespace;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.PodPhase;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.ResourceAmount;
import io.trimtab.ingest.model.UtilizationTarget;
import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.Impact;
import io.trimtab.recommend.Outcome;
import io.trimtab.recommend.PodReason;
import io.trimtab.recommend.Recommendation;
import io.trimtab.recommend.Recommendation.Hold;
import io.trimtab.recommend.Recommendation.Resize;
import io.trimtab.recommend.Recommendation.Retune;
import io.trimtab.recommend.Recommendation.Scale;
import io.trimtab.recommend.cron.CronPeriod;
import io.trimtab.recommend.cron.CronSchedule;
import io.trimtab.recommend.policy.Governance;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardedActuatorTest {
    private static final WorkloadId WEB = new WorkloadId("shop", "Deployment", "web");
    private static final Money NO_MONEY = Money.zero(Currency.getInstance("USD"));
    private static final Impact NO_IMPACT = new Impact(NO_MONEY, NO_MONEY);
    private static final Scale SCALE = new Scale(WEB, 3, 5, NO_IMPACT, List.of(new PodReason.NoSamples()));
    private static final Resize RESIZE =
            new Resize(WEB, "app", Requirements.NONE, Requirements.NONE, NO_IMPACT, List.of(new PodReason.NoSamples()));

    private Instant now = Instant.parse("2026-11-24T12:00:00Z");
    private Situation situation = new Situation(Mode.APPLY, false, 3, 100);
    private final List<Recommendation> done = new ArrayList<>();
    private boolean refuses;
    private final GuardedActuator guarded =
            new GuardedActuator(this::write, _ -> situation, _ -> Optional.empty(), () -> now, List.of());

    private Outcome write(Recommendation recommendation) {
        done.add(recommendation);
        return refuses ? new Outcome.Refused(WEB, "it", "no") : new Outcome.Applied(WEB, "it");
    }

    @Test
    void countsWhatWasApplied() {
        assertThat(guarded.apply(SCALE)).isInstanceOf(Outcome.Applied.class);
        assertThat(guarded.apply(RESIZE)).isInstanceOf(Outcome.Applied.class);
        assertThat(guarded.past()).extracting(Act::subject).containsExactly("replicas", "app");
        assertThat(guarded.past()).extracting(Act::pods).containsExactly(2, 3);
        assertThat(guarded.apply(SCALE))
                .isEqualTo(new Outcome.Skipped(
                        WEB, "5 pods touched in 10 minutes and 2 more asked for, 5 allowed (acts.podsPer10Minutes)"));
        now = now.plus(Duration.ofMinutes(10));
        assertThat(guarded.apply(SCALE)).isInstanceOf(Outcome.Applied.class);
        now = now.plus(Duration.ofHours(1));
        assertThat(guarded.apply(SCALE))
                .isEqualTo(new Outcome.Skipped(WEB, "2 acts on it in 24 h, 2 allowed (acts.perWorkloadPerDay)"));
        now = now.plus(Duration.ofHours(24));
        assertThat(guarded.apply(SCALE)).isInstanceOf(Outcome.Applied.class);
        assertThat(guarded.past()).hasSize(1);
    }

    @Test
    void whatWasRefusedSpendsNothing() {
        refuses = true;
        assertThat(guarded.apply(SCALE)).isInstanceOf(Outcome.Refused.class);
        assertThat(guarded.past()).isEmpty();
    }

    @Test
    void nothingPassesBelowApplyOrPaused() {
        situation = new Situation(Mode.RECOMMEND, false, 3, 100);
        assertThat(guarded.apply(SCALE))
                .isEqualTo(new Outcome.Skipped(WEB, "the mode is Recommend; set it to Apply to act"));
        situation = new Situation(Mode.APPLY, true, 3, 100);
        assertThat(guarded.apply(RESIZE))
                .isEqualTo(new Outcome.Skipped(
                        WEB,
                        "paused; remove the annotation trimtab.io/pause of the workload, its namespace or its"
                                + " policy to act"));
        assertThat(done).isEmpty();
    }

    @Test
    void thePolicySaysWhenAndForWhat() {
        var night = new CronPeriod(CronSchedule.parse("0 2 * * *"), Duration.ofHours(3), ZoneOffset.UTC);
        Money five = Money.of(BigDecimal.valueOf(5), Money.USD, RoundingMode.UNNECESSARY);
        situation = new Situation(Mode.APPLY, false, 3, 100, new GuardLimits(List.of(night), NO_MONEY, 1, 2));
        assertThat(guarded.apply(SCALE))
                .isEqualTo(new Outcome.Skipped(
                        WEB, "no window is open; the next one opens at 2026-11-25T02:00:00Z (acts.windows)"));
        now = Instant.parse("2026-11-25T02:00:00Z");
        assertThat(guarded.apply(SCALE)).isInstanceOf(Outcome.Applied.class);
        situation = new Situation(Mode.APPLY, false, 3, 100, new GuardLimits(List.of(), five, 1, 2));
        assertThat(guarded.apply(RESIZE))
                .isEqualTo(new Outcome.Skipped(
                        WEB, "it saves 0.000000 USD per month, 5.000000 USD are needed (acts.minSavingPerMonth)"));
        assertThat(guarded.apply(SCALE)).as("it adds replicas").isInstanceOf(Outcome.Applied.class);
        Resize bigger = new Resize(
                WEB,
                "app",
                Requirements.NONE,
                Requirements.requests(new MilliCores(10), new Bytes(10)),
                NO_IMPACT,
                List.of(new PodReason.NoSamples()));
        assertThat(guarded.apply(bigger)).as("it raises requests").isInstanceOf(Outcome.Applied.class);
    }

    /** Steps of the day leave the day's number of acts to others; the way down keeps to half of the budget of pods, the way up does not wait. */
    @Test
    void stepsOfTheDayAreNoNewDecisions() {
        Resize down = step(1000, 300, 1L << 30);
        for (int hour = 0; hour < 6; hour++) {
            now = now.plus(Duration.ofHours(1));
            assertThat(guarded.apply(hour % 2 == 0 ? down : step(300, 1000, 1L << 30)))
                    .isInstanceOf(Outcome.Applied.class);
        }
        assertThat(guarded.apply(RESIZE)).as("the budget is spent").isInstanceOf(Outcome.Skipped.class);
        assertThat(guarded.apply(down)).as("likewise").isInstanceOf(Outcome.Skipped.class);
        assertThat(guarded.apply(step(300, 1000, 1L << 30))).isInstanceOf(Outcome.Applied.class);
        now = now.plus(Duration.ofHours(1));
        assertThat(guarded.apply(RESIZE)).isInstanceOf(Outcome.Applied.class);
        now = now.plus(Duration.ofHours(1));
        assertThat(guarded.apply(step(1000, 300, 1L << 29)))
                .as("memory goes along, as in any act")
                .isInstanceOf(Outcome.Applied.class);
        now = now.plus(Duration.ofHours(1));
        assertThat(guarded.apply(RESIZE))
                .isEqualTo(new Outcome.Skipped(WEB, "2 acts on it in 24 h, 2 allowed (acts.perWorkloadPerDay)"));
        situation = new Situation(Mode.APPLY, false, 2, 100);
        now = now.plus(Duration.ofDays(2));
        assertThat(guarded.apply(SCALE)).isInstanceOf(Outcome.Applied.class);
        assertThat(guarded.apply(down)).as("half of the budget is for others").isInstanceOf(Outcome.Skipped.class);
        assertThat(guarded.apply(RESIZE)).isInstanceOf(Outcome.Applied.class);
        situation = new Situation(Mode.APPLY, true, 3, 100);
        assertThat(guarded.apply(down)).as("paused").isInstanceOf(Outcome.Skipped.class);
    }

    private static Resize step(long from, long to, long bytes) {
        return new Resize(
                WEB,
                "app",
                Requirements.requests(new MilliCores(from), new Bytes(1L << 30)),
                Requirements.requests(new MilliCores(to), new Bytes(bytes)),
                NO_IMPACT,
                List.of(new PodReason.TimeOfWeek(
                        List.of(new PodReason.Step(new MilliCores(to), Duration.ofHours(8))), new MilliCores(1000))));
    }

    @Test
    void requestsWithTheirTargetAreOneActOnTheContainer() {
        assertThat(guarded.apply(retune(List.of(RESIZE)))).isInstanceOf(Outcome.Applied.class);
        assertThat(guarded.past()).containsExactly(new Act(now, WEB, "app", 3));
    }

    /** Replicas are missing until it is done, and the act that it follows was let through. */
    @Test
    void aTargetAloneWaitsForNoBudgetAndNoWindow() {
        var never = new CronPeriod(CronSchedule.parse("0 2 * * *"), Duration.ofHours(3), ZoneOffset.UTC);
        situation = new Situation(Mode.APPLY, false, 3, 100, new GuardLimits(List.of(never), NO_MONEY, 0, 0));
        assertThat(guarded.apply(retune(List.of(RESIZE)))).isInstanceOf(Outcome.Skipped.class);
        assertThat(guarded.apply(retune(List.of()))).isInstanceOf(Outcome.Applied.class);
        situation = new Situation(Mode.APPLY, true, 3, 100);
        assertThat(guarded.apply(retune(List.of()))).as("paused").isInstanceOf(Outcome.Skipped.class);
        situation = new Situation(Mode.RECOMMEND, false, 3, 100);
        assertThat(guarded.apply(retune(List.of()))).as("not to act").isInstanceOf(Outcome.Skipped.class);
    }

    private static Retune retune(List<Resize> resizes) {
        var target = new Retune.Target(
                Resource.CPU,
                Optional.empty(),
                80,
                60,
                new UtilizationTarget.Origin(60, new ResourceAmount(Resource.CPU, 500)));
        return new Retune(
                WEB, "web", List.of(target), Optional.empty(), resizes, NO_IMPACT, List.of(new PodReason.NoSamples()));
    }

    @Test
    void holdsPassUncounted() {
        guarded.apply(new Hold(WEB, "app", List.of(new PodReason.NoSamples())));
        assertThat(done).hasSize(1);
        assertThat(guarded.past()).isEmpty();
    }

    @Test
    void anEarlierProcessSpentToo() {
        var restarted = new GuardedActuator(
                this::write, _ -> situation, _ -> Optional.empty(), () -> now, List.of(new Act(now, WEB, "app", 5)));
        assertThat(restarted.apply(SCALE)).isInstanceOf(Outcome.Skipped.class);
    }

    @ParameterizedTest(name = "granted {0}, annotated {1}={2}")
    @CsvSource(nullValues = "-", textBlock = """
        APPLY,     trimtab.io/other, x,         APPLY,     false
        APPLY,     trimtab.io/mode,  Recommend, RECOMMEND, false
        APPLY,     trimtab.io/mode,  observe,   OBSERVE,   false
        RECOMMEND, trimtab.io/mode,  Apply,     RECOMMEND, false
        APPLY,     trimtab.io/mode,  Aply,      OBSERVE,   false
        APPLY,     trimtab.io/pause, true,      APPLY,     true
        APPLY,     trimtab.io/pause, false,     APPLY,     false
        """)
    void readsTheSituation(Mode granted, String annotation, String value, Mode mode, boolean paused) {
        var workload = new Workload(WEB, 2, List.of(), Map.of(), Map.of(annotation, value), now);
        List<Pod> pods =
                IntStream.range(0, 5).mapToObj(i -> pod("p" + i, i < 2, i < 4)).toList();
        var snapshot = new ClusterSnapshot(now, List.of(workload), pods, List.of(), List.of());
        assertThat(Situation.of(PodCounts.of(snapshot), WEB, Governance.of(snapshot, granted)))
                .isEqualTo(new Situation(mode, paused, 2, 4));
    }

    @ParameterizedTest(name = "namespace {0} annotated {1}={2}")
    @CsvSource(textBlock = """
        shop,  trimtab.io/pause, true,      true
        shop,  trimtab.io/pause, ' TRUE ',  true
        shop,  trimtab.io/pause, false,     false
        shop,  trimtab.io/mode,  Observe,   false
        other, trimtab.io/pause, true,      false
        """)
    void aPausedNamespacePausesItsWorkloads(String name, String annotation, String value, boolean paused) {
        var workload = new Workload(WEB, 2, List.of(), Map.of(), Map.of(), now);
        var namespace = new Namespace(name, Map.of(annotation, value));
        var snapshot = new ClusterSnapshot(now, List.of(workload), List.of(), List.of(), List.of(), List.of(namespace));
        assertThat(Situation.of(PodCounts.of(snapshot), WEB, Governance.of(snapshot, Mode.APPLY)))
                .isEqualTo(new Situation(Mode.APPLY, paused, 0, 0));
    }

    private Pod pod(String name, boolean ofWeb, boolean bound) {
        return new Pod(
                new PodId("shop", name),
                ofWeb ? Optional.of(WEB) : Optional.empty(),
                bound ? Optional.of("node-a") : Optional.empty(),
                PodPhase.RUNNING,
                List.of(new ContainerSpec("app", "i", Requirements.NONE)),
                Map.of(),
                Map.of(),
                now,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
