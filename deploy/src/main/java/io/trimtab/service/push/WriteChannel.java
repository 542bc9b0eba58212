package io.trimtab.service.push;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import io.trimtab.service.config.SenderToken;
import io.trimtab.service.config.SenderTokens;
import io.trimtab.service.connections.ConnectionBound;
import jakarta.inject.Singleton;
import java.util.List;

/** Puts a {@link WriteHandler} into each connection. */
@Singleton
final class WriteChannel implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {
    private final List<TimedDoor> doors;
    private final BodyBudget budget;
    private final SenderToken token;

    WriteChannel(RemoteWriteDoor remoteWrite, OtlpDoor otlp, BodyBudget budget, SenderTokens tokens) {
        this.budget = budget;
        this.token = tokens.write();
        this.doors = List.of(remoteWrite, otlp);
    }

    @Override
    public NettyServerCustomizer.Registry onCreated(BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
        NettyServerCustomizer.Registry registry = event.getBean();
        registry.register(new NettyServerCustomizer() {
            @Override
            public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
                // The listener's own channel has no requests; it is asked again for each connection.
                return role == ChannelRole.CONNECTION ? new OnePipeline(channel, doors, budget, token) : this;
            }
        });
        return registry;
    }

    private record OnePipeline(Channel channel, List<TimedDoor> doors, BodyBudget budget, SenderToken token)
            implements NettyServerCustomizer {
        @Override
        public void onStreamPipelineBuilt() {
            // Which of the two comes first is not settled; a request that is refused ends for what comes behind this
            // one before its body does.
            String before = channel.pipeline().get(ConnectionBound.SEES_REQUESTS_END) == null
                    ? ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC
                    : ConnectionBound.SEES_REQUESTS_END;
            channel.pipeline().addAfter(before, "trimtab-write", new WriteHandler(doors, budget, token));
        }
    }
}
