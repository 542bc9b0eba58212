package io.trimtab.recommend.policy;

import static io.trimtab.recommend.policy.Made.id;
import static io.trimtab.recommend.policy.Made.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.ingest.model.HpaRule;
import io.trimtab.ingest.model.LimitRule;
import io.trimtab.ingest.model.Mode;
import io.trimtab.ingest.model.Policy;
import io.trimtab.ingest.model.SleepWindow;
import io.trimtab.ingest.model.TriggerSpec;
import io.trimtab.ingest.model.TriggeredScaling;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.pods.AcceptedRisk;
import io.trimtab.recommend.pods.Bounds;
import io.trimtab.recommend.pods.LimitRules;
import io.trimtab.recommend.pods.PodPolicy;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeaningTest {
    private static final WorkloadId WEB = new WorkloadId("shop", "Deployment", "web");
    private static final TriggerSpec QUEUE =
            new TriggerSpec("kafka", Optional.empty(), Optional.empty(), Map.of(), Optional.empty());
    private static final SleepWindow NIGHT = new SleepWindow("0 20 * * *", "0 7 * * *", "Europe/Berlin");

    @Test
    void theDefaultsOfAPolicyAreThoseOfTheCommandLine() {
        assertThat(Meaning.of(policy("shop/a"))).isInstanceOfSatisfying(Meaning.Clear.class, it -> {
            assertThat(it.terms().pods()).isEqualTo(PodPolicy.DEFAULT);
            assertThat(it.terms().acts()).isEqualTo(ActTerms.DEFAULT);
            assertThat(it.terms().replicas().bounds().min()).isEmpty();
            assertThat(it.terms().replicas().bounds().max()).isEmpty();
            assertThat(it.terms().replicas().floors()).isEmpty();
            assertThat(it.terms().replicas().predictive()).isTrue();
        });
    }

    @Test
    void everyFieldIsRead() {
        var spec = new Policy.Spec(
                Mode.APPLY,
                Policy.Scope.EVERYTHING,
                new Policy.Objective(0.05, 30),
                new Policy.Requests(
                        Optional.of(new MilliCores(10)),
                        Optional.of(new MilliCores(8000)),
                        Optional.of(new Bytes(1 << 20)),
                        Optional.of(new Bytes(1 << 30)),
                        new LimitRule.None(),
                        new LimitRule.Plus(new Bytes(5)),
                        false,
                        false),
                new Policy.Replicas(
                        OptionalInt.of(2),
                        OptionalInt.of(40),
                        false,
                        List.of(new Policy.Floor(
                                new Policy.Window("0 8 * * 1-5", Duration.ofHours(10), "Europe/Berlin"), 6)),
                        HpaRule.LEAVE),
                Policy.Zero.OFF,
                new Policy.Acts(
                        List.of(new Policy.Window("0 2 * * *", Duration.ofHours(3), "Europe/Berlin")),
                        0.2,
                        7,
                        Duration.ofHours(48),
                        BigDecimal.valueOf(5)));
        assertThat(Meaning.of(policy(id("shop/a"), spec))).isInstanceOfSatisfying(Meaning.Clear.class, it -> {
            assertThat(it.terms().pods())
                    .isEqualTo(new PodPolicy(
                            new Bounds(
                                    Optional.of(new MilliCores(10)),
                                    Optional.of(new MilliCores(8000)),
                                    Optional.of(new Bytes(1 << 20)),
                                    Optional.of(new Bytes(1 << 30))),
                            new LimitRules(new LimitRule.None(), new LimitRule.Plus(new Bytes(5))),
                            Duration.ofHours(48),
                            0.1,
                            new AcceptedRisk(0.05, 30),
                            false,
                            false,
                            false));
            assertThat(it.terms().replicas().bounds().policy()).contains(id("shop/a"));
            assertThat(it.terms().replicas().bounds().min()).hasValue(2);
            assertThat(it.terms().replicas().bounds().max()).hasValue(40);
            assertThat(it.terms().replicas().predictive()).isFalse();
            assertThat(it.terms().hpa()).isEqualTo(HpaRule.LEAVE);
            assertThat(it.terms().replicas().floors()).singleElement().satisfies(floor -> {
                assertThat(floor.min()).isEqualTo(6);
                assertThat(floor.period().schedule()).isEqualTo("0 8 * * 1-5 Europe/Berlin");
                assertThat(floor.period().length()).isEqualTo(Duration.ofHours(10));
            });
            assertThat(it.terms().acts().podsPer10Minutes()).isEqualTo(0.2);
            assertThat(it.terms().acts().perWorkloadPerDay()).isEqualTo(7);
            assertThat(it.terms().acts().minSavingPerMonth()).hasToString("5.000000 USD");
            assertThat(it.terms().acts().windows())
                    .singleElement()
                    .satisfies(window -> assertThat(window.zone()).hasToString("Europe/Berlin"));
        });
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        cpu in order            | cpu 10 20         |
        cpu the same            | cpu 10 10         |
        cpu out of order        | cpu 20 10         | spec.requests cpu: min (20m) must not exceed max (10m)
        replicas out of order   | replicas 3 2      | spec.replicas min (3) must not exceed max (2)
        no replicas without zero| replicas 0 2      | spec.replicas.min (0) must be at least 1 unless spec.zero.enabled is true
        zero without a reason   | zero              | spec.zero.enabled needs at least one of spec.zero.triggers and spec.zero.sleep
        no chance at all        | oom 0             | spec.objective oomPerWeek (0.0) must be between 0 and 1
        a window                | window 0 2 * * *  |
        a cron line of 4 fields | window 0 2 * *    | spec.acts.windows[0].schedule (0 2 * *): a cron line has five fields (minute, hour, day of month, month, day of week), this has 4
        a line that never fires | window 0 2 30 2 * | spec.acts.windows[0].schedule (0 2 30 2 *): it never fires: no month has such a day
        an unknown time zone    | zone Europe/Bonn  | spec.acts.windows[0].timezone (Europe/Bonn) is no time zone that is known here, such as Europe/Berlin
        an empty window         | length PT0S       | spec.acts.windows[0] for (PT0S) must be above 0
        a floor                 | floor 9 0 8 * * * |
        a floor above the most  | floor 10 0 8 * * * | spec.replicas floors[0].min (10) must not exceed max (9)
        a floor of nothing      | floor 0 0 8 * * * | spec.replicas.floors[0] min (0) must be >= 1
        a floor without a time  | floor 2 8 * * *   | spec.replicas.floors[0].schedule (8 * * *): a cron line has five fields (minute, hour, day of month, month, day of week), this has 4
        a floor nowhere         | nowhere Europe/Bonn | spec.replicas.floors[0].timezone (Europe/Bonn) is no time zone that is known here, such as Europe/Berlin
        an empty floor          | empty PT0S        | spec.replicas.floors[0] for (PT0S) must be above 0
        sleep                   | sleep 0 7 * * *   |
        sleep that never ends   | sleep 0 7 31 4 *  | spec.zero.sleep[0].until (0 7 31 4 *): it never fires: no month has such a day
        """)
    void namesWhatHasNoMeaning(String name, String what, String problem) {
        String first = what.split(" ")[0];
        String rest = what.substring(Math.min(what.length(), first.length() + 1));
        String[] numbers = rest.split(" ");
        Policy.Spec plain = Made.PLAIN;
        Policy.Spec spec = new Policy.Spec(
                plain.mode(),
                plain.scope(),
                first.equals("oom") ? new Policy.Objective(0, 5) : plain.objective(),
                first.equals("cpu")
                        ? new Policy.Requests(
                                Optional.of(new MilliCores(Long.parseLong(numbers[0]))),
                                Optional.of(new MilliCores(Long.parseLong(numbers[1]))),
                                Optional.empty(),
                                Optional.empty(),
                                new LimitRule.Ratio(),
                                new LimitRule.Ratio(),
                                true,
                                true)
                        : plain.requests(),
                switch (first) {
                    case "replicas" ->
                        new Policy.Replicas(
                                OptionalInt.of(Integer.parseInt(numbers[0])),
                                OptionalInt.of(Integer.parseInt(numbers[1])));
                    case "floor" ->
                        floored(
                                new Policy.Window(rest.substring(rest.indexOf(' ') + 1), Duration.ofHours(1), "UTC"),
                                Integer.parseInt(numbers[0]));
                    case "nowhere" -> floored(new Policy.Window("0 8 * * *", Duration.ofHours(1), rest), 2);
                    case "empty" -> floored(new Policy.Window("0 8 * * *", Duration.parse(rest), "UTC"), 2);
                    default -> plain.replicas();
                },
                switch (first) {
                    case "zero" -> new Policy.Zero(true, Optional.empty(), List.of(), List.of());
                    case "sleep" ->
                        new Policy.Zero(
                                true, Optional.empty(), List.of(), List.of(new SleepWindow("0 20 * * *", rest, "UTC")));
                    default -> plain.zero();
                },
                switch (first) {
                    case "window" -> acts(new Policy.Window(rest, Duration.ofHours(1), "UTC"));
                    case "zone" -> acts(new Policy.Window("0 2 * * *", Duration.ofHours(1), rest));
                    case "length" -> acts(new Policy.Window("0 2 * * *", Duration.parse(rest), "UTC"));
                    default -> plain.acts();
                });
        switch (Meaning.of(policy(id("shop/a"), spec))) {
            case Meaning.Clear _ -> assertThat(problem).isNull();
            case Meaning.Unclear(List<Policy.Problem> problems) ->
                assertThat(problems).singleElement().hasToString(problem);
        }
    }

    /** At most 9 replicas. */
    private static Policy.Replicas floored(Policy.Window window, int min) {
        return new Policy.Replicas(
                OptionalInt.empty(), OptionalInt.of(9), true, List.of(new Policy.Floor(window, min)), HpaRule.RETUNE);
    }

    private static Policy.Acts acts(Policy.Window window) {
        return new Policy.Acts(List.of(window), 0.05, 2, Duration.ofHours(24), BigDecimal.ZERO);
    }

    @ParameterizedTest(name = "enabled {0}, replicas {1} to {2}: rests at {3}, active from {4} to {5}")
    @CsvSource(nullValues = "-", textBlock = """
        false, 2, 9, -, -, -
        true,  -, -, 0, 0, 100
        true,  0, 9, 0, 0, 9
        true,  2, 9, 0, 2, 9
        true,  200, -, 0, 200, 200
        """)
    void makesTriggersOfZero(
            boolean enabled, Integer min, Integer max, Integer rests, Integer activeMin, Integer activeMax) {
        Policy.Spec plain = Made.PLAIN;
        Policy policy = policy(
                id("shop/a"),
                new Policy.Spec(
                        plain.mode(),
                        plain.scope(),
                        plain.objective(),
                        plain.requests(),
                        new Policy.Replicas(optional(min), optional(max)),
                        new Policy.Zero(enabled, Optional.of(Duration.ofMinutes(5)), List.of(QUEUE), List.of(NIGHT)),
                        plain.acts()));
        List<TriggeredScaling> made = Triggering.of(policy, List.of(WEB));
        if (!enabled) {
            assertThat(made).isEmpty();
            return;
        }
        assertThat(made).singleElement().satisfies(it -> {
            assertThat(it.owner()).hasToString("shop/ScalingPolicy/a");
            assertThat(it.target()).isEqualTo(WEB);
            assertThat(it.idleReplicas().orElse(it.minReplicas())).isEqualTo(rests);
            assertThat(it.minReplicas()).isEqualTo(activeMin);
            assertThat(it.maxReplicas()).isEqualTo(activeMax);
            assertThat(it.cooldown()).contains(Duration.ofMinutes(5));
            assertThat(it.triggers()).containsExactly(QUEUE);
            assertThat(it.sleep()).containsExactly(NIGHT);
        });
    }

    private static OptionalInt optional(Integer number) {
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }
}
