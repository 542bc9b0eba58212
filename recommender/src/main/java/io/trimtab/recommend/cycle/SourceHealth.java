package io.trimtab.recommend.cycle;

import io.trimtab.ingest.IngestException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a source is doing.
 *
 * @param answeredAt when it last answered
 * @param gaps what it left out of its last answer, one line each
 * @param failure why it does not answer now; empty when it does
 */
public record SourceHealth(Optional<Instant> answeredAt, List<String> gaps, Optional<Failure> failure) {
    /** Before the first question. */
    public static final SourceHealth UNASKED = new SourceHealth(Optional.empty(), List.of(), Optional.empty());

    public SourceHealth {
        gaps = List.copyOf(gaps);
    }

    /**
     * @param since when it first failed after its last answer
     * @param message what, where and what to do next
     */
    public record Failure(Instant since, IngestException.Kind kind, String message) {}

    static SourceHealth answered(Instant now, List<String> gaps) {
        return new SourceHealth(Optional.of(now), gaps, Optional.empty());
    }

    SourceHealth failed(Instant now, IngestException cause) {
        Instant since = failure.map(Failure::since).orElse(now);
        return new SourceHealth(
                answeredAt, gaps, Optional.of(new Failure(since, cause.kind(), String.valueOf(cause.getMessage()))));
    }
}
