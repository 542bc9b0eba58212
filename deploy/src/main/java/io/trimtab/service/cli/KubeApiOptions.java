package io.trimtab.service.cli;

import io.trimtab.service.config.Settings;
import io.trimtab.service.config.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What is served to the cluster's API server and to Cluster Autoscaler, and how. */
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

    @Option(
            names = "--expander-port",
            paramLabel = "PORT",
            defaultValue = "${env:TRIMTAB_EXPANDER_PORT}",
            description = "The port on which Cluster Autoscaler may ask by gRPC which node group to grow, with the"
                    + " certificate of --tls-dir; 0 takes a free one (default: none).")
    private Optional<Integer> expander = Optional.empty();

    /**
     * @return empty when nothing is to be served
     * @throws SettingsException if the expander is wanted without the port whose certificate it shows
     */
    Optional<Settings.KubeApi> settings(String host) {
        boolean inPod = Files.exists(SourceOptions.SERVICE_ACCOUNT);
        Optional<Integer> served = port.or(() -> inPod ? Optional.of(PORT_IN_A_POD) : Optional.empty());
        if (served.isEmpty() && expander.isPresent())
            throw new SettingsException(
                    "--expander-port (%d) needs --tls-port, whose certificate it shows".formatted(expander.get()));
        return served.map(taken -> new Settings.KubeApi(
                taken,
                host,
                folder,
                names.map(all -> List.of(all.split(",")))
                        .orElseGet(() -> List.of("trimtab." + namespace() + ".svc", "localhost")),
                expander));
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
