package io.trimtab.recommend.replicas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trimtab.ingest.model.HorizontalAutoscaler;
import io.trimtab.ingest.model.PolicyId;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.replicas.ReplicaFloor.InForce;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplicaBoundsTest {
    private static final Optional<PolicyId> POLICY = Optional.of(new PolicyId("ScalingPolicy", "shop", "a"));

    /** An autoscaler from 2 to 10. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        no bounds                         | 4 | - | -  | - | 4  | ''
        inside                            | 4 | 3 | 5  | - | 4  | ''
        at the lower bound                | 3 | 3 | 5  | - | 3  | ''
        below it                          | 2 | 3 | 5  | - | 3  | BelowPolicyMinimum
        at the upper bound                | 5 | 3 | 5  | - | 5  | ''
        above it                          | 6 | 3 | 5  | - | 5  | AbovePolicyMaximum
        wider than the autoscaler's       | 2 | 1 | 99 | - | 2  | ''
        above all that the autoscaler has | 4 | 20| 30 | - | 10 | BelowPolicyMinimum AboveMaximum
        below all that it has             | 4 | 0 | 1  | - | 2  | AbovePolicyMaximum BelowMinimum
        undone by the autoscaler          | 2 | 0 | 1  | - | 2  | ''
        at the floor                      | 6 | - | -  | 6 | 6  | ''
        below the floor                   | 5 | - | -  | 6 | 6  | BelowScheduledFloor
        above the floor                   | 7 | - | -  | 6 | 7  | ''
        the minimum above the floor       | 3 | 5 | -  | 4 | 5  | BelowScheduledFloor BelowPolicyMinimum
        the floor above the minimum       | 3 | 4 | -  | 5 | 5  | BelowScheduledFloor
        the maximum below the floor       | 3 | - | 5  | 6 | 5  | BelowScheduledFloor AbovePolicyMaximum
        the autoscaler's below the floor  | 3 | - | -  | 12| 10 | BelowScheduledFloor AboveMaximum
        the floor undone by the maximum   | 5 | - | 5  | 6 | 5  | ''
        """)
    void moves(String name, int wanted, Integer min, Integer max, Integer floor, int expected, String reasons) {
        var autoscaler = new HorizontalAutoscaler(
                "shop", "web", new WorkloadId("shop", "Deployment", "web"), 2, 10, Optional.of(50));
        var bounded = new ReplicaBounds(POLICY, optional(min), optional(max))
                .apply(
                        wanted,
                        Optional.ofNullable(floor).map(least -> new InForce(least, "0 8 * * * UTC", Instant.EPOCH)),
                        autoscaler);
        assertThat(bounded.replicas()).isEqualTo(expected);
        assertThat(bounded.reasons().stream()
                        .map(reason -> reason.getClass().getSimpleName())
                        .collect(Collectors.joining(" ")))
                .isEqualTo(reasons);
    }

    @Test
    void boundsAreInOrderAndSomebodys() {
        assertThatThrownBy(() -> new ReplicaBounds(POLICY, OptionalInt.of(3), OptionalInt.of(2)))
                .hasMessage("min (3) must not exceed max (2)");
        assertThatThrownBy(() -> new ReplicaBounds(Optional.empty(), OptionalInt.of(3), OptionalInt.empty()))
                .hasMessage("bounds need the policy that sets them");
    }

    private static OptionalInt optional(Integer number) {
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }
}
