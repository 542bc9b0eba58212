package io.trimtab.service.kubeapi;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.server.netty.ssl.CertificateProvidedSslBuilder;
import io.micronaut.http.server.netty.ssl.ServerSslBuilder;
import io.micronaut.http.ssl.ServerSslConfiguration;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.trimtab.service.tls.ServingCertificate;
import jakarta.inject.Singleton;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509ExtendedTrustManager;

/** TLS with a certificate that may change, and a client certificate that is asked for but not demanded. */
@Singleton
@Replaces(CertificateProvidedSslBuilder.class)
final class TlsContext implements ServerSslBuilder {
    private final ServerSslConfiguration configuration;
    private final ServingCertificate certificate;

    TlsContext(ServerSslConfiguration configuration, ServingCertificate certificate) {
        this.configuration = configuration;
        this.certificate = certificate;
    }

    @Override
    public ServerSslConfiguration getSslConfiguration() {
        return configuration;
    }

    @Override
    public Optional<SslContext> build() {
        try {
            return Optional.of(SslContextBuilder.forServer(certificate)
                    .sslProvider(SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .clientAuth(ClientAuth.OPTIONAL)
                    .trustManager(new JudgedLater())
                    .build());
        } catch (SSLException e) {
            throw new IllegalStateException("this Java cannot serve TLS", e);
        }
    }

    /**
     * Lets any client certificate into the connection. {@link FrontProxySettings} judges it for each request, against the authorities that the cluster publishes at that
     * time, and a refusal is then an answer that says why; here it could only be a broken connection. No authorities are named to the client, so it shows what it has.
     */
    private static final class JudgedLater extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
