package io.trimtab.service.connections;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Lets one request of a probe through and closes what is none, on a connection that is beyond the bound. */
final class ProbesOnly extends ChannelInboundHandlerAdapter {
    private static final String HEALTH = "/health/";

    /** From the connection to the answer's end; the kubelet's probes of the chart wait 5 s at most. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final BoundedAccept accept;
    private @Nullable Future<?> deadline;
    private boolean asked;
    private boolean refused;

    ProbesOnly(BoundedAccept accept) {
        this.accept = accept;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        deadline = context.executor()
                .schedule(() -> accept.refuse(context.channel()), LONGEST.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request && !refused) {
            refused = asked || !request.uri().startsWith(HEALTH);
            asked = true;
            if (refused) accept.refuse(context.channel());
            else HttpUtil.setKeepAlive(request, false);
        }
        if (refused) ReferenceCountUtil.release(message);
        else context.fireChannelRead(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (deadline != null) deadline.cancel(false);
        context.fireChannelInactive();
    }
}
