package io.trimtab.service.budget;

import io.trimtab.cost.allocation.AllocationRequest.Grouping;
import io.trimtab.cost.allocation.AllocationRequest.Span;
import io.trimtab.cost.ledger.Account;
import io.trimtab.cost.ledger.AccountFilter;
import io.trimtab.cost.ledger.AccountFilter.Condition;
import io.trimtab.cost.ledger.AccountFilter.Field;
import io.trimtab.cost.ledger.AccountFilter.Match;
import io.trimtab.cost.ledger.AccountQuery;
import io.trimtab.service.account.AccountException;
import io.trimtab.service.account.AccountSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
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

    private final Map<Asked, TreeMap<LocalDate, Day>> known = new HashMap<>();

    /** @param only the keys that are asked for; empty: all */
    private record Asked(Grouping grouping, Set<String> only) {}

    /**
     * @param nobody what who is not among the spends has: 0 for an hour, NaN where nothing is known of it
     */
    record Day(double[] nobody, Map<String, double[]> spends) {
        static Day unknown() {
            double[] hours = new double[HOURS];
            Arrays.fill(hours, Double.NaN);
            return new Day(hours, Map.of());
        }
    }

    /** Up to a moment, by the day; a history is made when it is asked for, since there may be many keys that come and go. */
    record Histories(List<Day> days, int hours) {
        /** Who is among the spends of the newest days. */
        Set<String> keys(int newestDays) {
            return days.subList(Math.max(0, days.size() - newestDays), days.size()).stream()
                    .flatMap(day -> day.spends().keySet().stream())
                    .collect(Collectors.toSet());
        }

        /** @return in dollars by the hour; NaN where nothing is known of an hour; nothing of who never spent */
        double[] of(String key) {
            if (days.stream().noneMatch(day -> day.spends().containsKey(key))) return new double[0];
            double[] history = new double[hours];
            int at = 0;
            for (Day day : days) {
                double[] spends = day.spends().getOrDefault(key, day.nobody());
                for (int hour = 0; hour < HOURS && at < history.length; hour++) history[at++] = spends[hour];
            }
            return history;
        }
    }

    /**
     * @param only the labels' values that are asked for; empty: all of a grouping
     * @param until of whole hours
     */
    Histories of(AccountSnapshot account, Grouping grouping, Set<String> only, Instant until) throws AccountException {
        Asked asked = new Asked(grouping, Set.copyOf(only));
        LocalDate today = until.atOffset(ZoneOffset.UTC).toLocalDate();
        TreeMap<LocalDate, Day> days = known.computeIfAbsent(asked, _ -> new TreeMap<>());
        days.headMap(today.minusDays(DAYS)).clear();
        // What a restart found of an hour under way is written up to a day later.
        days.tailMap(today.minusDays(1)).clear();
        Instant first = start(today.minusDays(DAYS));
        Set<LocalDate> paid = paid(account, new Span(first, until));
        for (LocalDate day = today.minusDays(DAYS); !day.isAfter(today); day = day.plusDays(1))
            if (!days.containsKey(day))
                days.put(day, paid.contains(day) ? ask(account, asked, day, until) : Day.unknown());
        int hours = (int) Duration.between(first, until).toHours();
        return new Histories(List.copyOf(days.values()), hours);
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

    /** @param only the label's values that are asked for; empty: all */
    static AccountFilter filter(Grouping grouping, Set<String> only) {
        return grouping instanceof Grouping.ByLabel(String name) && !only.isEmpty()
                ? new Condition(new Field.Label(name), false, Match.EQUALS, List.copyOf(only))
                : AccountFilter.none();
    }

    /** Lets go of what was asked for other budgets. */
    void keep(Map<Grouping, Set<String>> asked) {
        known.keySet().removeIf(it -> !it.only().equals(asked.get(it.grouping())));
    }

    private static Day ask(AccountSnapshot account, Asked asked, LocalDate day, Instant until) throws AccountException {
        Instant start = start(day);
        Instant end = start(day.plusDays(1)).isBefore(until) ? start(day.plusDays(1)) : until;
        Day found = new Day(new double[HOURS], new HashMap<>());
        Account answer = account.ask(new AccountQuery(
                new Span(start, end),
                List.of(asked.grouping()),
                Optional.of(Duration.ofHours(1)),
                filter(asked.grouping(), asked.only())));
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
