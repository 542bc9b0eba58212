package io.trimtab.service.opencost;

import io.trimtab.cost.allocation.AllocationRequest.Span;
import io.trimtab.service.account.Windows;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Windows as OpenCost means them, in UTC: weeks begin on Sunday, and {@code 7d} is today and the six days before. Parts of hours are made whole, as the account has
 * hours.
 *
 * @see "opencost/opencost, core/pkg/opencost/window.go"
 */
final class OpenCostWindows {
    private static final Pattern BACK = Pattern.compile("(\\d{1,6})([mhdw])(?: offset (\\d{1,6})([mhdw]))?");
    private static final Pattern SECONDS = Pattern.compile("(\\d{1,11})[,|-](\\d{1,11})");

    private OpenCostWindows() {}

    /** @throws IllegalArgumentException if it is none, in the future or too long */
    static Span parse(String text, Instant now) {
        Span asked = word(text, now)
                .or(() -> back(text, now))
                .or(() -> seconds(text))
                .or(() -> moments(text))
                .orElseThrow(() -> new IllegalArgumentException("illegal window: " + text));
        Windows.check(text, asked, now);
        return Windows.whole(asked);
    }

    private static Optional<Span> word(String text, Instant now) {
        LocalDate today = now.atOffset(ZoneOffset.UTC).toLocalDate();
        LocalDate sunday = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.SUNDAY));
        LocalDate first = today.withDayOfMonth(1);
        return switch (text) {
            case "today" -> Optional.of(days(today, today.plusDays(1)));
            case "yesterday" -> Optional.of(days(today.minusDays(1), today));
            case "week" -> Optional.of(new Span(start(sunday), now));
            case "lastweek" -> Optional.of(days(sunday.minusWeeks(1), sunday));
            case "month" -> Optional.of(new Span(start(first), now));
            case "lastmonth" -> Optional.of(days(first.minusMonths(1), first));
            default -> Optional.empty();
        };
    }

    private static Span days(LocalDate from, LocalDate to) {
        return new Span(start(from), start(to));
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    private static Optional<Span> back(String text, Instant now) {
        Matcher back = BACK.matcher(text);
        if (!back.matches()) return Optional.empty();
        Duration length = unit(back.group(2)).multipliedBy(Long.parseLong(back.group(1)));
        Instant end = back.group(3) == null
                ? endOf(back.group(2), now)
                : now.minus(unit(back.group(4)).multipliedBy(Long.parseLong(back.group(3))));
        return Optional.of(new Span(end.minus(length), end));
    }

    /** Of the minute, hour or day under way. */
    private static Instant endOf(String unit, Instant now) {
        return switch (unit) {
            case "m" -> now.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
            case "h" -> now.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
            default -> now.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
        };
    }

    private static Duration unit(String name) {
        return switch (name) {
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            case "d" -> Duration.ofDays(1);
            default -> Duration.ofDays(7);
        };
    }

    private static Optional<Span> seconds(String text) {
        Matcher pair = SECONDS.matcher(text);
        return pair.matches()
                ? ordered(
                        text,
                        Instant.ofEpochSecond(Long.parseLong(pair.group(1))),
                        Instant.ofEpochSecond(Long.parseLong(pair.group(2))))
                : Optional.empty();
    }

    /** Days are no window of OpenCost's, but some of its clients send them. */
    private static Optional<Span> moments(String text) {
        String[] ends = text.split(",", -1);
        if (ends.length != 2) return Optional.empty();
        boolean days = ends[0].length() == "2026-11-01".length();
        try {
            return days
                    ? ordered(text, start(LocalDate.parse(ends[0])), start(LocalDate.parse(ends[1])))
                    : ordered(text, Instant.parse(ends[0]), Instant.parse(ends[1]));
        } catch (DateTimeParseException noMoments) {
            return Optional.empty();
        }
    }

    private static Optional<Span> ordered(String text, Instant start, Instant end) {
        if (start.isAfter(end))
            throw new IllegalArgumentException("illegal window: %s ends before it starts".formatted(text));
        return Optional.of(new Span(start, end));
    }
}
