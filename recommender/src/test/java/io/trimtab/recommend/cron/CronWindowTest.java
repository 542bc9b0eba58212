package io.trimtab.recommend.cron;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Windows equal an oracle that walks through every minute of two years: it lists the local time of each minute, sees by itself which local
 * times are leapt over and which come twice, and keeps the latest start and end.
 */
class CronWindowTest {
    private static final Instant FROM = Instant.parse("2025-01-01T00:00:00Z");
    private static final int MINUTES = (int) Duration.ofDays(730).toMinutes();
    /** More minutes than the clocks of a zone are ever moved by. */
    private static final int SPREAD = 10_000;

    private static final List<String> ZONES = List.of(
            "UTC",
            "Europe/Berlin",
            "Europe/London",
            "Europe/Dublin",
            "America/New_York",
            "America/Los_Angeles",
            "America/Sao_Paulo",
            "America/St_Johns",
            "America/Santiago",
            "America/Havana",
            "Africa/Casablanca",
            "Africa/Cairo",
            "Asia/Kolkata",
            "Asia/Kathmandu",
            "Asia/Jerusalem",
            "Asia/Beirut",
            "Australia/Lord_Howe",
            "Australia/Adelaide",
            "Pacific/Chatham",
            "Pacific/Apia");

    /** Lines, and what they mean in another notation. */
    private record Pair(String start, Predicate<LocalDateTime> starts, String end, Predicate<LocalDateTime> ends) {}

    private static final List<Pair> PAIRS = List.of(
            new Pair(
                    "30 2 * * *",
                    at -> at.getHour() == 2 && at.getMinute() == 30,
                    "15 3 * * *",
                    at -> at.getHour() == 3 && at.getMinute() == 15),
            new Pair(
                    "0 8 * * mon-fri",
                    at -> at.getHour() == 8
                            && at.getMinute() == 0
                            && at.getDayOfWeek().getValue() <= 5,
                    "0 20 * * 1-5",
                    at -> at.getHour() == 20
                            && at.getMinute() == 0
                            && at.getDayOfWeek().getValue() <= 5),
            new Pair(
                    "10/25 0-3 * * *",
                    at -> at.getHour() <= 3 && List.of(10, 35).contains(at.getMinute()),
                    "*/20 0,1,2 * * *",
                    at -> at.getHour() <= 2 && at.getMinute() % 20 == 0),
            new Pair(
                    "45 1 1,15 * sun",
                    at -> at.getHour() == 1
                            && at.getMinute() == 45
                            && (at.getDayOfMonth() == 1
                                    || at.getDayOfMonth() == 15
                                    || at.getDayOfWeek().getValue() == 7),
                    "0 0 31 JAN-mar,oct *",
                    at -> at.getHour() == 0
                            && at.getMinute() == 0
                            && at.getDayOfMonth() == 31
                            && List.of(1, 2, 3, 10).contains(at.getMonthValue())));

    static Stream<Arguments> zones() {
        return IntStream.range(0, ZONES.size()).mapToObj(i -> Arguments.of(ZONES.get(i), PAIRS.get(i % PAIRS.size())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("zones")
    void equalsAWalkThroughEveryMinuteOfTwoYears(String zoneName, Pair pair) {
        ZoneId zone = ZoneId.of(zoneName);
        CronWindow window = new CronWindow(CronSchedule.parse(pair.start()), CronSchedule.parse(pair.end()), zone);
        long[] local = new long[MINUTES];
        for (int i = 0; i < MINUTES; i++)
            local[i] = minute(FROM.plusSeconds(60L * i).atZone(zone).toLocalDateTime());
        int[] lastAt = new int[MINUTES + SPREAD];
        long base = local[0] - SPREAD / 2;
        for (int i = 0; i < MINUTES; i++) lastAt[(int) (local[i] - base)] = i;
        int started = -1;
        int ended = -1;
        long newest = local[0] - 1;
        int compared = 0;
        for (int i = 0; i < MINUTES; i++) {
            boolean first = local[i] > newest;
            for (long leapt = newest + 1; leapt <= local[i]; leapt++) {
                LocalDateTime at = LocalDateTime.ofEpochSecond(60 * leapt, 0, ZoneOffset.UTC);
                if (pair.starts().test(at)) started = i;
                if (leapt < local[i] && pair.ends().test(at)) ended = i;
            }
            LocalDateTime now = LocalDateTime.ofEpochSecond(60 * local[i], 0, ZoneOffset.UTC);
            if (lastAt[(int) (local[i] - base)] == i && pair.ends().test(now)) ended = i;
            if (first) newest = local[i];
            if (started < 0 || ended < 0) continue;
            compared++;
            boolean expected = started > ended;
            if (window.contains(FROM.plusSeconds(60L * i)) != expected)
                assertThat(window.contains(FROM.plusSeconds(60L * i)))
                        .as("%s at %s, local %s", pair, FROM.plusSeconds(60L * i), now)
                        .isEqualTo(expected);
        }
        assertThat(compared).isGreaterThan(MINUTES / 2);
    }

    private static long minute(LocalDateTime local) {
        return Math.floorDiv(local.toEpochSecond(ZoneOffset.UTC), 60L);
    }
}
