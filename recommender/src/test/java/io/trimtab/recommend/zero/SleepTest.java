package io.trimtab.recommend.zero;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.recommend.cron.CronSchedule;
import io.trimtab.recommend.cron.CronWindow;
import io.trimtab.recommend.zero.ZeroInput.Bounds;
import io.trimtab.recommend.zero.ZeroInput.Holds;
import io.trimtab.recommend.zero.ZeroInput.Paused;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Asleep from 20:00 to 7:00 UTC. */
class SleepTest {
    private static final List<CronWindow> NIGHT = List.of(
            new CronWindow(CronSchedule.parse("0 20 * * *"), CronSchedule.parse("0 7 * * *"), CronWindow.zone("UTC")));

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        at night it rests                        | 23:00 | 5 | 0 | -1 | free      | yes | deactivate 0
        the first moment of the night            | 20:00 | 5 | 0 | -1 | free      | yes | deactivate 0
        the last moment before it                | 19:59 | 5 | 0 | -1 | free      | yes | triggers
        by day the triggers decide               | 12:00 | 5 | 0 | -1 | free      | yes | triggers
        asleep already                           | 23:00 | 0 | 0 | -1 | free      | no  | hold 0
        it rests below its minimum               | 23:00 | 5 | 2 | 0  | free      | no  | deactivate 0
        it rests at its minimum                  | 23:00 | 5 | 2 | -1 | free      | no  | deactivate 2
        the morning wakes what no trigger does   | 07:00 | 0 | 0 | -1 | free      | no  | activate 1
        with its minimum                         | 07:00 | 0 | 3 | 0  | free      | no  | activate 3
        by day it is left as it is               | 12:00 | 9 | 0 | -1 | free      | no  | hold 9
        by day it has at least one               | 12:00 | 0 | 0 | -1 | free      | no  | activate 1
        paused at night                          | 23:00 | 5 | 0 | -1 | paused    | yes | paused 5
        paused at a count                        | 23:00 | 5 | 0 | -1 | paused 3  | no  | paused 3
        no scale-in at night                     | 23:00 | 5 | 0 | -1 | no-in     | yes | hold 5
        no scale-out in the morning              | 07:00 | 0 | 0 | -1 | no-out    | no  | hold 0
        """)
    void decides(
            String name, String time, int current, int min, int idle, String held, String triggered, String expected) {
        Holds holds = switch (held) {
            case "paused" -> new Holds(Optional.of(new Paused(OptionalInt.empty())), false, false, false);
            case "paused 3" -> new Holds(Optional.of(new Paused(OptionalInt.of(3))), false, false, false);
            case "no-in" -> new Holds(Optional.empty(), true, false, false);
            case "no-out" -> new Holds(Optional.empty(), false, true, false);
            default -> Holds.NONE;
        };
        Bounds bounds = new Bounds(min, idle < 0 ? OptionalInt.empty() : OptionalInt.of(idle), 10);
        Optional<ZeroDecision> decision = Sleep.decide(
                Instant.parse("2026-11-02T%s:00Z".formatted(time)),
                current,
                bounds,
                holds,
                NIGHT,
                triggered.equals("yes"));

        assertThat(decision.map(it ->
                                it.action().name().toLowerCase(java.util.Locale.ROOT) + " " + it.desiredReplicas())
                        .orElse("triggers"))
                .isEqualTo(expected);
    }
}
