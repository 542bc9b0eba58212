package io.trimtab.service.grpc;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.stub.ServerCalls;
import io.trimtab.cost.prices.PriceBook;
import io.trimtab.recommend.expansion.Expansions;
import io.trimtab.recommend.expansion.Expansions.Choice;
import io.trimtab.service.push.BodyBudget;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code Expander/BestOptions} of Cluster Autoscaler. When it is refused, Cluster Autoscaler goes on with its next expander. */
final class ExpanderService {
    static final String NAME = "grpcplugin.Expander";

    /** 10,000 pods that wait and that two groups would carry, of 3 KB each. */
    static final int MOST_BYTES = 64 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(ExpanderService.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final MethodDescriptor<byte[], byte[]> BEST_OPTIONS = MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(MethodDescriptor.generateFullMethodName(NAME, "BestOptions"))
            .setRequestMarshaller(new Plain())
            .setResponseMarshaller(new Plain())
            .build();

    private final ExpanderMessages messages;
    private final BodyBudget budget;
    private final ExpanderMetrics metrics;

    ExpanderService(PriceBook prices, BodyBudget budget, ExpanderMetrics metrics) {
        this.messages = new ExpanderMessages(prices);
        this.budget = budget;
        this.metrics = metrics;
    }

    ServerServiceDefinition definition() {
        ServerCallHandler<byte[], byte[]> answering = ServerCalls.asyncUnaryCall((request, answers) -> {
            try {
                answers.onNext(answer(request));
                answers.onCompleted();
            } catch (StatusException e) {
                metrics.refused();
                answers.onError(e);
            }
        });
        return ServerServiceDefinition.builder(NAME)
                .addMethod(BEST_OPTIONS, (call, headers) -> whenThereIsRoom(answering, call, headers))
                .build();
    }

    private byte[] answer(byte[] request) throws StatusException {
        long begun = System.nanoTime();
        ExpanderMessages.Request read;
        try {
            read = messages.read(request);
        } catch (InvalidProtocolBufferException e) {
            throw refusal("the request is no BestOptionsRequest: " + e.getMessage());
        }
        if (read.expansions().isEmpty())
            throw refusal(
                    read.unreadable().isEmpty()
                            ? "the request names no option"
                            : String.join("; ", read.unreadable()));
        Choice choice;
        try {
            choice = Expansions.choose(read.expansions());
        } catch (IllegalArgumentException e) {
            throw refusal(e.getMessage());
        }
        String words = words(choice);
        read.unreadable().forEach(line -> LOG.warn("Cluster Autoscaler's option is left out: {}", line));
        LOG.info("for Cluster Autoscaler: {}", words);
        metrics.chosen((System.nanoTime() - begun) / 1e9);
        return ExpanderMessages.answer(choice.group(), choice.nodes(), words);
    }

    private static String words(Choice choice) {
        String more = choice.overpay() <= 1
                ? "no other carries any of them for less"
                : String.format(Locale.ROOT, "%.2f times what they cost where each is cheapest", choice.overpay());
        return String.format(
                Locale.ROOT,
                "grow %s of %d node groups by %d: %d pods for %.4f USD per hour, %s",
                choice.group(),
                choice.others() + 1,
                choice.nodes(),
                choice.pods(),
                choice.costPerHour(),
                more);
    }

    private static StatusException refusal(String why) {
        return Status.INVALID_ARGUMENT.withDescription(why).asException();
    }

    /** Nothing of a request is read before there is room for it. */
    private ServerCall.Listener<byte[]> whenThereIsRoom(
            ServerCallHandler<byte[], byte[]> answering, ServerCall<byte[], byte[]> call, Metadata headers) {
        if (!isRoom()) {
            metrics.refused();
            call.close(
                    Status.RESOURCE_EXHAUSTED.withDescription("too many requests are being read; ask again"),
                    new Metadata());
            return new ServerCall.Listener<>() {};
        }
        AtomicBoolean given = new AtomicBoolean();
        Runnable giveBack = () -> {
            if (given.compareAndSet(false, true)) budget.giveBack(MOST_BYTES);
        };
        return new SimpleForwardingServerCallListener<>(answering.startCall(call, headers)) {
            @Override
            public void onComplete() {
                giveBack.run();
                super.onComplete();
            }

            @Override
            public void onCancel() {
                giveBack.run();
                super.onCancel();
            }
        };
    }

    private boolean isRoom() {
        try {
            return budget.take(MOST_BYTES, PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
