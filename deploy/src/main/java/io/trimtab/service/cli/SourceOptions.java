package io.trimtab.service.cli;

import io.trimtab.service.config.Durations;
import io.trimtab.service.config.Settings;
import io.trimtab.service.config.SettingsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which cluster is looked at: the options that {@code serve} and {@code report} share. */
final class SourceOptions {
    static final Path SERVICE_ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");
    private static final Path SERVICE_ACCOUNT_TOKEN = SERVICE_ACCOUNT.resolve("token");

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            defaultValue = "${env:TRIMTAB_KUBECONFIG:-${env:KUBECONFIG}}",
            description = "The cluster to look at. In a pod without it: the pod's own cluster. Also KUBECONFIG.")
    private Optional<Path> kubeconfig = Optional.empty();

    @Mixin
    private PrometheusOptions prometheus = new PrometheusOptions();

    @Option(
            names = "--step",
            paramLabel = "DURATION",
            defaultValue = "${env:TRIMTAB_STEP:-1m}",
            description = "The time between samples that are read (default: ${DEFAULT-VALUE}).")
    private String step = "1m";

    /** Whether a real cluster was named, or this runs in a pod. */
    boolean namesCluster() {
        return kubeconfig.isPresent() || prometheus.isGiven() || Files.exists(SERVICE_ACCOUNT_TOKEN);
    }

    /** One that is looked at once, so that its usage must be in a Prometheus already. */
    Settings.Source read(String history) {
        Settings.Source.Real named = served(history, Optional.empty(), Optional.empty(), Optional.empty());
        if (named.prometheus().isEmpty())
            throw new SettingsException(
                    "where is the usage? give --prometheus URL of the server that scrapes that cluster");
        return named;
    }

    /**
     * One that is looked at for long; without {@code --prometheus} its usage is what is pushed.
     *
     * @param api empty: nothing is served to the cluster's API server
     * @param eventsToken empty: whoever sends events is not asked for a token
     * @param writeToken empty: whoever pushes samples is not asked for a token
     */
    Settings.Source.Real served(
            String history, Optional<Settings.KubeApi> api, Optional<Path> eventsToken, Optional<Path> writeToken) {
        kubeconfig.filter(file -> !Files.isReadable(file)).ifPresent(file -> {
            throw new SettingsException("--kubeconfig (%s) cannot be read; does the file exist?".formatted(file));
        });
        if (kubeconfig.isEmpty() && !Files.exists(SERVICE_ACCOUNT_TOKEN)) {
            throw new SettingsException("which cluster? give --kubeconfig FILE (or KUBECONFIG), or run in a pod of it");
        }
        return new Settings.Source.Real(
                new Settings.Kubernetes(kubeconfig, api),
                prometheus.settings(),
                Durations.parse("--history", history),
                Durations.parse("--step", step),
                eventsToken,
                writeToken);
    }
}
