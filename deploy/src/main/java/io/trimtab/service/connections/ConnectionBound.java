package io.trimtab.service.connections;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many connections a port has, in all and from one address, and how long a request may take to come. Whoever comes too many may still be a probe: whether it is, its first request tells. Safe for many
 * threads.
 */
public final class ConnectionBound {
    /** The handler that sees each request end, right behind what decodes; what changes requests belongs behind it. */
    public static final String SEES_REQUESTS_END = "trimtab-deadline-ends";

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionBound.class);

    /** A collector on each node of the largest cluster that Kubernetes is tested with. @see "Kubernetes documentation, Considerations for large clusters" */
    private static final int MOST = 5_000;

    /** Five addresses at least must work together to take all; a proxy or an address translation in front of many senders fits. */
    private static final int MOST_OF_ONE_ADDRESS = 1_000;

    /** A sender of remote write gives up its request after 30 s, unless told otherwise. */
    private static final Duration REQUEST_DEADLINE = Duration.ofSeconds(60);

    private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);

    private final String port;
    private final int most;
    private final int mostOfOneAddress;
    private final Duration requestDeadline;
    private final InstantSource clock;
    private final Map<InetAddress, Integer> byAddress = new HashMap<>();
    private int open;
    private long refused;
    private long slow;
    private long refusedAtLastLine;
    private Instant nextLine = Instant.MIN;

    /**
     * @param port its name, for people
     * @param most in all
     */
    public ConnectionBound(String port, int most, int mostOfOneAddress, InstantSource clock) {
        this(port, most, mostOfOneAddress, REQUEST_DEADLINE, clock);
    }

    /** @param requestDeadline from the first byte of a request of HTTP to its last */
    ConnectionBound(String port, int most, int mostOfOneAddress, Duration requestDeadline, InstantSource clock) {
        if (mostOfOneAddress < 1 || most < mostOfOneAddress)
            throw new IllegalArgumentException(
                    "most connections (%d) must be at least those of one address (%d), and those at least 1"
                            .formatted(most, mostOfOneAddress));
        this.port = port;
        this.most = most;
        this.mostOfOneAddress = mostOfOneAddress;
        this.requestDeadline = requestDeadline;
        this.clock = clock;
    }

    /** Of a port that is told nothing else. */
    public static ConnectionBound usual(String port, InstantSource clock) {
        return new ConnectionBound(port, MOST, MOST_OF_ONE_ADDRESS, clock);
    }

    /** @return whether there is room; if so, {@link #giveBack} must follow */
    synchronized boolean take(InetAddress from) {
        int before = byAddress.getOrDefault(from, 0);
        if (open >= most || before >= mostOfOneAddress) return false;
        open++;
        byAddress.put(from, before + 1);
        return true;
    }

    synchronized void giveBack(InetAddress from) {
        open--;
        byAddress.computeIfPresent(from, (_, count) -> count == 1 ? null : count - 1);
    }

    /** Counts a connection that was closed because there were too many, and says so once a minute. */
    void refused(String from) {
        long since;
        int now;
        synchronized (this) {
            refused++;
            Instant at = clock.instant();
            if (at.isBefore(nextLine)) return;
            nextLine = at.plus(BETWEEN_LINES);
            since = refused - refusedAtLastLine;
            refusedAtLastLine = refused;
            now = open;
        }
        LOG.warn(
                "port {}: {} connections were closed since this was last said, the last from {}, because {} are open;"
                        + " at most {} may be, and {} from one address",
                port,
                since,
                from,
                now,
                most,
                mostOfOneAddress);
    }

    /** Closes a connection whose request did not come in time. */
    void slow(Channel connection) {
        synchronized (this) {
            slow++;
        }
        LOG.debug("port {}: a request of {} did not come in time", port, connection.remoteAddress());
        connection.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }

    Duration requestDeadline() {
        return requestDeadline;
    }

    String port() {
        return port;
    }

    public synchronized int open() {
        return open;
    }

    synchronized long refused() {
        return refused;
    }

    synchronized long slow() {
        return slow;
    }
}
