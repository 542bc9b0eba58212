package io.trimtab.service.tls;

import io.trimtab.service.config.Settings;
import io.trimtab.service.config.SettingsException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The certificate that we show. When it comes from files, each new connection looks whether they have changed, so a renewed Secret needs no restart. */
public final class ServingCertificate extends X509ExtendedKeyManager {
    private static final Logger LOG = LoggerFactory.getLogger(ServingCertificate.class);

    private final Reader reader;
    private volatile Shown shown;

    /** The connections that began before a change still ask for what they were shown. */
    private volatile Shown before;

    private interface Reader {
        /** What tells one state of the files from the next. */
        String state() throws IOException;

        Shown read(String state) throws IOException;
    }

    private record Shown(String state, X509Certificate[] chain, PrivateKey key) {}

    private ServingCertificate(Reader reader, Shown shown) {
        this.reader = reader;
        this.shown = shown;
        this.before = shown;
    }

    /**
     * That of the settings' folder; without one it is made now, and the log has the authority that clients must trust.
     *
     * @throws SettingsException if the folder's cannot be used
     */
    public static ServingCertificate of(Settings.KubeApi settings, InstantSource clock) {
        return settings.tlsFolder().map(ServingCertificate::in).orElseGet(() -> selfMade(settings.tlsNames(), clock));
    }

    private static ServingCertificate selfMade(List<String> names, InstantSource clock) {
        MadeCertificate made = MadeCertificate.of(names, clock.instant());
        LOG.info(
                "what is served over TLS has a certificate made now for {}; the authority to trust (caBundle) is {}",
                String.join(", ", names),
                Base64.getEncoder().encodeToString(made.authority().getBytes(StandardCharsets.US_ASCII)));
        return of(made);
    }

    private static ServingCertificate of(MadeCertificate made) {
        Shown shown = shown("made", made.certificate(), made.key());
        return new ServingCertificate(
                new Reader() {
                    @Override
                    public String state() {
                        return shown.state();
                    }

                    @Override
                    public Shown read(String state) {
                        return shown;
                    }
                },
                shown);
    }

    /**
     * @param folder holds {@code tls.crt} (the chain) and {@code tls.key}, as a Secret of type {@code kubernetes.io/tls} is mounted
     * @throws SettingsException if that cannot be read or the two do not belong together
     */
    private static ServingCertificate in(Path folder) {
        Path certificate = folder.resolve("tls.crt");
        Path key = folder.resolve("tls.key");
        Reader reader = new Reader() {
            @Override
            public String state() throws IOException {
                FileTime one = Files.getLastModifiedTime(certificate);
                return one + " " + Files.getLastModifiedTime(key);
            }

            @Override
            public Shown read(String state) throws IOException {
                return shown(state, Files.readString(certificate), Files.readString(key));
            }
        };
        try {
            return new ServingCertificate(reader, reader.read(reader.state()));
        } catch (IOException | IllegalArgumentException e) {
            throw new SettingsException(
                    "--tls-dir (%s) must hold tls.crt and tls.key: %s".formatted(folder, reason(e)));
        }
    }

    private static Shown shown(String state, String certificate, String key) {
        X509Certificate[] chain = Pem.certificates(certificate).toArray(X509Certificate[]::new);
        PrivateKey readKey = Pem.privateKey(key);
        if (!belong(chain[0], readKey)) throw new IllegalArgumentException("the key is not that of the certificate");
        return new Shown(state, chain, readKey);
    }

    /** The certificate must confirm what the key has signed. */
    private static boolean belong(X509Certificate certificate, PrivateKey key) {
        String algorithm = switch (key.getAlgorithm()) {
            case "EC", "ECDSA" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> key.getAlgorithm();
        };
        try {
            byte[] text = certificate.getSignature();
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(text);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(text);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private Shown current() {
        try {
            String state = reader.state();
            if (!state.equals(shown.state())) renew(state);
        } catch (IOException | IllegalArgumentException e) {
            // Perhaps between two writes; the next connection looks again.
            LOG.warn("the renewed certificate cannot be used yet, the one before stays: {}", reason(e));
        }
        return shown;
    }

    private synchronized void renew(String state) throws IOException {
        if (state.equals(shown.state())) return;
        Shown renewed = reader.read(state);
        before = shown;
        shown = renewed;
        LOG.info(
                "serving a renewed certificate, valid until {}",
                renewed.chain()[0].getNotAfter().toInstant());
    }

    private static String reason(Exception e) {
        return e instanceof IOException ? e.toString() : String.valueOf(e.getMessage());
    }

    private @Nullable Shown under(@Nullable String alias) {
        Shown now = shown;
        Shown last = before;
        if (now.state().equals(alias)) return now;
        return last.state().equals(alias) ? last : null;
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
        return current().state();
    }

    @Override
    public String chooseServerAlias(String keyType, Principal @Nullable [] issuers, Socket socket) {
        return current().state();
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        Shown found = under(alias);
        return found == null ? null : found.chain().clone();
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        Shown found = under(alias);
        return found == null ? null : found.key();
    }

    @Override
    public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return List.of(current().state()).toArray(String[]::new);
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(String[] keyTypes, Principal @Nullable [] issuers, Socket socket) {
        return null;
    }
}
