package io.trimtab.service.budget;

import io.trimtab.cost.allocation.AllocationRequest.Grouping;
import io.trimtab.cost.allocation.AllocationRequest.Span;
import io.trimtab.cost.budget.Budget;
import io.trimtab.cost.budget.Spender;
import io.trimtab.cost.ledger.Account;
import io.trimtab.cost.ledger.AccountQuery;
import io.trimtab.service.account.AccountException;
import io.trimtab.service.account.AccountSnapshot;
import io.trimtab.service.budget.SpendHistory.Histories;
import io.trimtab.service.view.BudgetsView;
import io.trimtab.service.view.BudgetsView.Row;
import io.trimtab.service.view.BudgetsView.Unusual;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Asks the account what was spent, and says what will be: of each namespace, and of each label that has a budget. */
final class BudgetReport {
    private static final String USD = "USD";
    private static final int WEEK_DAYS = 7;
    private static final Comparator<Row> BUDGETS_FIRST = Comparator.comparing((Row row) -> row.budget() == null)
            .thenComparing(Comparator.comparing(Row::spent).reversed())
            .thenComparing(Row::key);
    private static final Comparator<Unusual> MOST_FIRST = Comparator.comparing(
                    (Unusual it) -> it.spentPerHour().subtract(it.expectedPerHour()))
            .reversed()
            .thenComparing(Unusual::key);

    private final SpendHistory histories = new SpendHistory();

    /** @param until of whole hours */
    BudgetsView of(AccountSnapshot account, List<Budget> budgets, Instant until, List<String> troubles)
            throws AccountException {
        UnusualSpends unusual = new UnusualSpends(account);
        LocalDate first = until.atOffset(ZoneOffset.UTC).toLocalDate().withDayOfMonth(1);
        Span month = new Span(start(first), start(first.plusMonths(1)));
        Map<Grouping, Map<String, Budget>> limits = byGrouping(budgets);
        List<Row> rows = new ArrayList<>();
        List<Unusual> unusuals = new ArrayList<>();
        List<String> said = new ArrayList<>(troubles);
        Map<Grouping, Set<String>> only = new HashMap<>();
        limits.forEach((grouping, its) ->
                only.put(grouping, grouping instanceof Grouping.ByLabel ? Set.copyOf(its.keySet()) : Set.of()));
        histories.keep(only);
        for (var entry : limits.entrySet()) {
            Grouping grouping = entry.getKey();
            try {
                Histories spends = histories.of(account, grouping, only.getOrDefault(grouping, Set.of()), until);
                Map<String, BigDecimal> spent =
                        spent(account, grouping, entry.getValue().keySet(), month.start(), until);
                Set<String> keys = new LinkedHashSet<>(entry.getValue().keySet());
                if (grouping instanceof Grouping.ByNamespace) keys.addAll(spends.keys(newestDays(until)));
                for (String key : keys) {
                    Spender spender = spender(grouping, key);
                    double[] history = spends.of(key);
                    rows.add(new MonthSpend(month, until, spent.getOrDefault(key, BigDecimal.ZERO), history)
                            .row(spender, Optional.ofNullable(entry.getValue().get(key))));
                    unusual.of(spender, history, until).ifPresent(unusuals::add);
                }
            } catch (IllegalArgumentException e) {
                said.add("nothing is known of spends by %s: %s".formatted(words(grouping), e.getMessage()));
            }
        }
        rows.sort(BUDGETS_FIRST);
        unusuals.sort(MOST_FIRST);
        return new BudgetsView(month.start(), until, month.end(), USD, rows, unusuals, said);
    }

    /** Those of the month, and a week at least: who spent nothing since is gone, and no row. */
    private static int newestDays(Instant until) {
        return Math.max(WEEK_DAYS, until.atOffset(ZoneOffset.UTC).getDayOfMonth());
    }

    private static String words(Grouping grouping) {
        return grouping instanceof Grouping.ByLabel(String name) ? "label " + name : "namespace";
    }

    /** All namespaces are looked at, with a budget or without. */
    private static Map<Grouping, Map<String, Budget>> byGrouping(List<Budget> budgets) {
        Map<Grouping, Map<String, Budget>> limits = new LinkedHashMap<>();
        Map<String, Budget> namespaces = new LinkedHashMap<>();
        limits.put(new Grouping.ByNamespace(), namespaces);
        for (Budget budget : budgets) {
            switch (budget.spender()) {
                case Spender.Namespace(String name) -> namespaces.put(name, budget);
                case Spender.Label(String name, String value) ->
                    limits.computeIfAbsent(new Grouping.ByLabel(name), _ -> new LinkedHashMap<>())
                            .put(value, budget);
            }
        }
        return limits;
    }

    private static Spender spender(Grouping grouping, String key) {
        return grouping instanceof Grouping.ByLabel(String name)
                ? new Spender.Label(name, key)
                : new Spender.Namespace(key);
    }

    /** Exactly, by key. */
    private static Map<String, BigDecimal> spent(
            AccountSnapshot account, Grouping grouping, Set<String> keys, Instant from, Instant until)
            throws AccountException {
        if (!from.isBefore(until)) return Map.of();
        Account answer = account.ask(new AccountQuery(
                new Span(from, until), List.of(grouping), Optional.empty(), SpendHistory.filter(grouping, keys)));
        return answer.steps().getFirst().rows().stream()
                .collect(Collectors.toMap(Account.Row::key, row -> row.costs().total()));
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay().toInstant(ZoneOffset.UTC);
    }
}
