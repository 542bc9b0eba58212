package io.trimtab.service.budget;

import io.trimtab.cost.allocation.AllocationRequest.Span;
import io.trimtab.cost.budget.Breach;
import io.trimtab.cost.budget.Budget;
import io.trimtab.cost.budget.Spender;
import io.trimtab.forecast.spend.SpendForecast;
import io.trimtab.forecast.spend.SpendForecast.Coverage;
import io.trimtab.forecast.spend.SpendForecast.Interval;
import io.trimtab.forecast.spend.SpendForecaster;
import io.trimtab.service.view.BudgetsView.Forecast;
import io.trimtab.service.view.BudgetsView.Row;
import io.trimtab.service.view.BudgetsView.State;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What somebody spent of a month.
 *
 * @param until of whole hours, within the month and before its end
 * @param spent from the start of the month to then, to the last digit
 * @param history in dollars by the hour up to then; NaN where nothing is known of an hour
 */
record MonthSpend(Span month, Instant until, BigDecimal spent, double[] history) {
    private static final int CENTS = 2;

    Row row(Spender spender, Optional<Budget> budget) {
        Optional<SpendForecast> toCome = SpendForecaster.forecast(history, hours(until, month.end()));
        Standing standing = budget.map(it -> standing(it, toCome)).orElse(new Standing(State.NONE, Optional.empty()));
        return new Row(
                Spenders.kind(spender),
                Spenders.key(spender),
                spent,
                toCome.map(this::forecast).orElse(null),
                budget.map(Budget::perMonth).orElse(null),
                standing.state(),
                standing.at().orElse(null));
    }

    private record Standing(State state, Optional<Instant> at) {}

    private Standing standing(Budget budget, Optional<SpendForecast> toCome) {
        double[] path = toCome.map(SpendForecast::path).orElse(new double[0]);
        return switch (budget.breach(month.start(), hoursOfMonth(), path)) {
            case Breach.Happened(Instant at) -> new Standing(State.BREACHED, Optional.of(at));
            case Breach.Expected(Instant at) -> new Standing(State.BREACH_EXPECTED, Optional.of(at));
            case Breach.None() -> new Standing(toCome.isPresent() ? State.WITHIN : State.UNKNOWN, Optional.empty());
        };
    }

    /** The last of them takes what rounding leaves, so that they sum to what was spent. */
    private List<BigDecimal> hoursOfMonth() {
        int count = Math.min(history.length, hours(month.start(), until));
        if (count == 0) return List.of();
        BigDecimal[] hours = new BigDecimal[count];
        BigDecimal sum = BigDecimal.ZERO;
        for (int hour = 0; hour < count; hour++) {
            double amount = history[history.length - count + hour];
            hours[hour] = Double.isFinite(amount) ? BigDecimal.valueOf(amount) : BigDecimal.ZERO;
            sum = sum.add(hours[hour]);
        }
        hours[count - 1] = hours[count - 1].add(spent.subtract(sum));
        return Arrays.asList(hours);
    }

    private Forecast forecast(SpendForecast toCome) {
        Interval eighty = toCome.interval(Coverage.EIGHTY);
        Interval ninetyFive = toCome.interval(Coverage.NINETY_FIVE);
        return new Forecast(
                total(toCome.total()),
                total(eighty.low()),
                total(eighty.high()),
                total(ninetyFive.low()),
                total(ninetyFive.high()));
    }

    private BigDecimal total(double toCome) {
        return spent.add(BigDecimal.valueOf(toCome)).setScale(CENTS, RoundingMode.HALF_EVEN);
    }

    private static int hours(Instant from, Instant to) {
        return (int) Duration.between(from, to).toHours();
    }
}
