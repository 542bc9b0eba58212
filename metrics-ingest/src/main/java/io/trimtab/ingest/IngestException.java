package io.trimtab.ingest;

import org.jspecify.annotations.Nullable;

/** The world did not give what was asked of it; {@link #kind} alone decides retry and metric label. */
public final class IngestException extends Exception {
    /** Only {@code UNREACHABLE} is retried. */
    public enum Kind {
        UNREACHABLE,
        REJECTED,
        MALFORMED
    }

    private final Kind kind;

    /** @param message what, where and what to do next, in one line */
    public IngestException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
