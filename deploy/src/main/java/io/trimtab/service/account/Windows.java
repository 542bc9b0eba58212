package io.trimtab.service.account;

import io.trimtab.cost.allocation.AllocationRequest.Span;
import io.trimtab.ingest.model.Spans;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;

/** Reads a window of the account: a word, a duration back from now, or two moments. Days and weeks are those of UTC; parts of hours are made whole. */
public final class Windows {
    /** A year and what it is compared with: as long as the account is usually kept. */
    private static final Duration LONGEST = Duration.ofDays(400);

    private Windows() {}

    /** @throws IllegalArgumentException if it is no window, in the future or too long; the message names it */
    public static Span parse(String text, Instant now) {
        Span asked = word(text, now)
                .or(() -> Spans.parse(text).map(back -> back(text, back, now)))
                .orElseGet(() -> range(text));
        check(text, asked, now);
        return whole(new Span(asked.start(), asked.end().isBefore(now) ? asked.end() : now));
    }

    /** @throws IllegalArgumentException if it is empty, in the future or too long; the message names it */
    public static void check(String text, Span asked, Instant now) {
        if (!asked.start().isBefore(asked.end())) throw wrong(text, "must end after it starts");
        if (!asked.start().isBefore(now)) throw wrong(text, "lies in the future");
        if (Duration.between(asked.start(), asked.end()).compareTo(LONGEST) > 0)
            throw wrong(text, "must not be longer than %d days".formatted(LONGEST.toDays()));
    }

    /** All hours that it meets. */
    public static Span whole(Span span) {
        return new Span(span.start().truncatedTo(ChronoUnit.HOURS), endOfHour(span.end()));
    }

    /** The same where it is one. */
    public static Instant endOfHour(Instant moment) {
        Instant start = moment.truncatedTo(ChronoUnit.HOURS);
        return start.equals(moment) ? start : start.plus(1, ChronoUnit.HOURS);
    }

    private static Optional<Span> word(String text, Instant now) {
        LocalDate today = now.atOffset(ZoneOffset.UTC).toLocalDate();
        LocalDate monday = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        return switch (text) {
            case "today" -> Optional.of(days(today, today.plusDays(1)));
            case "yesterday" -> Optional.of(days(today.minusDays(1), today));
            case "week" -> Optional.of(days(monday, monday.plusWeeks(1)));
            case "lastweek" -> Optional.of(days(monday.minusWeeks(1), monday));
            case "month" ->
                Optional.of(
                        days(today.withDayOfMonth(1), today.withDayOfMonth(1).plusMonths(1)));
            case "lastmonth" -> Optional.of(days(today.withDayOfMonth(1).minusMonths(1), today.withDayOfMonth(1)));
            default -> Optional.empty();
        };
    }

    private static Span days(LocalDate from, LocalDate to) {
        return new Span(start(from), start(to));
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    private static Span back(String text, Duration back, Instant now) {
        if (back.compareTo(LONGEST) > 0)
            throw wrong(text, "must not be longer than %d days".formatted(LONGEST.toDays()));
        return new Span(now.minus(back), now);
    }

    private static Span range(String text) {
        String[] ends = text.split(",", -1);
        try {
            if (ends.length == 2) {
                Instant start = Instant.parse(ends[0].strip());
                Instant end = Instant.parse(ends[1].strip());
                if (start.isAfter(end)) throw wrong(text, "must end after it starts");
                return new Span(start, end);
            }
        } catch (DateTimeParseException notMoments) {
            // Said below.
        }
        throw wrong(
                text,
                "must be today, yesterday, week, lastweek, month, lastmonth, a duration such as 30m or 7d, or two"
                        + " moments such as 2026-11-01T00:00:00Z,2026-11-08T00:00:00Z");
    }

    private static IllegalArgumentException wrong(String text, String why) {
        return new IllegalArgumentException("window (%s) %s".formatted(text, why));
    }
}
