package io.trimtab.service.budget;

import io.trimtab.cost.allocation.AllocationRequest.Grouping;
import io.trimtab.cost.allocation.AllocationRequest.Span;
import io.trimtab.cost.ledger.Account;
import io.trimtab.cost.ledger.AccountFilter;
import io.trimtab.cost.ledger.AccountQuery;
import io.trimtab.service.account.AccountException;
import io.trimtab.service.account.AccountSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What each namespace, or each value of a label, spent by the hour; asked for day by day, and a day that is over for good is asked for once. Not safe for threads. */
final class SpendHistory {
    /** Four weeks to learn from and four to compare with, a week before both, and a day. */
    private static final int DAYS = 65;

    private static final int HOURS = 24;

    private final Map<Grouping, TreeMap<LocalDate, Day>> known = new HashMap<>();

    /**
     * @param nobody what who is not among the spends has: 0 for an hour, NaN where nothing is known of it
     */
    private record Day(double[] nobody, Map<String, double[]> spends) {
        static Day unknown() {
            double[] hours = new double[HOURS];
            Arrays.fill(hours, Double.NaN);
            return new Day(hours, Map.of());
        }
    }

    /**
     * @param until of whole hours
     * @return by key, in dollars, up to that moment; NaN where nothing is known of an hour
     */
    Map<String, double[]> of(AccountSnapshot account, Grouping grouping, Instant until) throws AccountException {
        LocalDate today = until.atOffset(ZoneOffset.UTC).toLocalDate();
        TreeMap<LocalDate, Day> days = known.computeIfAbsent(grouping, _ -> new TreeMap<>());
        days.headMap(today.minusDays(DAYS)).clear();
        // What a restart found of an hour under way is written up to a day later.
        days.tailMap(today.minusDays(1)).clear();
        Instant first = start(today.minusDays(DAYS));
        Set<LocalDate> paid = paid(account, new Span(first, until));
        for (LocalDate day = today.minusDays(DAYS); !day.isAfter(today); day = day.plusDays(1))
            if (!days.containsKey(day))
                days.put(day, paid.contains(day) ? ask(account, grouping, day, until) : Day.unknown());
        int hours = (int) Duration.between(first, until).toHours();
        Map<String, double[]> histories = new HashMap<>();
        for (Day day : days.values()) day.spends().keySet().forEach(key -> histories.put(key, new double[hours]));
        histories.forEach((key, history) -> fill(history, days.values(), key));
        return histories;
    }

    /** The days of which there is something to ask. */
    private static Set<LocalDate> paid(AccountSnapshot account, Span span) throws AccountException {
        Account answer =
                account.ask(new AccountQuery(span, List.of(), Optional.of(Duration.ofDays(1)), AccountFilter.none()));
        return answer.steps().stream()
                .filter(step -> step.bill().signum() > 0)
                .map(step -> step.span().start().atOffset(ZoneOffset.UTC).toLocalDate())
                .collect(Collectors.toSet());
    }

    private static void fill(double[] history, Collection<Day> days, String key) {
        int at = 0;
        for (Day day : days) {
            double[] spends = day.spends().getOrDefault(key, day.nobody());
            for (int hour = 0; hour < HOURS && at < history.length; hour++) history[at++] = spends[hour];
        }
    }

    private static Day ask(AccountSnapshot account, Grouping grouping, LocalDate day, Instant until)
            throws AccountException {
        Instant start = start(day);
        Instant end = start(day.plusDays(1)).isBefore(until) ? start(day.plusDays(1)) : until;
        Day found = new Day(new double[HOURS], new HashMap<>());
        Account answer = account.ask(new AccountQuery(
                new Span(start, end), List.of(grouping), Optional.of(Duration.ofHours(1)), AccountFilter.none()));
        for (Account.Step step : answer.steps())
            for (Account.Row row : step.rows())
                found.spends().computeIfAbsent(row.key(), _ -> new double[HOURS])[hour(start, step)] =
                        row.costs().total().doubleValue();
        // Without a bill nothing was seen: the account had not begun, or Trimtab did not run.
        for (Account.Step step : answer.steps()) if (step.bill().signum() == 0) markUnknown(found, hour(start, step));
        return found;
    }

    private static void markUnknown(Day day, int hour) {
        day.nobody()[hour] = Double.NaN;
        day.spends().values().forEach(hours -> hours[hour] = Double.NaN);
    }

    private static int hour(Instant start, Account.Step step) {
        return (int) Duration.between(start, step.span().start()).toHours();
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay().toInstant(ZoneOffset.UTC);
    }
}
