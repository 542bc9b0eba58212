package io.trimtab.service.budget;

import io.trimtab.cost.allocation.AllocationRequest.Grouping;
import io.trimtab.cost.allocation.AllocationRequest.Span;
import io.trimtab.cost.budget.Spender;
import io.trimtab.cost.ledger.Account;
import io.trimtab.cost.ledger.AccountFilter;
import io.trimtab.cost.ledger.AccountFilter.Condition;
import io.trimtab.cost.ledger.AccountFilter.Field;
import io.trimtab.cost.ledger.AccountFilter.Match;
import io.trimtab.cost.ledger.AccountQuery;
import io.trimtab.forecast.spend.SpendReading;
import io.trimtab.service.account.AccountException;
import io.trimtab.service.account.AccountSnapshot;
import io.trimtab.service.view.BudgetsView.Mover;
import io.trimtab.service.view.BudgetsView.Unusual;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells what is spent above the usual, since when, and by which workloads. */
final class UnusualSpends {
    /** After two days the new level is the usual one. */
    private static final int LONGEST = 48;

    private static final int WEEKS = 4;
    private static final int MOVERS = 3;
    private static final int DECIMALS = 4;

    private final AccountSnapshot account;

    UnusualSpends(AccountSnapshot account) {
        this.account = account;
    }

    /**
     * @param history in dollars by the hour
     * @param until its end
     */
    Optional<Unusual> of(Spender spender, double[] history, Instant until) throws AccountException {
        Optional<SpendReading> now = SpendReading.newest(history).filter(it -> !it.isUsual());
        if (now.isEmpty()) return Optional.empty();
        int since = since(history);
        if (since < 0) return Optional.empty();
        return Optional.of(new Unusual(
                Spenders.kind(spender),
                Spenders.key(spender),
                until.minus(Duration.ofHours(history.length - since)),
                dollars(now.get().spent()),
                dollars(now.get().expected()),
                movers(spender, until)));
    }

    /** The first hour of what is unusual at the end of a history; below 0 where nothing is. The past says it, so that a restart changes nothing. */
    static int since(double[] history) {
        int since = -1;
        for (int end = Math.max(0, history.length - LONGEST); end <= history.length; end++) {
            Optional<SpendReading> reading = SpendReading.newest(Arrays.copyOf(history, end));
            if (reading.isEmpty()) continue;
            if (since < 0 && reading.get().isUnusual()) since = end - 1;
            else if (reading.get().isUsual()) since = -1;
        }
        return since;
    }

    /** Those that spend most more in the last three hours than in the same hours of the weeks before, on average of those in which anything was spent. */
    private List<Mover> movers(Spender spender, Instant until) throws AccountException {
        Map<String, BigDecimal> now = perHour(spender, until);
        Map<String, BigDecimal> before = new HashMap<>();
        int weeks = 0;
        for (int week = 1; week <= WEEKS; week++) {
            Map<String, BigDecimal> then = perHour(spender, until.minus(Duration.ofDays(7L * week)));
            if (then.isEmpty()) continue;
            weeks++;
            then.forEach((workload, spent) -> before.merge(workload, spent, BigDecimal::add));
        }
        BigDecimal count = BigDecimal.valueOf(Math.max(1, weeks));
        return now.entrySet().stream()
                .map(it -> new Mover(
                        it.getKey(),
                        it.getValue().setScale(DECIMALS, RoundingMode.HALF_EVEN),
                        before.getOrDefault(it.getKey(), BigDecimal.ZERO)
                                .divide(count, DECIMALS, RoundingMode.HALF_EVEN)))
                .filter(it -> it.spentPerHour().compareTo(it.beforePerHour()) > 0)
                .sorted(Comparator.comparing((Mover it) -> it.spentPerHour().subtract(it.beforePerHour()))
                        .reversed()
                        .thenComparing(Mover::workload))
                .limit(MOVERS)
                .toList();
    }

    private Map<String, BigDecimal> perHour(Spender spender, Instant until) throws AccountException {
        Span hours = new Span(until.minus(Duration.ofHours(SpendReading.HOURS)), until);
        List<Grouping> workload = List.of(new Grouping.ByNamespace(), new Grouping.ByController());
        Account answer = account.ask(new AccountQuery(hours, workload, Optional.empty(), filter(spender)));
        Map<String, BigDecimal> spent = new HashMap<>();
        for (Account.Row row : answer.steps().getFirst().rows())
            spent.put(
                    row.key(),
                    row.costs().total().divide(BigDecimal.valueOf(SpendReading.HOURS), 12, RoundingMode.HALF_EVEN));
        return spent;
    }

    private static AccountFilter filter(Spender spender) {
        return switch (spender) {
            case Spender.Namespace(String name) ->
                new Condition(new Field.Namespace(), false, Match.EQUALS, List.of(name));
            case Spender.Label(String name, String value) ->
                new Condition(new Field.Label(name), false, Match.EQUALS, List.of(value));
        };
    }

    private static BigDecimal dollars(double amount) {
        return BigDecimal.valueOf(amount).setScale(DECIMALS, RoundingMode.HALF_EVEN);
    }
}
