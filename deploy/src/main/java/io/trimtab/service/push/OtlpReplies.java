package io.trimtab.service.push;

import com.google.protobuf.CodedOutputStream;
import io.trimtab.ingest.otlp.ExportAnswer;
import io.trimtab.ingest.otlp.OtlpEncoding;
import io.trimtab.service.view.Json;
import java.io.IOException;
import java.util.Map;

/** Writes what OTLP answers in the encoding of the request. @see "OTLP specification, OTLP/HTTP Response" */
public final class OtlpReplies {
    /** Of {@code google.rpc.Status}. */
    private static final int MESSAGE = 2;

    private OtlpReplies() {}

    /** That of the request; JSON where it names none that is taken, which people can read. */
    public static OtlpEncoding encoding(String contentType) {
        return OtlpEncoding.named(contentType).orElse(OtlpEncoding.JSON);
    }

    public static byte[] taken(OtlpEncoding encoding, ExportAnswer.Taken taken) {
        long rejected = taken.rejected();
        return switch (encoding) {
            case PROTOBUF -> taken.response().toByteArray();
            case JSON ->
                // Its 64-bit numbers are text.
                Json.bytes(
                        rejected == 0
                                ? Map.of()
                                : Map.of(
                                        "partialSuccess",
                                        Map.of(
                                                "rejectedDataPoints",
                                                Long.toString(rejected),
                                                "errorMessage",
                                                taken.points().reasons())));
        };
    }

    /** A {@code google.rpc.Status} without its code, which the HTTP status says. */
    public static byte[] refused(OtlpEncoding encoding, String detail) {
        return switch (encoding) {
            case PROTOBUF -> {
                byte[] status = new byte[CodedOutputStream.computeStringSize(MESSAGE, detail)];
                try {
                    CodedOutputStream.newInstance(status).writeString(MESSAGE, detail);
                } catch (IOException e) {
                    throw new IllegalStateException("an array of the right size was too small", e);
                }
                yield status;
            }
            case JSON -> Json.bytes(Map.of("message", detail));
        };
    }
}
