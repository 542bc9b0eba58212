package io.trimtab.service.account;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** Says at {@code /metrics} how the account is. */
public final class AccountMetrics {
    private AccountMetrics() {}

    public static void register(PrometheusRegistry registry, CostAccount account) {
        GaugeWithCallback.builder()
                .name("trimtab_account_troubles")
                .help("What is wrong with the account of costs; the status page and the log say what.")
                .callback(callback -> callback.call(account.troubles().size()))
                .register(registry);
        GaugeWithCallback.builder()
                .name("trimtab_account_waiting_hours")
                .help("Hours of the account that are over and not on the disk; more than 24 are lost.")
                .callback(callback -> callback.call(account.hoursWaiting()))
                .register(registry);
    }
}
