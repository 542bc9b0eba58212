package io.trimtab.recommend.replicas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.trimtab.ingest.model.PolicyId;
import io.trimtab.recommend.cron.CronPeriod;
import io.trimtab.recommend.cron.CronSchedule;
import io.trimtab.recommend.cron.CronWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In 2026 Berlin leaps from 2 to 3 on 29 March and back on 25 October, New York on 8 March and 1 November. */
class ReplicaFloorTest {
    /** A floor of 6 from half past two, or from eight, of the clocks on the wall. */
    @ParameterizedTest(name = "{0}: at {4} {5}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        an hour that is leapt over begins when they have leapt | 30 2 * * * | PT1H  | Europe/Berlin    | 2026-03-29T00:59:59Z | -
        an hour that is leapt over begins when they have leapt | 30 2 * * * | PT1H  | Europe/Berlin    | 2026-03-29T01:00:00Z | 2026-03-29T02:00:00Z
        and lasts as long as ever                              | 30 2 * * * | PT1H  | Europe/Berlin    | 2026-03-29T01:59:59Z | 2026-03-29T02:00:00Z
        and lasts as long as ever                              | 30 2 * * * | PT1H  | Europe/Berlin    | 2026-03-29T02:00:00Z | -
        a time that comes twice: not before the first          | 30 2 * * * | PT1H  | Europe/Berlin    | 2026-10-25T00:29:59Z | -
        a time that comes twice: from the first                | 30 2 * * * | PT1H  | Europe/Berlin    | 2026-10-25T00:30:00Z | 2026-10-25T01:30:00Z
        a time that comes twice: the second does not count     | 30 2 * * * | PT1H  | Europe/Berlin    | 2026-10-25T01:30:00Z | -
        from eight on the day of the leap, 9 hours after 10 pm | 0 8 * * *  | PT10H | Europe/Berlin    | 2026-03-29T05:59:59Z | -
        from eight on the day of the leap, 9 hours after 10 pm | 0 8 * * *  | PT10H | Europe/Berlin    | 2026-03-29T06:00:00Z | 2026-03-29T16:00:00Z
        over a leap by its length, not by the wall             | 0 22 * * * | PT10H | Europe/Berlin    | 2026-03-29T06:59:59Z | 2026-03-29T07:00:00Z
        over a leap by its length, not by the wall             | 0 22 * * * | PT10H | Europe/Berlin    | 2026-03-29T07:00:00Z | -
        over a leap back by its length                         | 0 22 * * * | PT10H | Europe/Berlin    | 2026-10-25T05:59:59Z | 2026-10-25T06:00:00Z
        over a leap back by its length                         | 0 22 * * * | PT10H | Europe/Berlin    | 2026-10-25T06:00:00Z | -
        New York leaps                                         | 30 2 * * * | PT1H  | America/New_York | 2026-03-08T06:59:59Z | -
        New York leaps                                         | 30 2 * * * | PT1H  | America/New_York | 2026-03-08T07:00:00Z | 2026-03-08T08:00:00Z
        New York leaps back                                    | 30 1 * * * | PT1H  | America/New_York | 2026-11-01T05:29:59Z | -
        New York leaps back                                    | 30 1 * * * | PT1H  | America/New_York | 2026-11-01T05:30:00Z | 2026-11-01T06:30:00Z
        New York leaps back                                    | 30 1 * * * | PT1H  | America/New_York | 2026-11-01T06:30:00Z | -
        eight in New York after the leap                       | 0 8 * * 1-5 | PT10H | America/New_York | 2026-03-09T11:59:59Z | -
        eight in New York after the leap                       | 0 8 * * 1-5 | PT10H | America/New_York | 2026-03-09T12:00:00Z | 2026-03-09T22:00:00Z
        eight in New York before the leap                      | 0 8 * * 1-5 | PT10H | America/New_York | 2026-03-06T12:59:59Z | -
        eight in New York before the leap                      | 0 8 * * 1-5 | PT10H | America/New_York | 2026-03-06T13:00:00Z | 2026-03-06T23:00:00Z
        not at the weekend                                     | 0 8 * * 1-5 | PT10H | America/New_York | 2026-03-07T15:00:00Z | -
        one that begins again before it has ended never ends   | 0 * * * *   | PT2H  | UTC              | 2026-03-07T15:59:59Z | 2026-03-07T17:00:00Z
        """)
    void holdsFromItsStartToItsEnd(
            String name, String schedule, Duration length, String zone, Instant now, Instant until) {
        var floor = new ReplicaFloor(new CronPeriod(CronSchedule.parse(schedule), length, CronWindow.zone(zone)), 6);
        assertThat(ReplicaFloor.at(now, List.of(floor)))
                .isEqualTo(
                        Optional.ofNullable(until).map(end -> new ReplicaFloor.InForce(6, schedule + " " + zone, end)));
    }

    /** At noon; each floor is its hour of the start, its length in hours and its least count. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        none                                   | ''                | 0 | -
        the highest                            | 8+10:6 9+5:9 7+9:3 | 9 | 2026-11-30T14:00:00Z
        in any order                           | 7+9:3 9+5:9 8+10:6 | 9 | 2026-11-30T14:00:00Z
        not one that has ended                 | 8+10:6 9+3:9      | 6 | 2026-11-30T18:00:00Z
        of two alike the one that lasts longer | 8+6:6 9+9:6       | 6 | 2026-11-30T18:00:00Z
        """)
    void theHighestCounts(String name, String floors, int min, String until) {
        List<ReplicaFloor> all = Arrays.stream(floors.split(" "))
                .filter(text -> !text.isEmpty())
                .map(text -> text.split("[+:]"))
                .map(it -> new ReplicaFloor(
                        new CronPeriod(
                                CronSchedule.parse("0 " + it[0] + " * * *"),
                                Duration.ofHours(Long.parseLong(it[1])),
                                CronWindow.zone("UTC")),
                        Integer.parseInt(it[2])))
                .toList();
        var found = ReplicaFloor.at(Instant.parse("2026-11-30T12:00:00Z"), all);
        assertThat(found.map(ReplicaFloor.InForce::min).orElse(0)).isEqualTo(min);
        assertThat(found.map(it -> it.until().toString()).orElse("-")).isEqualTo(until);
    }

    @Test
    void aFloorIsSomebodysAndNotAboveTheMost() {
        var floor = new ReplicaFloor(
                new CronPeriod(CronSchedule.parse("0 8 * * *"), Duration.ofHours(1), CronWindow.zone("UTC")), 6);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ReplicaPolicy(ReplicaBounds.NONE, List.of(floor), true))
                .withMessage("floors need the policy that sets them");
        var bounds = new ReplicaBounds(
                Optional.of(new PolicyId("ScalingPolicy", "shop", "a")), OptionalInt.empty(), OptionalInt.of(6));
        assertThat(new ReplicaPolicy(bounds, List.of(floor), true).floors()).containsExactly(floor);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ReplicaPolicy(bounds, List.of(floor, new ReplicaFloor(floor.period(), 7)), true))
                .withMessage("floors[1].min (7) must not exceed max (6)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ReplicaFloor(floor.period(), 0))
                .withMessage("min (0) must be >= 1");
    }
}
