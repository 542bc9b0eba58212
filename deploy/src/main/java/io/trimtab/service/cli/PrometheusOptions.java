package io.trimtab.service.cli;

import io.trimtab.ingest.promql.Access;
import io.trimtab.ingest.promql.Access.Credentials;
import io.trimtab.ingest.promql.Access.TlsFiles;
import io.trimtab.ingest.promql.Labels;
import io.trimtab.service.config.Settings;
import io.trimtab.service.config.SettingsException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** The store that usage is read from, how it is got into, and what its labels are called. */
final class PrometheusOptions {
    private static final Set<String> ROLES = Set.of("namespace", "pod", "container");

    @Option(
            names = "--prometheus",
            paramLabel = "URL",
            defaultValue = "${env:TRIMTAB_PROMETHEUS}",
            description =
                    "The Prometheus-compatible server that scrapes that cluster's cAdvisor metrics; serve without it"
                            + " takes what is pushed by remote write or OTLP.")
    private Optional<String> url = Optional.empty();

    @Option(
            names = "--prometheus-token-file",
            paramLabel = "FILE",
            defaultValue = "${env:TRIMTAB_PROMETHEUS_TOKEN_FILE}",
            description = "A bearer token for it; read again for each request.")
    private Optional<Path> tokenFile = Optional.empty();

    @Option(
            names = "--prometheus-user",
            paramLabel = "NAME",
            defaultValue = "${env:TRIMTAB_PROMETHEUS_USER}",
            description = "A user for it, with --prometheus-password-file.")
    private Optional<String> user = Optional.empty();

    @Option(
            names = "--prometheus-password-file",
            paramLabel = "FILE",
            defaultValue = "${env:TRIMTAB_PROMETHEUS_PASSWORD_FILE}",
            description = "That user's password; read again for each request.")
    private Optional<Path> passwordFile = Optional.empty();

    @Option(
            names = "--prometheus-ca-file",
            paramLabel = "FILE",
            defaultValue = "${env:TRIMTAB_PROMETHEUS_CA_FILE}",
            description = "Certificates (PEM) of authorities that its own is checked with, besides the usual ones.")
    private Optional<Path> caFile = Optional.empty();

    @Option(
            names = "--prometheus-cert-file",
            paramLabel = "FILE",
            defaultValue = "${env:TRIMTAB_PROMETHEUS_CERT_FILE}",
            description = "A client certificate (PEM) for it; reloaded when it changes.")
    private Optional<Path> certFile = Optional.empty();

    @Option(
            names = "--prometheus-key-file",
            paramLabel = "FILE",
            defaultValue = "${env:TRIMTAB_PROMETHEUS_KEY_FILE}",
            description = "The private key (PEM, without a password) of that certificate.")
    private Optional<Path> keyFile = Optional.empty();

    @Option(
            names = "--prometheus-header",
            paramLabel = "NAME=VALUE",
            split = ",",
            defaultValue = "${env:TRIMTAB_PROMETHEUS_HEADERS}",
            description = "A header for it, such as X-Scope-OrgID=team for a tenant; may be given several times.")
    private Map<String, String> headers = new LinkedHashMap<>();

    @Option(
            names = "--prometheus-label",
            paramLabel = "OURS=ITS",
            split = ",",
            defaultValue = "${env:TRIMTAB_PROMETHEUS_LABELS}",
            description = "What it calls the label namespace, pod or container, such as pod=pod_name; may be given"
                    + " several times.")
    private Map<String, String> labels = new LinkedHashMap<>();

    /** An empty address is none: so a patch of a manifest can take it away. */
    boolean isGiven() {
        return address().isPresent();
    }

    /** Empty without an address. */
    Optional<Settings.Prometheus> settings() {
        return address()
                .map(address ->
                        new Settings.Prometheus(uri(address), new Access(credentials(), headers, tls()), labels()));
    }

    private Optional<String> address() {
        return url.filter(text -> !text.isBlank());
    }

    private Credentials credentials() {
        if (tokenFile.isPresent() && user.isPresent())
            throw new SettingsException("--prometheus-token-file and --prometheus-user are two ways in; give one");
        if (user.isPresent() != passwordFile.isPresent())
            throw new SettingsException("--prometheus-user and --prometheus-password-file go together; give both");
        if (tokenFile.isPresent()) return new Credentials.Bearer(readable("--prometheus-token-file", tokenFile.get()));
        if (user.isEmpty()) return new Credentials.None();
        return new Credentials.Basic(user.get(), readable("--prometheus-password-file", passwordFile.orElseThrow()));
    }

    private TlsFiles tls() {
        if (certFile.isPresent() != keyFile.isPresent())
            throw new SettingsException("--prometheus-cert-file and --prometheus-key-file go together; give both");
        return new TlsFiles(
                caFile.map(file -> readable("--prometheus-ca-file", file)),
                certFile.map(file -> new TlsFiles.Identity(
                        readable("--prometheus-cert-file", file),
                        readable("--prometheus-key-file", keyFile.orElseThrow()))));
    }

    private Labels labels() {
        for (String role : labels.keySet())
            if (!ROLES.contains(role))
                throw new SettingsException("--prometheus-label (%s=%s) must begin with namespace=, pod= or container="
                        .formatted(role, labels.get(role)));
        try {
            return new Labels(
                    labels.getOrDefault("namespace", Labels.USUAL.namespace()),
                    labels.getOrDefault("pod", Labels.USUAL.pod()),
                    labels.getOrDefault("container", Labels.USUAL.container()));
        } catch (IllegalArgumentException e) {
            throw new SettingsException("--prometheus-label: " + e.getMessage());
        }
    }

    private static Path readable(String option, Path file) {
        if (Files.isReadable(file)) return file;
        throw new SettingsException("%s (%s) cannot be read; does the file exist?".formatted(option, file));
    }

    private static URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new SettingsException(
                    "--prometheus (%s) must be a URL such as http://prometheus:9090".formatted(text));
        }
    }
}
