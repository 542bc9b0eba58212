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
import io.trimtab.ingest.remotewrite.RequestFault;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Gives up a sender that does not send the whole of its request in time, and keeps the server from unpacking the body: what HTTP servers call snappy is its
 * stream format, what remote write sends is its block format.
 */
final class WriteHandler extends ChannelInboundHandlerAdapter {
    private final RemoteWriteDoor door;
    private @Nullable Future<?> deadline;

    WriteHandler(RemoteWriteDoor door) {
        this.door = door;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request && request.uri().startsWith(RemoteWriteDoor.PATH)) {
            request.headers()
                    .set(RemoteWriteDoor.ENCODING_HEADER, request.headers().get(HttpHeaderNames.CONTENT_ENCODING, ""));
            request.headers().remove(HttpHeaderNames.CONTENT_ENCODING);
            deadline = context.executor()
                    .schedule(() -> giveUp(context), door.deadline().toMillis(), TimeUnit.MILLISECONDS);
        }
        if (message instanceof LastHttpContent) forgetDeadline();
        context.fireChannelRead(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        forgetDeadline();
        context.fireChannelInactive();
    }

    private void giveUp(ChannelHandlerContext context) {
        door.refused(RequestFault.SLOW);
        String detail =
                "the request was not sent within %d s".formatted(door.deadline().toSeconds());
        FullHttpResponse answer = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(RequestFault.SLOW.status()),
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
