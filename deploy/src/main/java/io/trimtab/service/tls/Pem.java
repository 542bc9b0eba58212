package io.trimtab.service.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.util.io.pem.PemObject;

/** Certificates and keys as text between dashes. */
public final class Pem {
    private Pem() {}

    /** @throws IllegalArgumentException if there is none, or one is damaged */
    public static List<X509Certificate> certificates(String text) {
        try (var bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))) {
            List<X509Certificate> found = CertificateFactory.getInstance("X.509").generateCertificates(bytes).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (found.isEmpty()) throw new IllegalArgumentException("it holds no certificate");
            return found;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("it holds no certificate that can be read: " + e.getMessage(), e);
        }
    }

    /**
     * PKCS #8 ({@code PRIVATE KEY}), PKCS #1 ({@code RSA PRIVATE KEY}) or SEC 1 ({@code EC PRIVATE KEY}).
     *
     * @throws IllegalArgumentException if there is no private key without a password
     */
    static PrivateKey privateKey(String text) {
        JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
        try (PEMParser parser = new PEMParser(new StringReader(text))) {
            for (Object found = parser.readObject(); found != null; found = parser.readObject()) {
                if (found instanceof PrivateKeyInfo key) return converter.getPrivateKey(key);
                if (found instanceof PEMKeyPair pair) return converter.getPrivateKey(pair.getPrivateKeyInfo());
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("it holds no private key that can be read: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException("it holds no private key that is readable without a password");
    }

    static String of(X509Certificate certificate) {
        return written(certificate);
    }

    /** In PKCS #8, which names the curve; what the writer makes of a key itself does not. */
    static String of(PrivateKey key) {
        return written(new PemObject("PRIVATE KEY", key.getEncoded()));
    }

    private static String written(Object object) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        } catch (IOException e) {
            throw new IllegalStateException("a text in memory cannot be written", e);
        }
        return text.toString();
    }
}
