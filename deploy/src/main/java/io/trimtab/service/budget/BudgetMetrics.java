package io.trimtab.service.budget;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.trimtab.service.view.BudgetsView;
import io.trimtab.service.view.BudgetsView.Row;
import io.trimtab.service.view.BudgetsView.State;
import io.trimtab.service.view.BudgetsView.Unusual;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** Says at {@code /metrics} how budgets stand. Only those have series, and what is unusual now: so their number is bounded by what people write. */
public final class BudgetMetrics {
    private static final String[] SPENDER = {"kind", "key"};

    private BudgetMetrics() {}

    public static void register(PrometheusRegistry registry, BudgetDesk desk) {
        gauge("trimtab_budget_dollars", "What may be spent in the month under way.")
                .callback(callback -> each(desk, row -> callback.call(limit(row), labels(row))))
                .register(registry);
        gauge("trimtab_budget_spent_dollars", "What was spent of it up to the end of the last whole hour.")
                .callback(
                        callback -> each(desk, row -> callback.call(row.spent().doubleValue(), labels(row))))
                .register(registry);
        gauge("trimtab_budget_forecast_dollars", "What the whole month is expected to cost.")
                .callback(callback -> each(desk, row -> {
                    if (row.forecast() != null)
                        callback.call(row.forecast().total().doubleValue(), labels(row));
                }))
                .register(registry);
        gauge(
                        "trimtab_budget_breach_expected",
                        "1 where the budget is expected to be used up within the month, or is; else 0.")
                .callback(callback -> each(desk, row -> callback.call(isBreached(row.state()) ? 1 : 0, labels(row))))
                .register(registry);
        gauge(
                        "trimtab_unusual_spend_dollars_per_hour",
                        "What is spent above what the season lets expect, while that is unusual; else 0.")
                .callback(callback -> unusual(desk)
                        .forEach((spender, above) -> callback.call(above, spender.getFirst(), spender.getLast())))
                .register(registry);
    }

    /** Of all with a budget, and of others while it is unusual; by kind and key. */
    private static Map<List<String>, Double> unusual(BudgetDesk desk) {
        Map<List<String>, Double> above = new LinkedHashMap<>();
        each(desk, row -> above.put(List.of(row.kind(), row.key()), 0.0));
        for (Unusual it : desk.latest().map(BudgetsView::unusual).orElse(List.of()))
            above.put(
                    List.of(it.kind(), it.key()),
                    it.spentPerHour().subtract(it.expectedPerHour()).doubleValue());
        return above;
    }

    private static boolean isBreached(State state) {
        return state == State.BREACHED || state == State.BREACH_EXPECTED;
    }

    private static GaugeWithCallback.Builder gauge(String name, String help) {
        return GaugeWithCallback.builder().name(name).help(help).labelNames(SPENDER);
    }

    private static double limit(Row row) {
        return Objects.requireNonNull(row.budget()).doubleValue();
    }

    private static String[] labels(Row row) {
        return new String[] {row.kind(), row.key()};
    }

    private static void each(BudgetDesk desk, Consumer<Row> told) {
        desk.latest().map(BudgetsView::rows).orElse(List.of()).stream()
                .filter(row -> row.budget() != null)
                .forEach(told);
    }
}
