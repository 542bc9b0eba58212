package io.trimtab.ingest.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** How a message is written. @see "OTLP specification, OTLP/HTTP, Binary Protobuf Encoding and JSON Protobuf Encoding" */
public enum OtlpEncoding {
    PROTOBUF("application/x-protobuf") {
        @Override
        ExportMetricsServiceRequest read(byte[] bytes) throws InvalidProtocolBufferException {
            Elements.check(bytes);
            return ExportMetricsServiceRequest.parseFrom(bytes);
        }
    },
    JSON("application/json") {
        @Override
        ExportMetricsServiceRequest read(byte[] bytes) throws InvalidProtocolBufferException {
            Elements.checkJson(bytes);
            var request = ExportMetricsServiceRequest.newBuilder();
            JsonFormat.parser().ignoringUnknownFields().merge(new String(bytes, StandardCharsets.UTF_8), request);
            return request.build();
        }
    };

    private final String mediaType;

    OtlpEncoding(String mediaType) {
        this.mediaType = mediaType;
    }

    /** @param contentType as the header has it; its parameters do not matter */
    public static Optional<OtlpEncoding> named(String contentType) {
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        for (OtlpEncoding encoding : values()) if (encoding.mediaType.equals(type)) return Optional.of(encoding);
        return Optional.empty();
    }

    public String mediaType() {
        return mediaType;
    }

    abstract ExportMetricsServiceRequest read(byte[] bytes) throws InvalidProtocolBufferException;
}
