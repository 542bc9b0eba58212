package io.trimtab.service.grpc;

import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.trimtab.service.config.SettingsException;
import io.trimtab.service.connections.BoundedAccept;
import io.trimtab.service.connections.ConnectionBound;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One gRPC service on a port of its own, with the health protocol: connections are bounded, calls run on virtual threads, and it ends by letting calls that run end. */
final class RpcServer implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 3;

    /** After it a connection that has not begun to speak HTTP/2 is closed. */
    private static final int HANDSHAKE_SECONDS = 10;

    /** Senders may ask as often whether the connection still stands; the protocol's default of 5 min would cut off collectors that are set to ask often. */
    private static final int PING_SECONDS = 10;

    /** What a connection may send before anything of it is asked for. */
    private static final int WINDOW_BYTES = 256 << 10;

    /**
     * @param port 0 takes a free one
     * @param option that chooses another
     * @param longestIdle after which a connection without requests is closed
     * @param bound of connections, on which gRPC has none
     */
    record Place(String host, int port, String option, Duration longestIdle, ConnectionBound bound) {}

    private final Server server;
    private final HealthStatusManager health;
    private final ExecutorService threads;
    private final EventLoopGroup events;

    private RpcServer(Server server, HealthStatusManager health, ExecutorService threads, EventLoopGroup events) {
        this.server = server;
        this.health = health;
        this.threads = threads;
        this.events = events;
    }

    /**
     * @param name of the service, for the health protocol
     * @param more adds the service and its limits
     * @throws SettingsException if the port is taken
     */
    static RpcServer start(Place place, String name, Consumer<NettyServerBuilder> more) {
        HealthStatusManager health = new HealthStatusManager();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        EventLoopGroup events = new MultiThreadIoEventLoopGroup(
                Thread.ofPlatform().daemon().name("grpc-", 0).factory(), NioIoHandler.newFactory());
        BoundedAccept accept = BoundedAccept.without(place.bound());
        NettyServerBuilder builder = NettyServerBuilder.forAddress(new InetSocketAddress(place.host(), place.port()))
                .bossEventLoopGroup(events)
                .workerEventLoopGroup(events)
                .channelFactory(() -> {
                    NioServerSocketChannel listener = new NioServerSocketChannel();
                    listener.pipeline().addLast(accept);
                    return listener;
                })
                .flowControlWindow(WINDOW_BYTES)
                .maxConnectionIdle(place.longestIdle().toMillis(), TimeUnit.MILLISECONDS)
                .executor(threads)
                .handshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS)
                .permitKeepAliveTime(PING_SECONDS, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .keepAliveTime(1, TimeUnit.MINUTES)
                .addService(health.getHealthService());
        more.accept(builder);
        Server server = builder.build();
        try {
            server.start();
        } catch (IOException e) {
            threads.close();
            stop(events);
            throw new SettingsException("port %d of %s cannot be had (%s); choose another with %s"
                    .formatted(place.port(), place.host(), e.getMessage(), place.option()));
        }
        health.setStatus(name, ServingStatus.SERVING);
        return new RpcServer(server, health, threads, events);
    }

    int port() {
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
        threads.close();
        stop(events);
    }

    private static void stop(EventLoopGroup events) {
        events.shutdownGracefully(0, PATIENCE_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
