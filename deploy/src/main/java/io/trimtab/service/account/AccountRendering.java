package io.trimtab.service.account;

import io.trimtab.cost.account.ResourceCosts;
import io.trimtab.cost.allocation.AllocationRequest.Span;
import io.trimtab.cost.ledger.Account;
import io.trimtab.cost.ledger.AccountQuery;
import io.trimtab.service.view.AccountView;
import io.trimtab.service.view.AccountView.Period;
import io.trimtab.service.view.AccountView.Row;
import io.trimtab.service.view.AccountView.Step;
import io.trimtab.service.view.AccountView.Unmounted;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Asks the account and shows what it says; the dearest row first. */
public final class AccountRendering {
    private static final String USD = "USD";
    private static final Comparator<Row> DEAREST_FIRST =
            Comparator.comparing(Row::totalCost).reversed().thenComparing(Row::key);

    private AccountRendering() {}

    /**
     * @param now of the cluster
     * @throws AccountException if there is no account, or it cannot be read
     * @throws IllegalArgumentException if a parameter is wrong; the message begins with its name
     */
    public static AccountView ask(CostAccount account, AccountParameters parameters, Instant now)
            throws AccountException {
        AccountQuery asked = parameters.query(now);
        AccountSnapshot snapshot = account.snapshot();
        Optional<List<Step>> steps = parameters.hasSteps()
                ? Optional.of(snapshot.ask(asked).steps().stream()
                        .map(AccountRendering::step)
                        .toList())
                : Optional.empty();
        Account whole = snapshot.ask(parameters.whole(now));
        Step sum = step(whole.steps().getFirst());
        return new AccountView(
                sum.from(),
                sum.to(),
                snapshot.seenUntil().orElse(null),
                USD,
                List.of(parameters.aggregate().split(",")),
                sum.rows(),
                sum.idle(),
                sum.unmounted(),
                sum.bill(),
                sum.residual(),
                sum.estimatedShare(),
                whole.missing().stream().map(AccountRendering::period).toList(),
                whole.damaged().stream().map(AccountRendering::partial).toList(),
                steps.orElse(null));
    }

    private static String partial(Span span) {
        return "%s to %s is left out: its files are not as they were written and were put aside"
                .formatted(span.start(), span.end());
    }

    private static Period period(Span span) {
        return new Period(span.start(), span.end());
    }

    private static Step step(Account.Step step) {
        return new Step(
                step.span().start(),
                step.span().end(),
                step.rows().stream()
                        .map(AccountRendering::row)
                        .sorted(DEAREST_FIRST)
                        .toList(),
                row("idle", step.idle()),
                Unmounted.NONE,
                step.bill(),
                step.residual(),
                step.estimatedShare());
    }

    private static Row row(Account.Row row) {
        ResourceCosts costs = row.costs();
        return new Row(
                row.key(),
                costs.cpu(),
                costs.memory(),
                costs.gpu(),
                costs.total(),
                row.efficiency(),
                row.cpu().charged(),
                row.memory().charged(),
                row.gpuHours());
    }

    private static Row row(String key, ResourceCosts costs) {
        BigDecimal none = BigDecimal.ZERO;
        return new Row(key, costs.cpu(), costs.memory(), costs.gpu(), costs.total(), none, none, none, none);
    }
}
