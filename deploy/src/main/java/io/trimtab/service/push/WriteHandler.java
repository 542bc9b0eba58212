package io.trimtab.service.push;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Gives up a sender that does not send the whole of its request in time, and keeps the server from unpacking the body: what HTTP servers call snappy is its
 * stream format, what remote write sends is its block format; and nothing is unpacked beyond a limit.
 */
final class WriteHandler extends ChannelInboundHandlerAdapter {
    private final List<TimedDoor> doors;
    private @Nullable Future<?> deadline;

    WriteHandler(List<TimedDoor> doors) {
        this.doors = doors;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request) begin(context, request);
        if (message instanceof LastHttpContent) forgetDeadline();
        context.fireChannelRead(message);
    }

    private void begin(ChannelHandlerContext context, HttpRequest request) {
        for (TimedDoor door : doors) {
            if (!request.uri().startsWith(door.path())) continue;
            request.headers()
                    .set(RemoteWriteDoor.ENCODING_HEADER, request.headers().get(HttpHeaderNames.CONTENT_ENCODING, ""));
            request.headers().remove(HttpHeaderNames.CONTENT_ENCODING);
            deadline = context.executor()
                    .schedule(() -> giveUp(context, door), door.deadline().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        forgetDeadline();
        context.fireChannelInactive();
    }

    private void giveUp(ChannelHandlerContext context, TimedDoor door) {
        door.slow();
        String detail =
                "the request was not sent within %d s".formatted(door.deadline().toSeconds());
        FullHttpResponse answer = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.REQUEST_TIMEOUT,
                Unpooled.copiedBuffer(detail, StandardCharsets.UTF_8));
        answer.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.TEXT_PLAIN)
                .set(HttpHeaderNames.CONTENT_LENGTH, answer.content().readableBytes())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        context.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
    }

    private void forgetDeadline() {
        if (deadline != null) deadline.cancel(false);
        deadline = null;
    }
}
