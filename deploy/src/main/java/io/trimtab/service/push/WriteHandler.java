package io.trimtab.service.push;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.trimtab.service.config.SenderToken;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Gives up a sender that does not send the whole of its request in time, lets in no body that is refused anyway or that memory is not for, and keeps the server
 * from unpacking the body: what HTTP servers call snappy is its stream format, what remote write sends is its block format; and nothing is unpacked beyond a
 * limit.
 *
 * <p>Of a request that is refused the head is passed on with an empty body, for the door's controller to answer, and the body is dropped as it comes: closed at
 * once, the connection might be reset before the sender has read the answer, and it would send the same again.
 */
final class WriteHandler extends ChannelDuplexHandler {
    private final List<TimedDoor> doors;
    private final BodyBudget budget;
    private final SenderToken token;

    /** What the requests took that are not answered yet, in their order; 0 those that come to no door, or without their body. */
    private final Queue<Long> taken = new ArrayDeque<>();

    /** Where the request that is being received is going. */
    private Optional<TimedDoor> door = Optional.empty();

    private String contentType = "";
    private long received;
    private @Nullable Future<?> deadline;

    /** Until the request that is being received ends. */
    private boolean dropping;

    /** Whether the sender sends its body only when it is told to. */
    private boolean waiting;

    /** That the server wants to close, when the body that is dropped has come. */
    private @Nullable ChannelPromise closing;

    /** Whether the last answer of this connection was given here. */
    private boolean answered;

    WriteHandler(List<TimedDoor> doors, BodyBudget budget, SenderToken token) {
        this.doors = doors;
        this.budget = budget;
        this.token = token;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request && !answered) begin(context, request);
        else if (message instanceof HttpContent content) receive(context, content);
        else pass(context, message);
    }

    private void begin(ChannelHandlerContext context, HttpRequest request) {
        String path = path(request.uri());
        // The server refuses what is no HTTP, such as a length that is no number.
        boolean understood = request.decoderResult().isSuccess();
        door = doors.stream()
                .filter(it -> understood && path.startsWith(it.path()))
                .findFirst();
        contentType = request.headers().get(HttpHeaderNames.CONTENT_TYPE, "");
        received = 0;
        if (door.isPresent()) begin(context, request, door.get());
        else taken.add(0L);
        context.fireChannelRead(request);
        if (dropping) context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
    }

    private void begin(ChannelHandlerContext context, HttpRequest request, TimedDoor to) {
        long bytes = HttpUtil.getContentLength(request, to.mostBytes());
        Optional<EarlyRefusal> refusal = Optional.empty();
        if (!token.admits(Optional.ofNullable(request.headers().get(HttpHeaderNames.AUTHORIZATION)))) dropping = true;
        else if (bytes > to.mostBytes()) refusal = Optional.of(EarlyRefusal.TOO_LARGE);
        else if (!budget.take(bytes)) refusal = Optional.of(EarlyRefusal.TOO_MANY_BYTES);
        request.headers()
                .set(
                        RemoteWriteDoor.REFUSED_HEADER,
                        refusal.map(EarlyRefusal::name).orElse(""))
                .set(RemoteWriteDoor.ENCODING_HEADER, request.headers().get(HttpHeaderNames.CONTENT_ENCODING, ""))
                .remove(HttpHeaderNames.CONTENT_ENCODING);
        dropping |= refusal.isPresent();
        waiting = HttpUtil.is100ContinueExpected(request);
        if (dropping) leaveOutBody(request);
        taken.add(dropping ? 0 : bytes);
        deadline = context.executor()
                .schedule(() -> giveUp(context, to), to.deadline().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Who waits to be told to go on may send no body any more: nobody knows whether what follows is one. */
    private static void leaveOutBody(HttpRequest request) {
        if (HttpUtil.is100ContinueExpected(request)) HttpUtil.setKeepAlive(request, false);
        request.headers()
                .remove(HttpHeaderNames.EXPECT)
                .remove(HttpHeaderNames.TRANSFER_ENCODING)
                .set(HttpHeaderNames.CONTENT_LENGTH, 0);
    }

    /** As the router finds it: what comes before it in the absolute form does not matter, and nothing is unescaped. @see "RFC 9112, section 3.2.2" */
    private static String path(String uri) {
        if (uri.startsWith("/")) return uri;
        int host = uri.indexOf("://");
        int slash = uri.indexOf('/', host + 3);
        return host < 0 || slash < 0 ? uri : uri.substring(slash);
    }

    private void receive(ChannelHandlerContext context, HttpContent content) {
        received += content.content().readableBytes();
        boolean tooLarge =
                !dropping && door.isPresent() && received > door.get().mostBytes();
        if (tooLarge) refuseWhatCame(context, door.get());
        boolean last = content instanceof LastHttpContent;
        if (last) forgetDeadline();
        if (dropping) content.release();
        else context.fireChannelRead(content);
        if (last && (answered || closing != null)) close(context);
        else if (last) dropping = false;
    }

    private void pass(ChannelHandlerContext context, Object message) {
        if (answered) ReferenceCountUtil.release(message);
        else context.fireChannelRead(message);
    }

    /** The server asks for more only when it has use for it. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (dropping) context.read();
        context.fireChannelReadComplete();
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (answered) {
            ReferenceCountUtil.release(message);
            promise.setFailure(new ClosedChannelException());
            return;
        }
        boolean interim = message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        if (message instanceof LastHttpContent && !interim) giveBack();
        super.write(context, message, promise);
    }

    /** Where the sender asked for it the server closes after its answer; with a body under way that resets the connection before the answer is read. */
    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) throws Exception {
        if (dropping && !answered && !waiting && closing == null) closing = promise;
        else super.close(context, promise);
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

    private void giveUp(ChannelHandlerContext context, TimedDoor to) {
        // Who was refused is answered already.
        if (dropping) {
            close(context);
            return;
        }
        to.slow();
        answer(
                        context,
                        to,
                        HttpResponseStatus.REQUEST_TIMEOUT,
                        "the request was not sent within %d s"
                                .formatted(to.deadline().toSeconds()))
                .addListener(ChannelFutureListener.CLOSE);
    }

    /** Of a body whose length was not told: a part of it was passed on already. */
    private void refuseWhatCame(ChannelHandlerContext context, TimedDoor to) {
        to.tooLarge();
        answer(context, to, HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, EarlyRefusal.TOO_LARGE.detail(to.mostBytes()))
                .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    private void close(ChannelHandlerContext context) {
        ChannelPromise promise = closing == null ? context.newPromise() : closing;
        context.close(promise).addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }

    /** The last answer of this connection; what still comes is dropped. An answer before that of an earlier request would be taken for it. */
    private ChannelFuture answer(
            ChannelHandlerContext context, TimedDoor to, HttpResponseStatus status, String detail) {
        boolean first = taken.size() == 1;
        dropping = true;
        answered = true;
        if (!first) return context.close();
        TimedDoor.Body body = to.refusal(status, detail, contentType);
        FullHttpResponse answer =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(body.bytes()));
        answer.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, body.contentType())
                .set(HttpHeaderNames.CONTENT_LENGTH, answer.content().readableBytes())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return context.writeAndFlush(answer);
    }

    private void forgetDeadline() {
        if (deadline != null) deadline.cancel(false);
        deadline = null;
    }
}
