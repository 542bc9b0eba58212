package io.trimtab.service.push;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Gives up a sender that does not send the whole of its request in time, refuses what all senders together send beyond what memory is for, and keeps the server
 * from unpacking the body: what HTTP servers call snappy is its stream format, what remote write sends is its block format; and nothing is unpacked beyond a
 * limit.
 */
final class WriteHandler extends ChannelDuplexHandler {
    /** Of a body whose length is not told: as much as any door reads. */
    private static final long UNTOLD_BYTES = 8 << 20;

    private final List<TimedDoor> doors;
    private final BodyBudget budget;

    /** What the requests took that are not answered yet, in their order; 0 those that come to no door. */
    private final Queue<Long> taken = new ArrayDeque<>();

    private @Nullable Future<?> deadline;
    private boolean closing;

    WriteHandler(List<TimedDoor> doors, BodyBudget budget) {
        this.doors = doors;
        this.budget = budget;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request && !closing) begin(context, request);
        if (message instanceof LastHttpContent) forgetDeadline();
        if (closing) ReferenceCountUtil.release(message);
        else context.fireChannelRead(message);
    }

    private void begin(ChannelHandlerContext context, HttpRequest request) {
        long bytes = 0;
        for (TimedDoor door : doors) {
            if (!request.uri().startsWith(door.path())) continue;
            bytes = HttpUtil.getContentLength(request, UNTOLD_BYTES);
            if (!budget.take(bytes)) {
                overloaded(context, door);
                return;
            }
            request.headers()
                    .set(RemoteWriteDoor.ENCODING_HEADER, request.headers().get(HttpHeaderNames.CONTENT_ENCODING, ""));
            request.headers().remove(HttpHeaderNames.CONTENT_ENCODING);
            deadline = context.executor()
                    .schedule(() -> giveUp(context, door), door.deadline().toMillis(), TimeUnit.MILLISECONDS);
        }
        taken.add(bytes);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof LastHttpContent) giveBack();
        super.write(context, message, promise);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        forgetDeadline();
        while (!taken.isEmpty()) giveBack();
        context.fireChannelInactive();
    }

    private void giveBack() {
        Long bytes = taken.poll();
        if (bytes != null) budget.giveBack(bytes);
    }

    private void giveUp(ChannelHandlerContext context, TimedDoor door) {
        door.slow();
        close(
                context,
                HttpResponseStatus.REQUEST_TIMEOUT,
                "the request was not sent within %d s".formatted(door.deadline().toSeconds()));
    }

    private void overloaded(ChannelHandlerContext context, TimedDoor door) {
        door.tooManyBytes();
        // An answer before that of an earlier request would be taken for it.
        if (!taken.isEmpty()) context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        else
            close(
                    context,
                    HttpResponseStatus.TOO_MANY_REQUESTS,
                    "more bytes are on their way than memory is for; try again in %d s"
                            .formatted(RemoteWriteDoor.RETRY_SECONDS));
        closing = true;
    }

    private static void close(ChannelHandlerContext context, HttpResponseStatus status, String detail) {
        FullHttpResponse answer = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, status, Unpooled.copiedBuffer(detail, StandardCharsets.UTF_8));
        answer.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.TEXT_PLAIN)
                .set(HttpHeaderNames.CONTENT_LENGTH, answer.content().readableBytes())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        if (status.equals(HttpResponseStatus.TOO_MANY_REQUESTS))
            answer.headers().set(HttpHeaderNames.RETRY_AFTER, RemoteWriteDoor.RETRY_SECONDS);
        context.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
    }

    private void forgetDeadline() {
        if (deadline != null) deadline.cancel(false);
        deadline = null;
    }
}
