package io.trimtab.recommend.zero;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.recommend.replicas.ScalingHistory;
import io.trimtab.recommend.replicas.ScalingHistory.Entry;
import io.trimtab.recommend.zero.ZeroInput.Bounds;
import io.trimtab.recommend.zero.ZeroInput.Cooldown;
import io.trimtab.recommend.zero.ZeroInput.Holds;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A queue, ten for each replica; what a HorizontalPodAutoscaler with default behavior would do with it. */
class SteadyScalingTest {
    private static final Instant NOW = Instant.parse("2026-11-02T12:00:00Z");

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        from zero the whole demand             | 0  | 420  | 0   | 42
        to zero after the cool-down            | 5  | 0    | 0   | 0
        up within the tolerance: stays         | 10 | 109  | 0   | 10
        up beyond it                           | 10 | 111  | 0   | 12
        down within the tolerance: stays       | 10 | 91   | 0   | 10
        down beyond it, nothing seen before    | 10 | 80   | 0   | 8
        down, more wanted a moment ago: stays  | 10 | 30   | 9   | 9
        up at most to the double               | 10 | 900  | 0   | 20
        or by four                             | 2  | 900  | 0   | 6
        """)
    void decides(String name, int current, long queue, int wantedBefore, int expected) {
        ScalingHistory history = wantedBefore == 0
                ? ScalingHistory.NONE
                : new ScalingHistory(List.of(), List.of(), List.of(new Entry(wantedBefore, Duration.ofSeconds(60))));

        assertThat(steady(current, Optional.of(queue), history)).isEqualTo(expected);
    }

    @Test
    void whatRestsAboveZeroStaysThere() {
        ZeroInput input = input(1, new Bounds(3, OptionalInt.of(1), 100), Optional.of(0L));

        assertThat(SteadyScaling.decide(input, Activation.decide(input), ScalingHistory.NONE)
                        .replicas())
                .isEqualTo(1);
    }

    @Test
    void aTriggerThatCannotBeReadNeverLowersTheCountSeed11() {
        Random random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            int current = random.nextInt(100);
            assertThat(steady(current, Optional.empty(), ScalingHistory.NONE)).isGreaterThanOrEqualTo(current);
        }
    }

    private static int steady(int current, Optional<Long> queue, ScalingHistory history) {
        ZeroInput input = input(current, new Bounds(0, OptionalInt.empty(), 100), queue);
        return SteadyScaling.decide(input, Activation.decide(input), history).replicas();
    }

    private static ZeroInput input(int current, Bounds bounds, Optional<Long> queue) {
        return new ZeroInput(
                NOW,
                current,
                bounds,
                List.of(new TriggerReading(
                        "queue",
                        new Target(BigDecimal.TEN, Target.Type.AVERAGE_VALUE),
                        queue.map(BigDecimal::valueOf),
                        queue.isPresent() ? 0 : 3,
                        BigDecimal.ZERO,
                        Optional.empty(),
                        true)),
                new Cooldown(Duration.ZERO, Duration.ZERO, Optional.of(NOW.minusSeconds(1)), Optional.empty()),
                Optional.empty(),
                Optional.empty(),
                Holds.NONE,
                Optional.empty(),
                Optional.empty());
    }
}
