package io.trimtab.service.grpc;

import io.grpc.Codec;
import io.grpc.Decompressor;
import io.grpc.DecompressorRegistry;
import io.trimtab.ingest.otlp.Otlp;
import io.trimtab.service.config.SenderToken;
import io.trimtab.service.config.Settings;
import io.trimtab.service.config.SettingsException;
import io.trimtab.service.connections.ConnectionBound;
import io.trimtab.service.push.BodyBudget;
import io.trimtab.service.push.OtlpDoor;
import java.io.InputStream;
import java.time.Duration;

/** Takes OpenTelemetry's metrics by gRPC. */
public final class GrpcPort implements AutoCloseable {
    /** Of one connection; a collector sends from 10 queue consumers unless told otherwise. */
    private static final int MOST_CALLS = 32;

    /** Collectors send four times a minute and more. */
    private static final Duration LONGEST_IDLE = Duration.ofMinutes(5);

    private final RpcServer server;
    private final MetricsService metrics;

    private GrpcPort(RpcServer server, MetricsService metrics) {
        this.server = server;
        this.metrics = metrics;
    }

    /**
     * @param door takes metrics
     * @param token of those who send them
     * @param budget of all bodies, those over HTTP too
     * @param bound of connections
     * @throws SettingsException if the port is taken
     */
    public static GrpcPort start(
            Settings.Grpc settings, OtlpDoor door, SenderToken token, BodyBudget budget, ConnectionBound bound) {
        return start(settings, door, token, budget, bound, LONGEST_IDLE);
    }

    /** @param longestIdle after which a connection without requests is closed */
    static GrpcPort start(
            Settings.Grpc settings,
            OtlpDoor door,
            SenderToken token,
            BodyBudget budget,
            ConnectionBound bound,
            Duration longestIdle) {
        MetricsService metrics = new MetricsService(door, token, budget);
        var place = new RpcServer.Place(settings.host(), settings.port(), "--grpc-port", longestIdle, bound);
        try {
            RpcServer server = RpcServer.start(
                    place,
                    MetricsService.NAME,
                    builder -> builder.decompressorRegistry(DecompressorRegistry.emptyInstance()
                                    .with(Codec.Identity.NONE, false)
                                    .with(new LeftPacked(), true))
                            .maxInboundMessageSize(Otlp.MOST_BYTES)
                            .maxConcurrentCallsPerConnection(MOST_CALLS)
                            .addStreamTracerFactory(new TooLarge.Factory(door))
                            .addService(metrics.definition()));
            return new GrpcPort(server, metrics);
        } catch (SettingsException e) {
            metrics.close();
            throw e;
        }
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
        metrics.close();
    }

    /** Is unpacked later, when its turn comes, within a limit: here each connection would unpack at once. */
    private static final class LeftPacked implements Decompressor {
        @Override
        public String getMessageEncoding() {
            return "gzip";
        }

        @Override
        public InputStream decompress(InputStream packed) {
            return packed;
        }
    }
}
