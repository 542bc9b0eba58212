package io.trimtab.cost.ledger;

/**
 * What of the account is kept. Days are counted that it has, so that neither a pause nor a clock that jumps lets any go.
 *
 * @param days whole ones before the newest, which may be under way
 * @param bytes of all days; where they have more, further ones go, but never the newest
 */
public record Retention(int days, long bytes) {
    /** A year and what it is compared with; and room for the snapshots of the state in the volume that the chart makes. */
    public static final Retention USUAL = ofMib(400, 512);

    /** Ten years. */
    public static final int MOST_DAYS = 3_660;

    public static final int LEAST_MIB = 16;

    public Retention {
        if (days < 1 || days > MOST_DAYS)
            throw new IllegalArgumentException("days (%d) must be in 1..%d".formatted(days, MOST_DAYS));
        if (bytes < 1) throw new IllegalArgumentException("bytes (%d) must be >= 1".formatted(bytes));
    }

    public static Retention ofMib(int days, int mib) {
        return new Retention(days, (long) mib << 20);
    }

    public long mib() {
        return bytes >> 20;
    }
}
