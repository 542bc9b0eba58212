package io.trimtab.service.push;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.trimtab.ingest.remotewrite.Received;
import io.trimtab.ingest.remotewrite.RemoteWrite;
import io.trimtab.ingest.remotewrite.RequestFault;
import io.trimtab.ingest.remotewrite.WriteAnswer;
import io.trimtab.service.view.ProblemDetails;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Where samples are pushed to: takes them, and counts what became of requests and samples. */
public final class RemoteWriteDoor implements TimedDoor {
    /** Where it is served. */
    public static final String PATH = "/api/v1/write";

    /** Where the request's content encoding is to be found: the server itself must not act on it. */
    public static final String ENCODING_HEADER = "trimtab-content-encoding";

    /** Where the {@link EarlyRefusal} is to be found of a request of which the head alone was let in. */
    public static final String REFUSED_HEADER = "trimtab-refused";

    /** When a sender that was sent away for overload is to come again. */
    public static final int RETRY_SECONDS = 5;

    /** How long a sender may take to send a whole request. */
    public static final Duration USUAL_DEADLINE = Duration.ofSeconds(30);

    private final Optional<RemoteWrite> to;
    private final RemoteWriteMetrics metrics;
    private final Duration deadline;

    /** @param to empty: nothing is taken, because the cluster is a simulated one */
    public RemoteWriteDoor(Optional<RemoteWrite> to, RemoteWriteMetrics metrics, Duration deadline) {
        this.to = to;
        this.metrics = metrics;
        this.deadline = deadline;
    }

    /** @return empty: nothing is taken */
    public Optional<WriteAnswer> write(String contentType, String contentEncoding, byte[] body)
            throws InterruptedException {
        if (to.isEmpty()) return Optional.empty();
        WriteAnswer answer = metrics.timed(() -> to.get().write(contentType, contentEncoding, body));
        metrics.count(answer);
        return Optional.of(answer);
    }

    /** What is answered to a request that was refused by its head. */
    public WriteAnswer.Refused refused(EarlyRefusal refusal) {
        RequestFault fault = switch (refusal) {
            case TOO_LARGE -> RequestFault.TOO_LARGE;
            case TOO_MANY_BYTES -> RequestFault.TOO_MANY_BYTES;
        };
        refused(fault);
        return new WriteAnswer.Refused(fault, Received.nothing(), refusal.detail(mostBytes()));
    }

    /** Counts a request that was refused before it was read. */
    public void refused(RequestFault fault) {
        metrics.count(fault);
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public long mostBytes() {
        return RemoteWrite.MOST_BYTES;
    }

    @Override
    public Duration deadline() {
        return deadline;
    }

    @Override
    public void slow() {
        refused(RequestFault.SLOW);
    }

    @Override
    public void tooLarge() {
        refused(RequestFault.TOO_LARGE);
    }

    @Override
    public Body refusal(HttpResponseStatus status, String detail, String contentType) {
        return new Body(
                ProblemDetails.MEDIA_TYPE,
                ProblemDetails.bytes(status.code(), status.reasonPhrase(), detail, Map.of()));
    }
}
