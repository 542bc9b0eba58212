package io.trimtab.service.push;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.trimtab.ingest.otlp.ExportAnswer;
import io.trimtab.ingest.otlp.ExportFault;
import io.trimtab.ingest.otlp.Otlp;
import io.trimtab.ingest.otlp.OtlpEncoding;
import java.time.Duration;
import java.util.Optional;

/** Where OpenTelemetry's metrics are sent to: takes them, and counts what became of requests and points. */
public final class OtlpDoor implements TimedDoor {
    /** Where it is served. @see "OTLP specification, OTLP/HTTP Request" */
    public static final String PATH = "/v1/metrics";

    private final Optional<Otlp> to;
    private final OtlpMetrics metrics;
    private final Duration deadline;

    /** @param to empty: nothing is taken, because the cluster is a simulated one */
    public OtlpDoor(Optional<Otlp> to, OtlpMetrics metrics, Duration deadline) {
        this.to = to;
        this.metrics = metrics;
        this.deadline = deadline;
    }

    /** Takes what came over gRPC. @return empty: nothing is taken */
    public Optional<ExportAnswer> export(byte[] message) throws InterruptedException {
        if (to.isEmpty()) return Optional.empty();
        ExportAnswer answer = metrics.timed(() -> to.get().export(message));
        metrics.count(answer);
        return Optional.of(answer);
    }

    /** Takes what came over HTTP. @return empty: nothing is taken */
    public Optional<ExportAnswer> export(String contentType, String contentEncoding, byte[] body)
            throws InterruptedException {
        if (to.isEmpty()) return Optional.empty();
        ExportAnswer answer = metrics.timed(() -> to.get().export(contentType, contentEncoding, body));
        metrics.count(answer);
        return Optional.of(answer);
    }

    /** What is answered to a request that was refused by its head. */
    public ExportAnswer.Refused refused(EarlyRefusal refusal) {
        ExportFault fault = switch (refusal) {
            case TOO_LARGE -> ExportFault.TOO_LARGE;
            case TOO_MANY_BYTES -> ExportFault.TOO_MANY_BYTES;
        };
        refused(fault);
        return new ExportAnswer.Refused(fault, refusal.detail(mostBytes()));
    }

    /** Counts a request that was refused before it was read. */
    public void refused(ExportFault fault) {
        metrics.count(fault);
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public long mostBytes() {
        return Otlp.MOST_BYTES;
    }

    @Override
    public Duration deadline() {
        return deadline;
    }

    @Override
    public void slow() {
        refused(ExportFault.SLOW);
    }

    @Override
    public void tooLarge() {
        refused(ExportFault.TOO_LARGE);
    }

    @Override
    public Body refusal(HttpResponseStatus status, String detail, String contentType) {
        OtlpEncoding encoding = OtlpReplies.encoding(contentType);
        return new Body(encoding.mediaType(), OtlpReplies.refused(encoding, detail));
    }
}
