package io.trimtab.ingest.pushed;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The recent samples of every series that was pushed, in bounded memory: when there are too many series, the least recently written ones go, unless all are
 * still being written; then new ones are refused. Safe for many threads.
 */
public final class PushedSamples {
    /** How far back samples are kept and taken. */
    public static final Duration KEPT = Duration.ofMinutes(90);

    /** How far ahead of our clock a sample may be. */
    public static final Duration MOST_AHEAD = Duration.ofMinutes(10);

    /** How long a sample stands for what came after it. @see "Prometheus documentation, Querying basics, Staleness" */
    static final Duration LOOK_BACK = Duration.ofMinutes(5);

    /** A series at 15 s with its names, and its part of the table. */
    private static final long BYTES_PER_SERIES = 7_000;

    private static final int STRIPES = 64;
    private static final int LEAST_SERIES = 64 * STRIPES;

    /** @see "prometheus/prometheus, model/value/value.go: StaleNaN" */
    private static final long STALE_BITS = 0x7ff0000000000002L;

    /** The NaN by which a sender says that a series has ended. */
    public static final double STALE_MARKER = Double.longBitsToDouble(STALE_BITS);

    private volatile FingerprintSeeds seeds = FingerprintSeeds.random();
    private final Stripe[] stripes = new Stripe[STRIPES];
    private volatile int notRestored;
    private long writtenSinceMillis = Long.MAX_VALUE;
    private long newestMillis = Long.MIN_VALUE;

    /** @param most series to keep; each stripe of 64 takes its part, so that a few less may fit */
    public PushedSamples(int most) {
        if (most < LEAST_SERIES)
            throw new IllegalArgumentException("most series (%d) must be at least %d".formatted(most, LEAST_SERIES));
        // Fingerprints fill stripes unevenly: without the eighth more, the fullest would be full long before all are.
        int each = most / STRIPES;
        Arrays.setAll(stripes, i -> new Stripe(each + each / 8));
    }

    /** As many series as half of a heap holds, 75 to each MiB of the whole. */
    public static PushedSamples inHalfOf(long heapBytes) {
        return new PushedSamples(
                Math.toIntExact(Math.clamp(heapBytes / 2 / BYTES_PER_SERIES, LEAST_SERIES, 10_000_000)));
    }

    /** Whether this is the NaN by which a sender says that a series has ended. */
    public static boolean isStaleMarker(double amount) {
        return Double.doubleToRawLongBits(amount) == STALE_BITS;
    }

    /** Takes one series of a request. */
    public void write(IncomingSeries series, Instant now, SampleCounts counts) {
        write(null, series, now, counts);
    }

    /**
     * Takes one series of a request.
     *
     * @param known what this gave for the series before; null: search
     * @return where its samples are kept; null: there is no room for them
     */
    public @Nullable PushedSeries write(
            @Nullable PushedSeries known, IncomingSeries series, Instant now, SampleCounts counts) {
        return stripe(series.highFingerprint()).write(known, series, now.toEpochMilli(), counts);
    }

    /** Says that a request brought samples, the newest of them at a moment; so that it is known since when they come without a pause. */
    public synchronized void brought(long newest) {
        if (newest - newestMillis > LOOK_BACK.toMillis() || writtenSinceMillis == Long.MAX_VALUE)
            writtenSinceMillis = newest;
        newestMillis = Math.max(newestMillis, newest);
    }

    /** Since when samples come without a pause of 5 minutes; empty when the newest is older than that. */
    public synchronized Optional<Instant> flowingSince(Instant now) {
        boolean silent = newestMillis < now.minus(LOOK_BACK).toEpochMilli();
        return silent ? Optional.empty() : Optional.of(Instant.ofEpochMilli(writtenSinceMillis));
    }

    /** What the fingerprints of series are to begin with; other ones after a restore. */
    public FingerprintSeeds seeds() {
        return seeds;
    }

    /**
     * Writes the samples since a moment, and what {@link #flowingSince} knows. Senders may go on; what they send meanwhile may or may not be in it.
     *
     * @param since what is older is left out
     */
    public void save(DataOutput to, Instant since) throws IOException {
        to.writeLong(seeds.high());
        to.writeLong(seeds.low());
        synchronized (this) {
            to.writeLong(
                    writtenSinceMillis == Long.MAX_VALUE
                            ? writtenSinceMillis
                            : Math.max(writtenSinceMillis, since.toEpochMilli()));
            to.writeLong(newestMillis);
        }
        for (Stripe stripe : stripes) stripe.save(to, since.toEpochMilli());
        PushedData.end(to);
    }

    /**
     * Takes back what {@link #save} wrote in a process before this one.
     *
     * @throws IOException if it is no such state; then nothing has changed
     */
    public void restore(DataInput from) throws IOException {
        FingerprintSeeds before = new FingerprintSeeds(from.readLong(), from.readLong());
        long since = from.readLong();
        long newest = from.readLong();
        List<PushedSeries> series = PushedData.read(from);
        seeds = before;
        int withoutRoom = 0;
        for (PushedSeries each : series) if (!stripe(each.high).restore(each)) withoutRoom++;
        notRestored = withoutRoom;
        flowed(since, newest);
    }

    /** What came since the start goes on where the process before it ended, unless there was a pause. */
    private synchronized void flowed(long since, long newest) {
        boolean joined = writtenSinceMillis == Long.MAX_VALUE || writtenSinceMillis - newest <= LOOK_BACK.toMillis();
        if (joined) writtenSinceMillis = Math.min(writtenSinceMillis, since);
        newestMillis = Math.max(newestMillis, newest);
    }

    /** Series that {@link #restore} had no room for. */
    public int notRestored() {
        return notRestored;
    }

    /** Series that are kept now. */
    public int series() {
        return Arrays.stream(stripes).mapToInt(Stripe::size).sum();
    }

    /** Series that had to go for others. */
    public long evicted() {
        return Arrays.stream(stripes).mapToLong(Stripe::evicted).sum();
    }

    private Stripe stripe(long highFingerprint) {
        return stripes[(int) (highFingerprint & (STRIPES - 1))];
    }

    /** Shows each series while its stripe waits, once those are gone that have not been written for long. */
    void forEach(Instant now, Consumer<PushedSeries> action) {
        expire(now);
        for (Stripe stripe : stripes) stripe.forEach(action);
    }

    /** Lets go of the series that have not been written for long. */
    public void expire(Instant now) {
        long oldest = now.minus(KEPT).toEpochMilli();
        for (Stripe stripe : stripes) stripe.expire(oldest);
    }
}
