package io.trimtab.ingest.triggers;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.model.TriggerSpec;
import io.trimtab.ingest.tls.Certified;
import io.trimtab.ingest.tls.Tls;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.util.io.pem.PemObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server whose certificate an authority of ours has signed, for {@code localhost}, and one that asks its clients for theirs. */
class TlsTest {
    private static final char[] PASSWORD = "password".toCharArray();

    @TempDir
    static Path folder;

    private static Certified authority;
    private static Certified client;
    private static WireMockServer open;
    private static WireMockServer closed;

    private final Triggers triggers = Triggers.reading(namespace -> List.of());

    @BeforeAll
    static void serve() throws Exception {
        authority = Certified.make("authority", "RSA", Optional.empty());
        client = Certified.make("trimtab", "EC", Optional.of(authority));
        Certified server = Certified.make("localhost", "RSA", Optional.of(authority));
        Path keys = store(server, "server.p12", Optional.of(authority.certificate()));
        Path trusted = store(authority, "authority.p12", Optional.empty());
        open = start(options(keys));
        closed = start(options(keys)
                .needClientAuth(true)
                .trustStorePath(trusted.toString())
                .trustStorePassword(new String(PASSWORD))
                .trustStoreType("PKCS12"));
    }

    private static WireMockConfiguration options(Path keys) {
        return WireMockConfiguration.options()
                .dynamicPort()
                .dynamicHttpsPort()
                .keystorePath(keys.toString())
                .keystoreType("PKCS12")
                .keystorePassword(new String(PASSWORD))
                .keyManagerPassword(new String(PASSWORD));
    }

    private static WireMockServer start(WireMockConfiguration options) {
        WireMockServer server = new WireMockServer(options);
        server.start();
        server.stubFor(get(anyUrl()).willReturn(okJson("{\"a\": 1}")));
        return server;
    }

    private static Path store(Certified it, String file, Optional<X509Certificate> chain) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        if (chain.isPresent())
            store.setKeyEntry(
                    "key", it.keys().getPrivate(), PASSWORD, new X509Certificate[] {it.certificate(), chain.get()});
        else store.setCertificateEntry("authority", it.certificate());
        Path path = folder.resolve(file);
        try (var output = Files.newOutputStream(path)) {
            store.store(output, PASSWORD);
        }
        return path;
    }

    @AfterAll
    static void stop() {
        open.stop();
        closed.stop();
    }

    @AfterEach
    void disconnect() {
        triggers.close();
    }

    private BigDecimal read(WireMockServer server, Map<String, String> more, Map<String, String> authentication)
            throws IngestException {
        Map<String, String> metadata = new HashMap<>(more);
        metadata.put("url", "https://localhost:" + server.httpsPort() + "/");
        metadata.put("valueLocation", "a");
        metadata.put("targetValue", "1");
        return triggers.open(
                        new TriggerSpec("metrics-api", Optional.empty(), Optional.empty(), metadata, Optional.empty()),
                        "shop",
                        authentication)
                .reader()
                .read(Instant.EPOCH);
    }

    @Test
    void trustsNoStranger() {
        assertThatThrownBy(() -> read(open, Map.of(), Map.of()))
                .isInstanceOf(IngestException.class)
                .hasMessageStartingWith(
                        "metrics-api at https://localhost:%d/: no TLS connection, ".formatted(open.httpsPort()))
                .hasMessageEndingWith(
                        "; give its authority as the authentication parameter ca, or set metadata.unsafeSsl");
    }

    @Test
    void trustsWhomItIsTold() throws Exception {
        assertThat(read(open, Map.of("unsafeSsl", "true"), Map.of())).isEqualTo(BigDecimal.ONE);
        Map<String, String> known = Map.of("ca", Certified.pem(authority.certificate()));
        assertThat(read(open, Map.of(), known)).isEqualTo(BigDecimal.ONE);
        Map<String, String> other = Map.of(
                "ca",
                Certified.pem(Certified.make("other", "EC", Optional.empty()).certificate()));
        assertThatThrownBy(() -> read(open, Map.of("unsafeSsl", "true"), other))
                .hasMessageContaining("no TLS connection");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"PKCS#8", "SEC 1", "SEC 1 after its parameters"})
    void showsItsCertificate(String form) throws Exception {
        String key = keyOfClient(form);
        Map<String, String> authentication = Map.of(
                "ca", Certified.pem(authority.certificate()), "cert", Certified.pem(client.certificate()), "key", key);
        assertThat(read(closed, Map.of("authModes", "tls"), authentication)).isEqualTo(BigDecimal.ONE);
        assertThatThrownBy(() -> read(closed, Map.of(), authentication)).isInstanceOf(IngestException.class);
    }

    /** As OpenSSL writes it. */
    private static String keyOfClient(String form) throws Exception {
        byte[] encoded = client.keys().getPrivate().getEncoded();
        if (form.equals("PKCS#8")) return Certified.pem(new PemObject("PRIVATE KEY", encoded));
        var known = SubjectPublicKeyInfo.getInstance(client.keys().getPublic().getEncoded());
        ASN1Encodable curve = known.getAlgorithm().getParameters();
        var secret = (ECPrivateKey) client.keys().getPrivate();
        var key = new org.bouncycastle.asn1.sec.ECPrivateKey(
                secret.getParams().getOrder().bitLength(), secret.getS(), known.getPublicKeyData(), curve);
        String alone = Certified.pem(new PemObject("EC PRIVATE KEY", key.getEncoded()));
        String parameters = Certified.pem(
                new PemObject("EC PARAMETERS", curve.toASN1Primitive().getEncoded()));
        return form.equals("SEC 1") ? alone : parameters + alone;
    }

    @Test
    void aKeyThatIsNoneIsNamedAndHidden() throws Exception {
        Map<String, String> authentication = Map.of("cert", Certified.pem(client.certificate()), "key", "hush");
        assertThatThrownBy(() -> read(closed, Map.of("authModes", "tls"), authentication))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("authentication parameter key must be a private key without a password in PEM");
        assertThat(new Tls.Pem("a", "hush").toString()).doesNotContain("hush");
    }
}
