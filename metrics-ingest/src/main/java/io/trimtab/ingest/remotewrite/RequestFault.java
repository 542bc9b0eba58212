package io.trimtab.ingest.remotewrite;

/** Why a whole request is refused; the status is what HTTP has for it. Only overload is worth another try: with 429 Prometheus would drop the request unless it is told otherwise. */
public enum RequestFault {
    UNAUTHORIZED(401),
    SLOW(408),
    TOO_LARGE(413),
    WRONG_TYPE(415),
    WRONG_ENCODING(415),
    CORRUPT_SNAPPY(400),
    MALFORMED(400),
    /** As many are being read as may be. */
    OVERLOADED(503),
    /** The bodies of all senders together are too large. */
    TOO_MANY_BYTES(503);

    private final int status;

    RequestFault(int status) {
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
