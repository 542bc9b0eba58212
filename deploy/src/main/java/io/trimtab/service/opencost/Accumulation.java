package io.trimtab.service.opencost;

import io.trimtab.cost.allocation.AllocationRequest.Span;
import io.trimtab.cost.ledger.AccountQuery;
import io.trimtab.ingest.model.Spans;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Which sets an answer has: the window as a whole, steps of it, or the hours, days, weeks or months that it meets. */
final class Accumulation {
    private static final Duration HOUR = Duration.ofHours(1);

    private Accumulation() {}

    /**
     * @param accumulate {@code true}, {@code hour}, {@code day}, {@code week}, {@code month} or nothing; what else is said means nothing
     * @param step of whole hours; empty: the window
     * @throws IllegalArgumentException if the step does not parse, or makes too many sets
     */
    static List<Span> sets(Span window, String accumulate, String step) {
        LocalDate day = window.start().atOffset(ZoneOffset.UTC).toLocalDate();
        return switch (accumulate.toLowerCase(Locale.ROOT)) {
            case "hour" -> steps(window, HOUR);
            case "day" -> periods(window, day, Period.ofDays(1));
            case "week" ->
                periods(window, day.with(TemporalAdjusters.previousOrSame(DayOfWeek.SUNDAY)), Period.ofWeeks(1));
            case "month" -> periods(window, day.withDayOfMonth(1), Period.ofMonths(1));
            default ->
                OpenCostQuery.isTrue(accumulate) || step.isEmpty() ? List.of(window) : steps(window, length(step));
        };
    }

    private static Duration length(String step) {
        return switch (step) {
            case "hour" -> HOUR;
            case "day" -> Duration.ofDays(1);
            case "week" -> Duration.ofDays(7);
            default ->
                Spans.parse(step)
                        .filter(it -> !it.isZero() && it.toMillis() % HOUR.toMillis() == 0)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "Invalid step parameter: %s must be of whole hours, such as 1h or 1d".formatted(step)));
        };
    }

    private static List<Span> steps(Span window, Duration step) {
        if (Duration.between(window.start(), window.end()).dividedBy(step) >= AccountQuery.MOST_STEPS)
            throw new IllegalArgumentException("Invalid step parameter: at most %d sets can be asked for at once"
                    .formatted(AccountQuery.MOST_STEPS));
        List<Span> sets = new ArrayList<>();
        for (Instant from = window.start(); from.isBefore(window.end()); from = from.plus(step))
            sets.add(new Span(from, from.plus(step)));
        return List.copyOf(sets);
    }

    private static List<Span> periods(Span window, LocalDate first, Period period) {
        List<Span> sets = new ArrayList<>();
        for (LocalDate from = first; start(from).isBefore(window.end()); from = from.plus(period))
            sets.add(new Span(start(from), start(from.plus(period))));
        return List.copyOf(sets);
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay().toInstant(ZoneOffset.UTC);
    }
}
