package io.trimtab.service.grpc;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.trimtab.ingest.otlp.ExportAnswer;
import io.trimtab.ingest.otlp.ExportFault;
import io.trimtab.service.config.SenderToken;
import io.trimtab.service.push.BodyBudget;
import io.trimtab.service.push.EarlyRefusal;
import io.trimtab.service.push.OtlpDoor;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** {@code MetricsService/Export} of OpenTelemetry, by its bytes: what reads them is what reads those that come over HTTP. */
final class MetricsService implements AutoCloseable {
    static final String NAME = "opentelemetry.proto.collector.metrics.v1.MetricsService";

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final MethodDescriptor<byte[], byte[]> EXPORT = MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(MethodDescriptor.generateFullMethodName(NAME, "Export"))
            .setRequestMarshaller(new Plain())
            .setResponseMarshaller(new Plain())
            .build();

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final OtlpDoor door;
    private final SenderToken token;
    private final BodyBudget budget;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("grpc-deadlines").factory());

    MetricsService(OtlpDoor door, SenderToken token, BodyBudget budget) {
        this.door = door;
        this.token = token;
        this.budget = budget;
    }

    ServerServiceDefinition definition() {
        return ServerServiceDefinition.builder(NAME)
                .addMethod(EXPORT, this::begin)
                .build();
    }

    /** Who shows no token is answered before anything of the request is read. */
    private ServerCall.Listener<byte[]> begin(ServerCall<byte[], byte[]> call, Metadata headers) {
        if (!token.admits(Optional.ofNullable(headers.get(AUTHORIZATION)))) {
            door.refused(ExportFault.UNAUTHORIZED);
            call.close(
                    Status.UNAUTHENTICATED.withDescription(
                            "the token is missing or wrong; send the metadata authorization: Bearer TOKEN"),
                    new Metadata());
            return new ServerCall.Listener<>() {};
        }
        if (!isRoom()) {
            TooLarge.countedElsewhere();
            ExportAnswer.Refused refused = door.refused(EarlyRefusal.TOO_MANY_BYTES);
            call.close(
                    Refusals.status(refused.fault(), refused.detail()),
                    Refusals.trailers(refused.fault(), refused.detail()));
            return new ServerCall.Listener<>() {};
        }
        ExportCall export = new ExportCall(call, door, budget, door.mostBytes());
        export.giveUpAfter(door.deadline(), clock);
        return export;
    }

    /** Before a message comes its size is not told; most are small and there soon, so that waiting is seldom in vain. */
    private boolean isRoom() {
        try {
            return budget.take(door.mostBytes(), PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
