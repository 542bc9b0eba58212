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
    OVERLOADED(429),
    /** The bodies of all senders together are too large. */
    TOO_MANY_BYTES(429);

    private final int status;

    ExportFault(int status) {
        this.status = status;
    }

    public int status() {
        return status;
    }
}
