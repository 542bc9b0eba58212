package io.trimtab.service.connections;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Stands before what accepts connections, and closes those that are too many before anything is spent on them. A few that are too many are let in to be looked
 * at; each further one takes the place of the oldest of these, so that one who only holds them shuts nobody out.
 */
@Sharable
public final class BoundedAccept extends ChannelInboundHandlerAdapter {
    /** Set on a connection that only a probe may have. */
    static final AttributeKey<BoundedAccept> FOR_PROBES = AttributeKey.valueOf(BoundedAccept.class, "probes");

    private final ConnectionBound bound;
    private final int mostProbes;
    private final Deque<Channel> probes = new ArrayDeque<>();

    private BoundedAccept(ConnectionBound bound, int mostProbes) {
        this.bound = bound;
        this.mostProbes = mostProbes;
    }

    /** Of a port that no probe asks. */
    public static BoundedAccept without(ConnectionBound bound) {
        return new BoundedAccept(bound, 0);
    }

    /** @param mostProbes that are looked at beside the bound */
    static BoundedAccept withProbes(ConnectionBound bound, int mostProbes) {
        return new BoundedAccept(bound, mostProbes);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) {
        Channel connection = (Channel) accepted;
        // Who is gone already has none.
        if (!(connection.remoteAddress() instanceof InetSocketAddress remote)) {
            connection.unsafe().closeForcibly();
            return;
        }
        InetAddress from = remote.getAddress();
        if (bound.take(from)) {
            connection.closeFuture().addListener(_ -> bound.giveBack(from));
        } else if (mostProbes > 0) {
            lookAt(connection);
        } else {
            // It has no thread of its own yet that could close it.
            connection.unsafe().closeForcibly();
            bound.refused(from.getHostAddress());
            return;
        }
        context.fireChannelRead(connection);
    }

    private void lookAt(Channel connection) {
        connection.attr(FOR_PROBES).set(this);
        @Nullable Channel oldest = null;
        synchronized (probes) {
            if (probes.size() == mostProbes) oldest = probes.poll();
            probes.add(connection);
        }
        if (oldest != null) refuse(oldest);
        connection.closeFuture().addListener(_ -> {
            synchronized (probes) {
                probes.remove(connection);
            }
        });
    }

    /** Closes a connection that was looked at and is none of a probe, or took too long; past the handlers that would answer first. */
    void refuse(Channel connection) {
        bound.refused(String.valueOf(connection.remoteAddress()));
        ChannelHandlerContext first = connection.pipeline().firstContext();
        ChannelFuture closed = first == null ? connection.close() : first.close();
        closed.addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }
}
