package io.trimtab.ingest.otlp;

/** Why a whole request is refused; the status is what HTTP has for it. Only overload is worth another try. */
public enum ExportFault {
    UNAUTHORIZED(401),
    SLOW(408),
    TOO_LARGE(413),
    WRONG_TYPE(415),
    WRONG_ENCODING(415),
    CORRUPT_GZIP(400),
    MALFORMED(400),
    /** As many are being read as may be. */
    OVERLOADED(503),
    /** The bodies of all senders together are too large. */
    TOO_MANY_BYTES(503);

    private final int status;

    ExportFault(int status) {
        this.status = status;
    }

    public int status() {
        return status;
    }

    /** Whether the same request may be taken a while later. */
    public boolean mayPass() {
        return this == OVERLOADED || this == TOO_MANY_BYTES;
    }
}
