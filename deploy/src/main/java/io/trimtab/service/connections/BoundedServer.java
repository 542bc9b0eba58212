package io.trimtab.service.connections;

import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import jakarta.inject.Singleton;

/** Bounds the connections of a server of HTTP, and the time that a request may take to come. */
@Singleton
@Requires(beans = ConnectionBound.class)
final class BoundedServer implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {
    /** Three kinds of probes, and room for those that are none and are closed when their first request comes. */
    private static final int MOST_PROBES = 32;

    private final ConnectionBound bound;
    private final BoundedAccept accept;

    BoundedServer(ConnectionBound bound) {
        this.bound = bound;
        this.accept = BoundedAccept.withProbes(bound, MOST_PROBES);
    }

    @Override
    public NettyServerCustomizer.Registry onCreated(BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
        NettyServerCustomizer.Registry registry = event.getBean();
        registry.register(new NettyServerCustomizer() {
            @Override
            public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
                if (role == ChannelRole.LISTENER) channel.pipeline().addFirst(accept);
                if (channel.hasAttr(BoundedAccept.FOR_PROBES)) return new ForProbes(channel);
                return role == ChannelRole.CONNECTION ? new InTime(channel, new RequestDeadline(bound)) : this;
            }
        });
        return registry;
    }

    private record InTime(Channel channel, RequestDeadline deadline) implements NettyServerCustomizer {
        @Override
        public void onStreamPipelineBuilt() {
            String codec = ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC;
            channel.pipeline()
                    .addBefore(codec, "trimtab-deadline-begins", deadline.ofBytes())
                    .addAfter(codec, ConnectionBound.SEES_REQUESTS_END, deadline.ofRequests());
        }
    }

    private record ForProbes(Channel channel) implements NettyServerCustomizer {
        @Override
        public void onStreamPipelineBuilt() {
            channel.pipeline()
                    .addAfter(
                            ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC,
                            "trimtab-probes",
                            new ProbesOnly(
                                    channel.attr(BoundedAccept.FOR_PROBES).get()));
        }
    }
}
