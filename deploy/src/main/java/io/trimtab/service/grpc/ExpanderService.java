package io.trimtab.service.grpc;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.stub.ServerCalls;
import io.prometheus.metrics.core.datapoints.Timer;
import io.trimtab.cost.prices.PriceBook;
import io.trimtab.recommend.expansion.Expansion;
import io.trimtab.recommend.expansion.Expansions;
import io.trimtab.recommend.expansion.Expansions.Choice;
import io.trimtab.service.grpc.ExpanderMessages.Question;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code Expander/BestOptions} of Cluster Autoscaler. When it is refused, Cluster Autoscaler goes on with its next expander. */
final class ExpanderService {
    static final String NAME = "grpcplugin.Expander";

    /** 3,000 pods that wait and that 20 groups would carry, of 2 KB each. It waits outside of the heap until it is read. */
    static final int MOST_BYTES = 128 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(ExpanderService.class);
    private static final int PATIENCE_SECONDS = 1;

    /** Twice as long as Cluster Autoscaler waits: a call that never brings its question must not keep others out. */
    private static final int LONGEST_TURN_SECONDS = 10;

    private final MethodDescriptor<Asked, byte[]> method;
    private final ExpanderMetrics metrics;

    /** One request is in memory at a time; there is one Cluster Autoscaler, and it waits for its answer. */
    private final Semaphore turn = new Semaphore(1);

    ExpanderService(PriceBook prices, ExpanderMetrics metrics) {
        this.method = MethodDescriptor.<Asked, byte[]>newBuilder()
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(NAME, "BestOptions"))
                .setRequestMarshaller(new Reading(new ExpanderMessages(prices), metrics))
                .setResponseMarshaller(new Plain())
                .build();
        this.metrics = metrics;
    }

    /** A question, timed since its reading began. */
    private record Asked(Timer timer, Question question) {}

    /** Questions only come in. */
    private record Reading(ExpanderMessages messages, ExpanderMetrics metrics)
            implements MethodDescriptor.Marshaller<Asked> {
        @Override
        public InputStream stream(Asked question) {
            throw new UnsupportedOperationException("questions are not sent");
        }

        @Override
        public Asked parse(InputStream bytes) {
            return new Asked(metrics.begin(), messages.read(bytes));
        }
    }

    ServerServiceDefinition definition() {
        ServerCallHandler<Asked, byte[]> answering = ServerCalls.asyncUnaryCall((request, answers) -> {
            try {
                answers.onNext(answer(request));
                answers.onCompleted();
            } catch (StatusException e) {
                metrics.refused();
                LOG.warn(
                        "Cluster Autoscaler is not answered which node group to grow: {}",
                        e.getStatus().getDescription());
                answers.onError(e);
            }
        });
        return ServerServiceDefinition.builder(NAME)
                .addMethod(method, (call, headers) -> inTurn(answering, call, headers))
                .build();
    }

    private byte[] answer(Asked asked) throws StatusException {
        return switch (asked.question()) {
            case Question.Malformed(String why) -> throw refusal("the request is no BestOptionsRequest: " + why);
            case Question.Understood(List<Expansion> expansions, List<String> unreadable) -> {
                if (expansions.isEmpty())
                    throw refusal(unreadable.isEmpty() ? "the request names no option" : String.join("; ", unreadable));
                Choice choice = choice(expansions);
                String words = words(choice);
                unreadable.forEach(line -> LOG.warn("Cluster Autoscaler's option is left out: {}", line));
                LOG.info("for Cluster Autoscaler: {}", words);
                metrics.chosen(asked.timer());
                yield ExpanderMessages.answer(choice.group(), choice.nodes(), words);
            }
        };
    }

    private static Choice choice(List<Expansion> expansions) throws StatusException {
        try {
            return Expansions.choose(expansions);
        } catch (IllegalArgumentException e) {
            throw refusal(String.valueOf(e.getMessage()));
        }
    }

    private static String words(Choice choice) {
        String more = choice.overpay() <= 1
                ? "no other carries any of these pods for less"
                : String.format(
                        Locale.ROOT, "%.2f times what these pods cost where each is cheapest", choice.overpay());
        return String.format(
                Locale.ROOT,
                "grow %s, of %d groups: nodes %d, pods %d, %.4f USD per hour; %s",
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

    /** Nothing of a request is read before its turn. */
    private ServerCall.Listener<Asked> inTurn(
            ServerCallHandler<Asked, byte[]> answering, ServerCall<Asked, byte[]> call, Metadata headers) {
        if (!isItsTurn()) {
            metrics.refused();
            call.close(
                    Status.RESOURCE_EXHAUSTED.withDescription("another request is being answered; ask again"),
                    new Metadata());
            return new ServerCall.Listener<>() {};
        }
        AtomicBoolean given = new AtomicBoolean();
        Runnable giveBack = () -> {
            if (given.compareAndSet(false, true)) turn.release();
        };
        CompletableFuture.delayedExecutor(LONGEST_TURN_SECONDS, TimeUnit.SECONDS)
                .execute(giveBack);
        return new SimpleForwardingServerCallListener<>(answering.startCall(call, headers)) {
            private volatile boolean read;

            @Override
            public void onMessage(Asked message) {
                read = true;
                super.onMessage(message);
            }

            @Override
            public void onComplete() {
                giveBack.run();
                super.onComplete();
            }

            @Override
            public void onCancel() {
                giveBack.run();
                // It was too large, or broke off.
                if (!read) metrics.refused();
                super.onCancel();
            }
        };
    }

    private boolean isItsTurn() {
        try {
            return turn.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
