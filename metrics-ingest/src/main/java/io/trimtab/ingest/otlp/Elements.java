package io.trimtab.ingest.otlp;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import java.io.IOException;

/** Counts what a request would become in memory before it is unpacked: 2 bytes can stand for an object of 50, so a limit on the bytes is not enough. */
final class Elements {
    /** About 50 MB; 8,192 points, a collector's usual batch, with 20 attributes each are 340,000. */
    static final int MOST = 500_000;

    private static final int DEEPEST = 64;

    private final CodedInputStream in;
    private int count;

    private Elements(byte[] bytes) {
        this.in = CodedInputStream.newInstance(bytes);
    }

    static void check(byte[] bytes) throws InvalidProtocolBufferException {
        try {
            new Elements(bytes).walk(ExportMetricsServiceRequest.getDescriptor(), 0);
        } catch (InvalidProtocolBufferException e) {
            throw e;
        } catch (IOException e) {
            throw new InvalidProtocolBufferException(e);
        }
    }

    /** By the marks that begin an element of JSON; those inside of strings count too. */
    static void checkJson(byte[] bytes) throws InvalidProtocolBufferException {
        int found = 0;
        for (byte each : bytes) if (each == '{' || each == '[' || each == ',') found++;
        if (found > MOST) throw tooMany();
    }

    private void walk(Descriptor message, int depth) throws IOException {
        if (depth > DEEPEST)
            throw new InvalidProtocolBufferException("it is nested deeper than %d levels".formatted(DEEPEST));
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            FieldDescriptor field = message.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
            boolean inner = field != null
                    && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                    && WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
            if (!inner) {
                in.skipField(tag);
                continue;
            }
            if (++count > MOST) throw tooMany();
            int outer = in.pushLimit(in.readRawVarint32());
            walk(field.getMessageType(), depth + 1);
            in.popLimit(outer);
        }
    }

    private static InvalidProtocolBufferException tooMany() {
        return new InvalidProtocolBufferException(
                "it has more than %d elements; send fewer points at once".formatted(MOST));
    }
}
