package io.trimtab.ingest.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import io.trimtab.ingest.pushed.PushedSamples;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Takes requests to {@code opentelemetry.proto.collector.metrics.v1.MetricsService/Export}. Safe for many threads; as many are read at once as there are
 * processors, others wait a second at most.
 */
public final class Otlp {
    /** Packed. */
    public static final int MOST_BYTES = 8 << 20;

    /** Unpacked: 80,000 points of containers; collectors put 8,192 into a request. */
    public static final int MOST_UNPACKED_BYTES = 16 << 20;

    private static final long LONGEST_WAIT_MILLIS = 1000;

    private final PushedSamples to;
    private final InstantSource clock;
    private final Counters counters = new Counters();
    private final Semaphore atOnce = new Semaphore(Runtime.getRuntime().availableProcessors());

    public Otlp(PushedSamples to, InstantSource clock) {
        this.to = to;
        this.clock = clock;
    }

    /**
     * Takes what came over HTTP.
     *
     * @param contentType as the header has it; empty when there is none
     * @param contentEncoding likewise
     */
    public ExportAnswer export(String contentType, String contentEncoding, byte[] body) throws InterruptedException {
        Optional<OtlpEncoding> encoding = OtlpEncoding.named(contentType);
        if (encoding.isEmpty())
            return new ExportAnswer.Refused(
                    ExportFault.WRONG_TYPE,
                    "Content-Type (%s) is not taken; send application/x-protobuf or application/json"
                            .formatted(contentType));
        boolean packed = contentEncoding.equalsIgnoreCase("gzip");
        if (!packed && !contentEncoding.isEmpty() && !contentEncoding.equalsIgnoreCase("identity"))
            return new ExportAnswer.Refused(
                    ExportFault.WRONG_ENCODING,
                    "Content-Encoding (%s) is not taken; send gzip, or nothing packed".formatted(contentEncoding));
        if (body.length > MOST_BYTES) return tooLarge("%d bytes, %d at most".formatted(body.length, MOST_BYTES));
        return read(encoding.get(), packed, body);
    }

    /** Takes what came over gRPC: protobuf, packed with gzip where it begins as gzip does. */
    public ExportAnswer export(byte[] message) throws InterruptedException {
        return export(OtlpEncoding.PROTOBUF.mediaType(), Gzip.isMeant(message) ? "gzip" : "", message);
    }

    private ExportAnswer read(OtlpEncoding encoding, boolean packed, byte[] body) throws InterruptedException {
        if (!atOnce.tryAcquire(LONGEST_WAIT_MILLIS, TimeUnit.MILLISECONDS))
            return new ExportAnswer.Refused(
                    ExportFault.OVERLOADED, "more is sent than can be read; try again in a while");
        try {
            byte[] message = packed ? Gzip.unpack(body, MOST_UNPACKED_BYTES) : body;
            if (message.length > MOST_UNPACKED_BYTES)
                return tooLarge("more than %d bytes unpacked".formatted(MOST_UNPACKED_BYTES));
            return deliver(encoding, message);
        } catch (IOException e) {
            return new ExportAnswer.Refused(
                    ExportFault.CORRUPT_GZIP, "the body cannot be unpacked as gzip: %s".formatted(e.getMessage()));
        } finally {
            atOnce.release();
        }
    }

    private ExportAnswer deliver(OtlpEncoding encoding, byte[] message) {
        try {
            return new ExportAnswer.Taken(new Delivery(to, counters, clock.instant()).deliver(encoding.read(message)));
        } catch (InvalidProtocolBufferException e) {
            return new ExportAnswer.Refused(
                    ExportFault.MALFORMED,
                    "the body is no ExportMetricsServiceRequest as %s: %s"
                            .formatted(encoding.mediaType(), e.getMessage()));
        }
    }

    private static ExportAnswer tooLarge(String size) {
        return new ExportAnswer.Refused(
                ExportFault.TOO_LARGE, "the request has %s; send fewer points at once".formatted(size));
    }
}
