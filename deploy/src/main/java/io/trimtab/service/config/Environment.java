package io.trimtab.service.config;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The environment variables that Trimtab reads; any other {@code TRIMTAB_*} is a mistake that must not pass silently. */
public final class Environment {
    private static final Set<String> KNOWN = Set.of(
            "TRIMTAB_KUBECONFIG",
            "TRIMTAB_PROMETHEUS",
            "TRIMTAB_PROMETHEUS_TOKEN_FILE",
            "TRIMTAB_PROMETHEUS_USER",
            "TRIMTAB_PROMETHEUS_PASSWORD_FILE",
            "TRIMTAB_PROMETHEUS_CA_FILE",
            "TRIMTAB_PROMETHEUS_CERT_FILE",
            "TRIMTAB_PROMETHEUS_KEY_FILE",
            "TRIMTAB_PROMETHEUS_HEADERS",
            "TRIMTAB_PROMETHEUS_LABELS",
            "TRIMTAB_STEP",
            "TRIMTAB_HISTORY",
            "TRIMTAB_HOLIDAYS",
            "TRIMTAB_HOLIDAYS_ZONE",
            "TRIMTAB_PORT",
            "TRIMTAB_HOST",
            "TRIMTAB_GRPC_PORT",
            "TRIMTAB_OPENCOST_PORT",
            "TRIMTAB_BUDGETS",
            "TRIMTAB_WEBHOOK_URL",
            "TRIMTAB_WEBHOOK_SECRET_FILE",
            "TRIMTAB_TLS_PORT",
            "TRIMTAB_TLS_DIR",
            "TRIMTAB_TLS_NAME",
            "TRIMTAB_EXPANDER_PORT",
            "TRIMTAB_PRICES_DIR",
            "TRIMTAB_EVENTS_TOKEN_FILE",
            "TRIMTAB_WRITE_TOKEN_FILE",
            "TRIMTAB_REPLICA_LABEL",
            "TRIMTAB_REPLICA_CLUSTER_LABEL",
            "TRIMTAB_STATE_DIR",
            "TRIMTAB_STATE_EVERY",
            "TRIMTAB_ACCOUNT_DAYS",
            "TRIMTAB_ACCOUNT_MIB",
            "TRIMTAB_MODE",
            "TRIMTAB_CYCLE",
            "TRIMTAB_DEMO_SPEED",
            "TRIMTAB_DEMO_SEED",
            "TRIMTAB_LOG_LEVEL",
            "TRIMTAB_JAVA_OPTS",
            "TRIMTAB_TESTBED_CACHE",
            "TRIMTAB_TESTBED_BUILD");

    private Environment() {}

    /** @throws SettingsException naming the first variable that nothing reads */
    public static void check(Map<String, String> environment) {
        for (String name : new TreeSet<>(environment.keySet())) {
            if (!name.startsWith("TRIMTAB_") || KNOWN.contains(name)) continue;
            throw new SettingsException("unknown setting %s in the environment; the known ones are %s"
                    .formatted(name, String.join(", ", new TreeSet<>(KNOWN))));
        }
    }
}
