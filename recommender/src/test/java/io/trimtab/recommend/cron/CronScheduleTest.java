package io.trimtab.recommend.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trimtab.recommend.cron.CronSchedule.Overlap;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronScheduleTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        at the moment itself              | 0 8 * * *      | UTC             | 2026-11-24T08:00:00Z | FIRST  | 2026-11-24T08:00:00Z
        a second before                   | 0 8 * * *      | UTC             | 2026-11-24T07:59:59Z | FIRST  | 2026-11-23T08:00:00Z
        leap day of the last leap year    | 0 0 29 2 *     | UTC             | 2027-06-01T00:00:00Z | FIRST  | 2024-02-29T00:00:00Z
        eight years after 2096            | 0 0 29 2 *     | UTC             | 2104-02-28T23:59:00Z | FIRST  | 2096-02-29T00:00:00Z
        leapt over: when the gap ends     | 30 2 * * *     | Europe/Berlin   | 2026-03-29T12:00:00Z | FIRST  | 2026-03-29T01:00:00Z
        twice: the first                  | 30 2 * * *     | Europe/Berlin   | 2026-10-25T12:00:00Z | FIRST  | 2026-10-25T00:30:00Z
        twice: the second                 | 30 2 * * *     | Europe/Berlin   | 2026-10-25T12:00:00Z | SECOND | 2026-10-25T01:30:00Z
        a day that never was              | 0 12 * * *     | Pacific/Apia    | 2011-12-30T10:00:00Z | FIRST  | 2011-12-30T10:00:00Z
        either day field is enough        | 0 0 13 * 5     | UTC             | 2026-11-24T00:00:00Z | FIRST  | 2026-11-20T00:00:00Z
        both must fit beside a star       | 0 0 13 * ?     | UTC             | 2026-11-24T00:00:00Z | FIRST  | 2026-11-13T00:00:00Z
        from a number on, by steps        | 7/20 * * * *   | UTC             | 2026-11-24T08:46:00Z | FIRST  | 2026-11-24T08:27:00Z
        Sunday is 0                       | 0 0 * * 0      | UTC             | 2026-11-24T00:00:00Z | FIRST  | 2026-11-22T00:00:00Z
        """)
    void lastFired(String name, String line, String zone, Instant now, Overlap overlap, Instant fired) {
        assertThat(CronSchedule.parse(line).latest(now, ZoneId.of(zone), overlap))
                .contains(fired);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        after the moment itself           | 0 8 * * *      | UTC             | 2026-11-24T08:00:00Z | FIRST  | 2026-11-25T08:00:00Z
        a second later                    | 0 8 * * *      | UTC             | 2026-11-24T07:59:59Z | FIRST  | 2026-11-24T08:00:00Z
        the next leap day                 | 0 0 29 2 *     | UTC             | 2096-03-01T00:00:00Z | FIRST  | 2104-02-29T00:00:00Z
        leapt over: when the gap ends     | 30 2 * * *     | Europe/Berlin   | 2026-03-28T12:00:00Z | FIRST  | 2026-03-29T01:00:00Z
        twice: between them, the second   | 30 2 * * *     | Europe/Berlin   | 2026-10-25T00:30:00Z | SECOND | 2026-10-25T01:30:00Z
        twice: after the first, tomorrow  | 30 2 * * *     | Europe/Berlin   | 2026-10-25T00:30:00Z | FIRST  | 2026-10-26T01:30:00Z
        the last minute of a year         | 0 0 1 1 *      | Asia/Tokyo      | 2026-12-31T14:59:00Z | FIRST  | 2026-12-31T15:00:00Z
        from a number on, by steps        | 7/20 * * * *   | UTC             | 2026-11-24T08:47:00Z | FIRST  | 2026-11-24T09:07:00Z
        """)
    void firesNext(String name, String line, String zone, Instant after, Overlap overlap, Instant fires) {
        assertThat(CronSchedule.parse(line).next(after, ZoneId.of(zone), overlap))
                .contains(fires);
    }

    @ParameterizedTest(name = "{0} in {1}")
    @CsvSource(delimiter = '|', textBlock = """
        */7 1-3 * * *  | Europe/Berlin
        30 2 * * 0     | America/New_York
        0 0 29 2 *     | UTC
        15 */5 1,31 * 5| Australia/Lord_Howe
        """)
    void nothingFiresBetweenTheLatestAndTheNext(String line, String zone) {
        CronSchedule schedule = CronSchedule.parse(line);
        ZoneId where = ZoneId.of(zone);
        Instant end = Instant.parse("2027-01-01T00:00:00Z");
        for (Instant now = Instant.parse("2026-01-01T00:00:00Z");
                now.isBefore(end);
                now = now.plusSeconds(86_400 + 1_234)) {
            Instant next = schedule.next(now, where, Overlap.FIRST).orElseThrow();
            assertThat(next).isAfter(now);
            assertThat(schedule.latest(next, where, Overlap.FIRST)).contains(next);
            assertThat(schedule.latest(next.minusSeconds(1), where, Overlap.FIRST))
                    .isEqualTo(schedule.latest(now, where, Overlap.FIRST));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        0 8 * *           | five fields
        0 8 * * * *       | five fields
        @daily            | five fields
        60 * * * *        | minute 60 is not within 0 to 59
        * 24 * * *        | hour 24 is not within 0 to 23
        * * 0 * *         | day of month 0 is not within 1 to 31
        * * * 13 *        | month 13 is not within 1 to 12
        * * * * 7         | day of week 7 is not within 0 to 6
        5-1 * * * *       | runs backwards
        */0 * * * *       | '*/0' is not understood
        1-2-3 * * * *     | '1-2-3' is not understood
        1/2/3 * * * *     | '1/2/3' is not understood
        , * * * *         | '' is not understood
        a * * * *         | 'a' is not understood
        * * * * mond      | 'mond' is not understood
        99999999999 * * * * | is not understood
        0 0 30 2 *        | never fires
        0 0 31 2,4,6 *    | never fires
        """)
    void refuses(String line, String why) {
        assertThatThrownBy(() -> CronSchedule.parse(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }
}
