package io.trimtab.ingest.tls;

import java.io.StringWriter;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate of a test's own, and its keys. */
public record Certified(X509Certificate certificate, KeyPair keys) {
    /**
     * For an hour.
     *
     * @param name of the subject, and of a server where somebody signs it
     * @param signer empty: an authority, signed by itself
     */
    public static Certified make(String name, String algorithm, Optional<Certified> signer) throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        Instant now = InstantSource.system().instant();
        var subject = new X500Principal("CN=" + name);
        var builder = new JcaX509v3CertificateBuilder(
                signer.map(it -> it.certificate().getSubjectX500Principal()).orElse(subject),
                BigInteger.valueOf(name.hashCode()).abs(),
                Date.from(now.minus(Duration.ofHours(1))),
                Date.from(now.plus(Duration.ofHours(1))),
                subject,
                keys.getPublic());
        if (signer.isEmpty()) builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        else
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.dNSName, name)));
        KeyPair signing = signer.map(Certified::keys).orElse(keys);
        String signature = signing.getPrivate().getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
        var content = new JcaContentSignerBuilder(signature).build(signing.getPrivate());
        return new Certified(new JcaX509CertificateConverter().getCertificate(builder.build(content)), keys);
    }

    /** As OpenSSL writes it. */
    public static String pem(Object object) throws Exception {
        StringWriter text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        }
        return text.toString();
    }
}
