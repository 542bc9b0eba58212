package io.trimtab.service.grpc;

import io.grpc.Codec;
import io.grpc.DecompressorRegistry;
import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.trimtab.cost.prices.PriceBook;
import io.trimtab.service.config.SettingsException;
import io.trimtab.service.connections.ConnectionBound;
import io.trimtab.service.tls.ServingCertificate;
import java.time.Duration;
import javax.net.ssl.SSLException;

/** Answers Cluster Autoscaler which node group to grow, over gRPC and TLS: it speaks no other way. */
public final class ExpanderPort implements AutoCloseable {
    /** Of one connection; Cluster Autoscaler asks one question after the other. */
    private static final int MOST_CALLS = 2;

    /** It may ask nothing for days; a connection costs little, and making one anew costs it an answer. */
    private static final Duration LONGEST_IDLE = Duration.ofHours(1);

    private final RpcServer server;

    private ExpanderPort(RpcServer server) {
        this.server = server;
    }

    /**
     * What it works with.
     *
     * @param bound of connections
     */
    public record Parts(PriceBook prices, ExpanderMetrics metrics, ConnectionBound bound) {}

    /**
     * @param port 0 takes a free one
     * @throws SettingsException if the port is taken
     */
    public static ExpanderPort start(String host, int port, ServingCertificate certificate, Parts parts) {
        ExpanderService service = new ExpanderService(parts.prices(), parts.metrics());
        var place = new RpcServer.Place(host, port, "--expander-port", LONGEST_IDLE, parts.bound());
        return new ExpanderPort(RpcServer.start(
                place,
                ExpanderService.NAME,
                builder -> builder.sslContext(tls(certificate))
                        .decompressorRegistry(
                                DecompressorRegistry.emptyInstance().with(Codec.Identity.NONE, false))
                        .maxInboundMessageSize(ExpanderService.MOST_BYTES)
                        .maxConcurrentCallsPerConnection(MOST_CALLS)
                        .addService(service.definition())));
    }

    private static SslContext tls(ServingCertificate certificate) {
        try {
            return GrpcSslContexts.configure(SslContextBuilder.forServer(certificate), SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException("this Java cannot serve TLS", e);
        }
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }
}
