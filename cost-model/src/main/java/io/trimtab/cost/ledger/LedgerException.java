package io.trimtab.cost.ledger;

/** The ledger cannot do what it was asked for; what it holds is as it was. */
public final class LedgerException extends Exception {
    public enum Kind {
        /** The disk is full, read-only or gone: it may be asked again later. */
        UNWRITABLE,
        /** A file that should be readable is not. */
        UNREADABLE,
        /** Another process writes to the folder. */
        TAKEN,
        /** DuckDB does not run on this machine. */
        UNAVAILABLE
    }

    private final Kind kind;

    LedgerException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    LedgerException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
