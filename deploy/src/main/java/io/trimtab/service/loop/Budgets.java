package io.trimtab.service.loop;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.trimtab.cost.budget.Budget;
import io.trimtab.cost.budget.Spender;
import io.trimtab.service.account.CostAccount;
import io.trimtab.service.budget.BudgetDesk;
import io.trimtab.service.budget.BudgetFile;
import io.trimtab.service.budget.BudgetMetrics;
import io.trimtab.service.config.Settings;
import io.trimtab.service.config.SettingsException;
import io.trimtab.service.notify.Notifier;
import io.trimtab.service.notify.Webhook;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Budgets and whoever is told of them. The simulated cluster has some of its own, to show what they look like. */
record Budgets(BudgetDesk desk, Notifier notifier, Optional<Webhook> webhook) implements AutoCloseable {
    private static final List<Budget> OF_DEMO = List.of(
            new Budget(new Spender.Namespace("catalog"), new BigDecimal("400")),
            new Budget(new Spender.Namespace("payments"), new BigDecimal("2000")));

    /** @throws SettingsException if the budgets are not understood */
    static Budgets open(Settings settings, CostAccount account, PrometheusRegistry registry) {
        Settings.Budgets chosen = settings.budgets();
        boolean wanted = chosen.file().isPresent() || chosen.webhook().isPresent();
        if (wanted && settings.source() instanceof Settings.Source.Real && !settings.isStateKept())
            throw new SettingsException(
                    "--budgets and --webhook-url need --state-dir: what was spent is kept there, or nothing is known"
                            + " of it");
        Optional<Webhook> webhook =
                chosen.webhook().map(url -> new Webhook(url, chosen.webhookSecret(), InstantSource.system()));
        Notifier notifier = new Notifier(webhook);
        try {
            BudgetDesk desk = new BudgetDesk(account, source(settings), notifier);
            BudgetMetrics.register(registry, desk);
            return new Budgets(desk, notifier, webhook);
        } catch (IllegalArgumentException e) {
            throw new SettingsException("--budgets: " + e.getMessage());
        }
    }

    private static Supplier<List<Budget>> source(Settings settings) {
        List<Budget> without = switch (settings.source()) {
            case Settings.Source.Demo _ -> OF_DEMO;
            case Settings.Source.Real _ -> List.of();
        };
        return settings.budgets()
                .file()
                .<Supplier<List<Budget>>>map(file -> new BudgetFile(file)::read)
                .orElse(() -> without);
    }

    /** Before the account is closed. */
    @Override
    public void close() {
        desk.close();
        webhook.ifPresent(Webhook::close);
    }
}
