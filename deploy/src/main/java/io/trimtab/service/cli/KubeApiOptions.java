package io.trimtab.service.cli;

import io.trimtab.service.config.Settings;
import io.trimtab.service.config.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What is served to the cluster's API server, and how. */
final class KubeApiOptions {
    private static final int PORT_IN_A_POD = 8443;

    @Option(
            names = "--tls-port",
            paramLabel = "PORT",
            defaultValue = "${env:TRIMTAB_TLS_PORT}",
            description =
                    "The port of external.metrics.k8s.io; 0 takes a free one (default: 8443 in a pod, none elsewhere).")
    private Optional<Integer> port = Optional.empty();

    @Option(
            names = "--tls-dir",
            paramLabel = "DIR",
            defaultValue = "${env:TRIMTAB_TLS_DIR}",
            description =
                    "Holds its tls.crt and tls.key, reloaded when they change; without it a certificate is made at"
                            + " start.")
    private Optional<Path> folder = Optional.empty();

    @Option(
            names = "--tls-name",
            paramLabel = "NAME[,NAME...]",
            defaultValue = "${env:TRIMTAB_TLS_NAME}",
            description = "The names of a certificate that is made (default: trimtab.NAMESPACE.svc of the pod, and"
                    + " localhost).")
    private Optional<String> names = Optional.empty();

    /** @return empty when nothing is to be served */
    Optional<Settings.KubeApi> settings(String host) {
        boolean inPod = Files.exists(SourceOptions.SERVICE_ACCOUNT);
        return port.or(() -> inPod ? Optional.of(PORT_IN_A_POD) : Optional.empty())
                .map(taken -> new Settings.KubeApi(
                        taken,
                        host,
                        folder,
                        names.map(all -> List.of(all.split(",")))
                                .orElseGet(() -> List.of("trimtab." + namespace() + ".svc", "localhost"))));
    }

    private static String namespace() {
        Path file = SourceOptions.SERVICE_ACCOUNT.resolve("namespace");
        try {
            return Files.exists(file) ? Files.readString(file).strip() : "trimtab";
        } catch (IOException e) {
            throw new SettingsException("%s cannot be read: %s; name the Service with --tls-name".formatted(file, e));
        }
    }
}
