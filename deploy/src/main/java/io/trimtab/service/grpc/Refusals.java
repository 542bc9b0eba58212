package io.trimtab.service.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.RetryInfo;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import io.trimtab.ingest.otlp.ExportFault;
import java.util.Optional;

/** How a refusal is said in gRPC. @see "OTLP specification, OTLP/gRPC, Failures and OTLP/gRPC Throttling" */
final class Refusals {
    private static final int RETRY_SECONDS = 5;

    private Refusals() {}

    static Status status(ExportFault fault, String detail) {
        Status status = switch (fault) {
            case UNAUTHORIZED -> Status.UNAUTHENTICATED;
            // DEADLINE_EXCEEDED would be sent again, without end by who is always too slow; over HTTP 408 is not.
            case WRONG_TYPE, WRONG_ENCODING, CORRUPT_GZIP, MALFORMED, SLOW -> Status.INVALID_ARGUMENT;
            case TOO_LARGE, OVERLOADED, TOO_MANY_BYTES -> Status.RESOURCE_EXHAUSTED;
        };
        return status.withDescription(detail);
    }

    /** Both mean too much at once. Only what says when to try again makes RESOURCE_EXHAUSTED worth another try. */
    static Metadata trailers(ExportFault fault, String detail) {
        if (!fault.mayPass()) return new Metadata();
        Status status = status(fault, detail);
        RetryInfo retry = RetryInfo.newBuilder()
                .setRetryDelay(Duration.newBuilder().setSeconds(RETRY_SECONDS))
                .build();
        com.google.rpc.Status said = com.google.rpc.Status.newBuilder()
                .setCode(status.getCode().value())
                .setMessage(detail)
                .addDetails(Any.pack(retry))
                .build();
        return Optional.ofNullable(StatusProto.toStatusRuntimeException(said).getTrailers())
                .orElseGet(Metadata::new);
    }
}
