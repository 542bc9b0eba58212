package io.trimtab.recommend.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.recommend.replicas.Behavior.Policy;
import io.trimtab.recommend.replicas.Behavior.PolicyType;
import io.trimtab.recommend.replicas.Behavior.Select;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stabilization, rates and bounds: the metrics want {@code wanted}, what comes out, and what limited it. Rules: {@code Max 100p/60 20/30} is 100 percent a minute, 20 pods each 30 s. */
class LimitsTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        in range                              | 5   | 7    | 3   | 8    | default  | default  | | | 7   |
        below the minimum                     | 3   | 1    | 2   | 8    | default  | default  | | | 2   | MIN_REPLICAS
        to zero                               | 1   | 0    | 0   | 10   | default  | default  | | | 0   |
        above the maximum already             | 20  | 1000 | 1   | 10   | default  | default  | | | 10  | MAX_REPLICAS
        below the minimum already             | 2   | 1    | 5   | 10   | default  | default  | | | 5   | MIN_REPLICAS
        above the maximum                     | 100 | 1000 | 100 | 150  | default  | default  | | | 150 | MAX_REPLICAS
        at the maximum                        | 100 | 150  | 100 | 150  | default  | default  | | | 150 |
        percent rounds up, to one more        | 3   | 1000 | 1   | 2000 | Max 1p/60 | default | | | 4   | SCALE_UP_POLICY
        default: to the double                | 10  | 50   | 1   | 1000 | default  | default  | | | 20  | SCALE_UP_POLICY
        default: to four more                 | 1   | 50   | 1   | 1000 | default  | default  | | | 5   | SCALE_UP_POLICY
        pods allow more than percent          | 10  | 500  | 1   | 1000 | Max 100/60 100p/60 | default | | | 110 | SCALE_UP_POLICY
        percent allows more than pods         | 10  | 500  | 1   | 1000 | Max 2/60 100p/60   | default | | | 20  | SCALE_UP_POLICY
        the least change                      | 10  | 500  | 1   | 1000 | Min 2/60 100p/60   | default | | | 12  | SCALE_UP_POLICY
        no change upwards at all              | 10  | 500  | 1   | 1000 | Disabled 100p/60   | default | | | 10  | SCALE_UP_POLICY
        down: no change at all                | 10  | 1    | 1   | 1000 | default  | Disabled 100p/60   | | | 10  | SCALE_DOWN_POLICY
        down: pods allow more                 | 100 | 2    | 1   | 1000 | default  | Max 20/60 1p/60    | | | 80  | SCALE_DOWN_POLICY
        down: the least change                | 100 | 2    | 1   | 1000 | default  | Min 20/60 1p/60    | | | 99  | SCALE_DOWN_POLICY
        down: to the minimum                  | 10  | 0    | 1   | 1000 | default  | Max 100/60         | | | 1   | MIN_REPLICAS
        down: all the way to the minimum      | 10  | 2    | 5   | 1000 | default  | Max 100p/60        | | | 5   | MIN_REPLICAS
        down: by 5                            | 10  | 2    | 1   | 1000 | default  | Max 5/60           | | | 5   | SCALE_DOWN_POLICY
        down: half of 5 leaves 2              | 5   | 1    | 1   | 1000 | default  | Max 50p/60         | | | 2   | SCALE_DOWN_POLICY
        down: half is what is wanted          | 10  | 5    | 1   | 1000 | default  | Max 50p/60         | | | 5   |
        maximum before the rate               | 100 | 500  | 1   | 200  | Max 300/60 | default | 1@100 5@60 9@20 | | 200 | MAX_REPLICAS
        more was added than is allowed        | 100 | 500  | 1   | 1000 | Max 5/120  | default | 1@100 5@60 9@20 | | 100 | SCALE_UP_POLICY
        what was added counts                 | 100 | 500  | 1   | 1000 | Max 150/120 | default | 1@100 5@60 9@20 | | 235 | SCALE_UP_POLICY
        percent of the period's start         | 100 | 500  | 1   | 1000 | Max 200p/120 | default | 1@100 5@60 9@20 | | 255 | SCALE_UP_POLICY
        added and removed                     | 6   | 24   | 1   | 1000 | Max 300p/300 | default | 4@60 | 2@60 | 16 | SCALE_UP_POLICY
        an event of the period's age has left | 10  | 50   | 1   | 1000 | Max 5/60   | default | 3@60 | | 15  | SCALE_UP_POLICY
        a younger one has not                 | 10  | 50   | 1   | 1000 | Max 5/60   | default | 3@59.999 | | 12 | SCALE_UP_POLICY
        down: more was removed than allowed   | 100 | 2    | 1   | 1000 | default  | Max 5/120   | | 1@100 5@60 9@20 | 100 | SCALE_DOWN_POLICY
        down: half of the period's start      | 100 | 0    | 1   | 1000 | default  | Max 50p/120 | | 2@100 4@60 6@20 | 56  | SCALE_DOWN_POLICY
        down: added and removed               | 10  | 1    | 1   | 1000 | default  | Max 50p/180 | 2@60 | 4@60 | 6 | SCALE_DOWN_POLICY
        down: below zero is no limit          | 10  | 5    | 1   | 1000 | default  | Max 1000p/120 | | 10@100 10@60 10@20 | 5 |
        """)
    void limitsRatesAndBounds(
            String name,
            int current,
            int wanted,
            int min,
            int max,
            String up,
            String down,
            String ups,
            String downs,
            int replicas,
            String limit) {
        var behavior = new Behavior(rules(up, Behavior.DEFAULT_UP), rules(down, Behavior.DEFAULT_DOWN));
        var history = new ScalingHistory(Scenario.entries(ups), Scenario.entries(downs), List.of());
        ScalingAnswer answer = wanting(current, wanted)
                .bounded(min, max)
                .behaving(Optional.of(behavior), history)
                .decide();

        assertThat(answer.desiredReplicas()).isEqualTo(replicas);
        assertThat(answer.limitedBy().map(Enum::name).orElse(null)).isEqualTo(limit);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        no recommendations                   | 100 | 5   | 0   | 300 |                 | 5   |
        down: the highest of the window      | 100 | 3   | 0   | 180 | 4@120 5@60      | 5   | STABILIZATION
        up: the lowest of the window         | 1   | 7   | 300 | 0   | 4@120 5@60      | 4   | STABILIZATION
        down: lower ones do not matter       | 100 | 3   | 300 | 0   | 1@120 2@60      | 3   |
        up: higher ones do not matter        | 1   | 3   | 0   | 300 | 4@120 5@60      | 3   |
        down: too old                        | 100 | 3   | 0   | 180 | 10@600 9@540    | 3   |
        down: as old as the window           | 100 | 3   | 0   | 180 | 9@180           | 3   |
        down: a little younger               | 100 | 3   | 0   | 180 | 9@179.999       | 9   | STABILIZATION
        up: as old as the window             | 1   | 9   | 180 | 0   | 3@180           | 9   |
        up: a little younger                 | 1   | 9   | 180 | 0   | 3@179.999       | 3   | STABILIZATION
        up: mixed ages                       | 1   | 100 | 300 | 0   | 10@6000 6@60 5@120 9@180 | 5 | STABILIZATION
        both: no way up while wanting down   | 2   | 1   | 300 | 300 | 2@6000 3@180    | 2   | STABILIZATION
        both: no way down while wanting up   | 2   | 3   | 300 | 300 | 2@6000 1@180    | 2   | STABILIZATION
        """)
    void stabilizes(
            String name,
            int current,
            int wanted,
            int upSeconds,
            int downSeconds,
            String recommendations,
            int replicas,
            String limit) {
        var behavior = new Behavior(
                Scenario.rules(upSeconds, Select.MAX, new Policy(PolicyType.PODS, 1000, Duration.ofSeconds(15))),
                Scenario.rules(downSeconds, Select.MAX, new Policy(PolicyType.PERCENT, 100, Duration.ofSeconds(15))));
        var history = new ScalingHistory(List.of(), List.of(), Scenario.entries(recommendations));
        ScalingAnswer answer = wanting(current, wanted)
                .behaving(Optional.of(behavior), history)
                .decide();

        assertThat(answer.desiredReplicas()).isEqualTo(replicas);
        assertThat(answer.limitedBy().map(Enum::name).orElse(null)).isEqualTo(limit);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        at least four                        | 1  | 50   | 1 | 100 |               | 4  | SCALE_UP_POLICY
        to the double                        | 3  | 50   | 1 | 100 |               | 6  | SCALE_UP_POLICY
        the maximum is nearer                | 20 | 1000 | 1 | 30  |               | 30 | MAX_REPLICAS
        exactly the double                   | 5  | 10   | 1 | 10  |               | 10 |
        down at once                         | 10 | 2    | 1 | 100 |               | 2  |
        down to the minimum                  | 10 | 2    | 4 | 100 |               | 4  | MIN_REPLICAS
        down: the highest of 5 min           | 10 | 3    | 1 | 100 | 4@120 5@60    | 5  | STABILIZATION
        down: lower ones do not matter       | 10 | 3    | 1 | 100 | 1@120 2@60    | 3  |
        down: old ones do not matter         | 10 | 3    | 1 | 100 | 10@600 9@300  | 3  |
        down: nearly old ones do             | 10 | 3    | 1 | 100 | 10@600 9@299.999 | 9 | STABILIZATION
        a higher one takes it up again       | 5  | 3    | 1 | 100 | 7@60          | 7  | STABILIZATION
        as far as the rate allows            | 5  | 3    | 1 | 100 | 40@60         | 10 | SCALE_UP_POLICY
        """)
    void limitsWithoutBehavior(
            String name,
            int current,
            int wanted,
            int min,
            int max,
            String recommendations,
            int replicas,
            String limit) {
        var history = new ScalingHistory(List.of(), List.of(), Scenario.entries(recommendations));
        ScalingAnswer answer = wanting(current, wanted)
                .bounded(min, max)
                .behaving(Optional.empty(), history)
                .decide();

        assertThat(answer.desiredReplicas()).isEqualTo(replicas);
        assertThat(answer.limitedBy().map(Enum::name).orElse(null)).isEqualTo(limit);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        3 would become 4                    | 3  | 3100  | TOLERANCE
        10 would stay 10 anyway             | 10 | 9950  |
        at the target                       | 4  | 4000  |
        """)
    void toleranceIsNamedOnlyWhereItChangesTheNumber(String name, int current, String value, String limit) {
        assertThat(Scenario.of(current, Scenario.metric(value, "avg:1000"), "")
                        .decide()
                        .limitedBy()
                        .map(Enum::name)
                        .orElse(null))
                .isEqualTo(limit);
    }

    @Test
    void zeroReplicasSwitchScalingOff() {
        ScalingAnswer answer = wanting(0, 50).bounded(2, 100).decide();

        assertThat(answer.desiredReplicas()).isZero();
        assertThat(answer.metrics()).isEmpty();
        assertThat(answer.reasons().toString()).contains("ScalingDisabled");
    }

    @Test
    void aDirectionsOwnToleranceGoesFirst() {
        var up = new Behavior.Rules(Duration.ZERO, Select.MAX, Behavior.DEFAULT_UP.policies(), Optional.of(0.5));
        Scenario scenario = wanting(10, 14).tolerating(0.1, 0.1);

        assertThat(scenario.decide().desiredReplicas()).isEqualTo(14);
        assertThat(scenario.behaving(Optional.of(new Behavior(up, Behavior.DEFAULT_DOWN)), ScalingHistory.NONE)
                        .decide()
                        .desiredReplicas())
                .isEqualTo(10);
    }

    private static Scenario wanting(int current, int wanted) {
        return Scenario.of(current, Scenario.metric(Long.toString(wanted * 1000L), "avg:1000"), "")
                .tolerating(0, 0);
    }

    private static Behavior.Rules rules(String text, Behavior.Rules defaults) {
        if (text.equals("default")) return defaults;
        String[] parts = text.split(" ");
        List<Policy> policies = new ArrayList<>();
        for (String part : List.of(parts).subList(1, parts.length)) {
            String[] numbers = part.split("p?/");
            PolicyType type = part.contains("p") ? PolicyType.PERCENT : PolicyType.PODS;
            policies.add(
                    new Policy(type, Integer.parseInt(numbers[0]), Duration.ofSeconds(Integer.parseInt(numbers[1]))));
        }
        return new Behavior.Rules(
                Duration.ZERO, Select.valueOf(parts[0].toUpperCase(java.util.Locale.ROOT)), policies, Optional.empty());
    }
}
