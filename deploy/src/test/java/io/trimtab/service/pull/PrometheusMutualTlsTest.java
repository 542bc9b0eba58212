package io.trimtab.service.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.model.UsageBatch;
import io.trimtab.ingest.model.UsageQuery;
import io.trimtab.ingest.promql.Access;
import io.trimtab.ingest.promql.Access.TlsFiles;
import io.trimtab.ingest.promql.PrometheusSettings;
import io.trimtab.ingest.promql.PrometheusUsageSource;
import io.trimtab.ingest.tls.Certified;
import io.trimtab.ingest.tls.Tls;
import io.trimtab.service.testbed.PrometheusServer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.util.io.pem.PemObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus that lets in who shows a certificate of its authority, and nobody else. */
class PrometheusMutualTlsTest {
    private static final String ADVICE =
            "; show it a certificate of an authority that it trusts: --prometheus-cert-file with --prometheus-key-file";

    @TempDir
    static Path folder;

    private static Path authority;
    private static TlsFiles.Identity ours;
    private static PrometheusServer prometheus;

    @BeforeAll
    static void serve() throws Exception {
        PrometheusServer.requireInstalled();
        Certified signer = Certified.make("authority", "RSA", Optional.empty());
        authority = written("authority.pem", signer.certificate());
        TlsFiles.Identity server = identity("server", Certified.make("localhost", "RSA", Optional.of(signer)));
        ours = identity("trimtab", Certified.make("trimtab", "EC", Optional.of(signer)));
        Path configuration = Files.writeString(
                folder.resolve("web.yml"), """
                    tls_server_config:
                      cert_file: %s
                      key_file: %s
                      client_auth_type: RequireAndVerifyClientCert
                      client_ca_file: %s
                    """.formatted(server.certificate(), server.key(), authority));
        Tls.Identity shown = new Tls.Identity(pem(ours.certificate()), pem(ours.key()));
        prometheus = PrometheusServer.secured(
                configuration, new Tls(false, Optional.of(pem(authority)), Optional.of(shown)).context());
    }

    @AfterAll
    static void stop() throws Exception {
        if (prometheus != null) prometheus.close();
    }

    @Test
    void theRightCertificateIsLetIn() throws Exception {
        UsageBatch batch = read(prometheus.uri(), new TlsFiles(Optional.of(authority), Optional.of(ours)));
        assertThat(batch.gaps()).isEmpty();
    }

    @Test
    void withoutOneItSaysWhatToShow() {
        assertThatThrownBy(() -> read(prometheus.uri(), new TlsFiles(Optional.of(authority), Optional.empty())))
                .isInstanceOf(IngestException.class)
                .hasMessageContaining("Prometheus at %s: no TLS connection, ".formatted(prometheus.uri()))
                .hasMessageEndingWith(ADVICE);
    }

    @Test
    void aForeignOneIsRefusedAlike() throws Exception {
        Certified stranger = Certified.make("stranger", "RSA", Optional.empty());
        TlsFiles.Identity foreign = identity("foreign", Certified.make("trimtab", "EC", Optional.of(stranger)));
        assertThatThrownBy(() -> read(prometheus.uri(), new TlsFiles(Optional.of(authority), Optional.of(foreign))))
                .isInstanceOf(IngestException.class)
                .hasMessageContaining("no TLS connection, ")
                .hasMessageEndingWith(ADVICE);
    }

    /** Signed by nobody that it knows, but in the name of its authority, so that it is shown. */
    @Test
    void aForgedOneIsRefusedAlike() throws Exception {
        Certified forger = Certified.make("authority", "RSA", Optional.empty());
        TlsFiles.Identity forged = identity("forged", Certified.make("trimtab", "EC", Optional.of(forger)));
        assertThatThrownBy(() -> read(prometheus.uri(), new TlsFiles(Optional.of(authority), Optional.of(forged))))
                .isInstanceOf(IngestException.class)
                .hasMessageContaining("no TLS connection, ")
                .hasMessageEndingWith(ADVICE);
    }

    @Test
    void aServerOfAnUnknownAuthorityIsNotTrusted() {
        assertThatThrownBy(() -> read(prometheus.uri(), new TlsFiles(Optional.empty(), Optional.of(ours))))
                .isInstanceOf(IngestException.class)
                .hasMessageEndingWith("; give the authority of its certificate as --prometheus-ca-file");
    }

    @Test
    void aServerByAnotherNameIsNotTrusted() {
        URI byAddress = URI.create("https://127.0.0.1:" + prometheus.uri().getPort());
        assertThatThrownBy(() -> read(byAddress, new TlsFiles(Optional.of(authority), Optional.of(ours))))
                .isInstanceOf(IngestException.class)
                .hasMessageEndingWith("; give the name that its certificate is for in --prometheus");
    }

    private static UsageBatch read(URI uri, TlsFiles files) throws IngestException {
        PrometheusSettings settings = PrometheusSettings.at(uri)
                .withBackOff(Duration.ofMillis(2))
                .withAccess(new Access(new Access.Credentials.None(), Map.of(), files));
        Instant now = InstantSource.system().instant();
        try (PrometheusUsageSource source = new PrometheusUsageSource(settings)) {
            return source.read(new UsageQuery(
                    new UsageQuery.Scope.Cluster(), now.minus(Duration.ofHours(1)), now, Duration.ofMinutes(1)));
        }
    }

    private static TlsFiles.Identity identity(String name, Certified it) throws Exception {
        return new TlsFiles.Identity(
                written(name + ".pem", it.certificate()),
                written(
                        name + ".key",
                        new PemObject("PRIVATE KEY", it.keys().getPrivate().getEncoded())));
    }

    private static Path written(String file, Object object) throws Exception {
        return Files.writeString(folder.resolve(file), Certified.pem(object));
    }

    private static Tls.Pem pem(Path file) throws Exception {
        return new Tls.Pem(file.toString(), Files.readString(file));
    }
}
