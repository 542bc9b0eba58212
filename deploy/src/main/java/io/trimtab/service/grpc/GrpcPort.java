package io.trimtab.service.grpc;

import io.grpc.Codec;
import io.grpc.Decompressor;
import io.grpc.DecompressorRegistry;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.trimtab.ingest.otlp.Otlp;
import io.trimtab.service.config.SenderToken;
import io.trimtab.service.config.Settings;
import io.trimtab.service.config.SettingsException;
import io.trimtab.service.connections.BoundedAccept;
import io.trimtab.service.connections.ConnectionBound;
import io.trimtab.service.push.BodyBudget;
import io.trimtab.service.push.OtlpDoor;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Serves gRPC on a port of its own, with its health protocol; it ends by letting requests that run end. */
public final class GrpcPort implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 3;

    /** Of one connection; a collector sends from 10 queue consumers unless told otherwise. */
    private static final int MOST_CALLS = 32;

    /** After it a connection that has not begun to speak HTTP/2 is closed. */
    private static final int HANDSHAKE_SECONDS = 10;

    /** Senders may ask as often whether the connection still stands; the protocol's default of 5 min would cut off collectors that are set to ask often. */
    private static final int PING_SECONDS = 10;

    /** Collectors send four times a minute and more. */
    private static final Duration LONGEST_IDLE = Duration.ofMinutes(5);

    /** What a connection may send before anything of it is asked for. */
    private static final int WINDOW_BYTES = 256 << 10;

    private final Server server;
    private final HealthStatusManager health;
    private final MetricsService metrics;
    private final ExecutorService threads;
    private final EventLoopGroup events;

    private GrpcPort(
            Server server,
            HealthStatusManager health,
            MetricsService metrics,
            ExecutorService threads,
            EventLoopGroup events) {
        this.server = server;
        this.health = health;
        this.metrics = metrics;
        this.threads = threads;
        this.events = events;
    }

    /**
     * @param door takes metrics
     * @param token of those who send them
     * @param budget of all bodies, those over HTTP too
     * @param bound of connections, on which gRPC has none
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
        HealthStatusManager health = new HealthStatusManager();
        MetricsService metrics = new MetricsService(door, token, budget);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        EventLoopGroup events = new MultiThreadIoEventLoopGroup(
                Thread.ofPlatform().daemon().name("grpc-", 0).factory(), NioIoHandler.newFactory());
        BoundedAccept accept = BoundedAccept.without(bound);
        Server server = NettyServerBuilder.forAddress(new InetSocketAddress(settings.host(), settings.port()))
                .bossEventLoopGroup(events)
                .workerEventLoopGroup(events)
                .channelFactory(() -> {
                    NioServerSocketChannel listener = new NioServerSocketChannel();
                    listener.pipeline().addLast(accept);
                    return listener;
                })
                .flowControlWindow(WINDOW_BYTES)
                .maxConnectionIdle(longestIdle.toMillis(), TimeUnit.MILLISECONDS)
                .executor(threads)
                .decompressorRegistry(DecompressorRegistry.emptyInstance()
                        .with(Codec.Identity.NONE, false)
                        .with(new LeftPacked(), true))
                .maxInboundMessageSize(Otlp.MOST_BYTES)
                .maxConcurrentCallsPerConnection(MOST_CALLS)
                .handshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS)
                .permitKeepAliveTime(PING_SECONDS, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .keepAliveTime(1, TimeUnit.MINUTES)
                .addStreamTracerFactory(new TooLarge.Factory(door))
                .addService(metrics.definition())
                .addService(health.getHealthService())
                .build();
        try {
            server.start();
        } catch (IOException e) {
            metrics.close();
            threads.close();
            stop(events);
            throw new SettingsException("port %d of %s cannot be had (%s); choose another with --grpc-port"
                    .formatted(settings.port(), settings.host(), e.getMessage()));
        }
        health.setStatus(MetricsService.NAME, ServingStatus.SERVING);
        return new GrpcPort(server, health, metrics, threads, events);
    }

    public int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        health.enterTerminalState();
        server.shutdown();
        try {
            if (!server.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) server.shutdownNow();
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
        metrics.close();
        threads.close();
        stop(events);
    }

    private static void stop(EventLoopGroup events) {
        events.shutdownGracefully(0, PATIENCE_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(PATIENCE_SECONDS, TimeUnit.SECONDS);
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
