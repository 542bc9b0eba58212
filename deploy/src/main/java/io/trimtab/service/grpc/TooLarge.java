package io.trimtab.service.grpc;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.trimtab.ingest.otlp.ExportFault;
import io.trimtab.service.push.OtlpDoor;

/** Counts the requests that gRPC itself refuses because they are too large: nothing else of ours is told of them. */
final class TooLarge extends ServerStreamTracer {
    private static final Context.Key<TooLarge> OF_CALL = Context.key("too-large");

    private final OtlpDoor door;
    private volatile boolean counted;

    private TooLarge(OtlpDoor door) {
        this.door = door;
    }

    /** What the call that is begun is answered with is counted by who answers it. */
    static void countedElsewhere() {
        TooLarge ofCall = OF_CALL.get();
        if (ofCall != null) ofCall.counted = true;
    }

    @Override
    public Context filterContext(Context context) {
        return context.withValue(OF_CALL, this);
    }

    @Override
    public void inboundMessageRead(int number, long wireSize, long size) {
        counted = true;
    }

    @Override
    public void streamClosed(Status status) {
        // Where a message was read, what it was answered is counted already.
        if (!counted && status.getCode() == Status.Code.RESOURCE_EXHAUSTED) door.refused(ExportFault.TOO_LARGE);
    }

    /** One for each stream. */
    static final class Factory extends ServerStreamTracer.Factory {
        private final OtlpDoor door;

        Factory(OtlpDoor door) {
            this.door = door;
        }

        @Override
        public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
            return new TooLarge(door);
        }
    }
}
