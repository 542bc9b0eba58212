package io.trimtab.ingest.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.jspecify.annotations.Nullable;

/**
 * How a server proves who it is, and how we do.
 *
 * @param unsafe takes any certificate for any name
 * @param authorities trusted besides the usual ones
 * @param client shown where it is asked for
 */
public record Tls(boolean unsafe, Optional<Pem> authorities, Optional<Identity> client) {
    public static final Tls USUAL = new Tls(false, Optional.empty(), Optional.empty());

    /**
     * What stands in a PEM file.
     *
     * @param origin for messages, such as {@code authentication parameter ca}
     */
    public record Pem(String origin, String text) {
        @Override
        public String toString() {
            return origin;
        }
    }

    /** A certificate, its chain after it, and its private key. */
    public record Identity(Pem certificate, Pem key) {}

    /** @throws IllegalArgumentException naming the origin of what cannot be used; never with its text */
    public SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(), trust(), new SecureRandom());
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this JDK cannot speak TLS", e);
        }
    }

    private KeyManager @Nullable [] keys() throws GeneralSecurityException, IOException {
        if (client.isEmpty()) return null;
        Certificate[] chain = certificates(client.get().certificate()).toArray(Certificate[]::new);
        PrivateKey key = key(client.get().key());
        // The store lives as long as this method; nobody else sees its password.
        char[] password = UUID.randomUUID().toString().toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try {
            store.setKeyEntry("client", key, password, chain);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "%s must belong to %s"
                            .formatted(client.get().key(), client.get().certificate()),
                    e);
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, password);
        return factory.getKeyManagers();
    }

    private TrustManager @Nullable [] trust() throws GeneralSecurityException, IOException {
        if (unsafe) return new TrustManager[] {new TrustAnything()};
        if (authorities.isEmpty()) return null;
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        TrustManagerFactory usual = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        usual.init((KeyStore) null);
        int number = 0;
        for (X509Certificate known : Stream.of(usual.getTrustManagers())
                .flatMap(manager -> Stream.of(((X509TrustManager) manager).getAcceptedIssuers()))
                .toList()) store.setCertificateEntry("usual-" + number++, known);
        for (Certificate given : certificates(authorities.get())) store.setCertificateEntry("given-" + number++, given);
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static Collection<? extends Certificate> certificates(Pem pem) {
        try {
            var certificates = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.text().getBytes(StandardCharsets.US_ASCII)));
            if (!certificates.isEmpty()) return certificates;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(notPem(pem, "certificates"), e);
        }
        throw new IllegalArgumentException(notPem(pem, "certificates"));
    }

    private static PrivateKey key(Pem pem) {
        try (PEMParser parser = new PEMParser(new StringReader(pem.text()))) {
            var converter = new JcaPEMKeyConverter();
            // OpenSSL writes the parameters of an elliptic curve before the key.
            for (Object read = parser.readObject(); read != null; read = parser.readObject()) {
                if (read instanceof PrivateKeyInfo info) return converter.getPrivateKey(info);
                if (read instanceof PEMKeyPair pair) return converter.getPrivateKey(pair.getPrivateKeyInfo());
            }
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException(notPem(pem, "a private key without a password"), e);
        }
        throw new IllegalArgumentException(notPem(pem, "a private key without a password"));
    }

    private static String notPem(Pem pem, String what) {
        return "%s must be %s in PEM".formatted(pem, what);
    }

    /** The extended kind, so that the JDK does not compare names either. */
    private static final class TrustAnything extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
