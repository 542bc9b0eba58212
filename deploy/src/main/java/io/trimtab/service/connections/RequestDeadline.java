package io.trimtab.service.connections;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose request is not there whole in time after its first byte, its head included: one that sends a byte now and then is never idle. Of one connection: the
 * bytes are seen before they are decoded, the end of a request after.
 */
final class RequestDeadline {
    private final ConnectionBound bound;
    private @Nullable Future<?> deadline;

    RequestDeadline(ConnectionBound bound) {
        this.bound = bound;
    }

    /** Stands before what decodes. */
    ChannelHandler ofBytes() {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                if (message instanceof ByteBuf && deadline == null) begin(context);
                context.fireChannelRead(message);
            }

            @Override
            public void channelInactive(ChannelHandlerContext context) {
                end();
                context.fireChannelInactive();
            }
        };
    }

    /** Stands behind what decodes. */
    ChannelHandler ofRequests() {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                if (message instanceof LastHttpContent) end();
                context.fireChannelRead(message);
            }
        };
    }

    private void begin(ChannelHandlerContext context) {
        deadline = context.executor()
                .schedule(
                        () -> bound.slow(context.channel()),
                        bound.requestDeadline().toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private void end() {
        if (deadline != null) deadline.cancel(false);
        deadline = null;
    }
}
