package io.trimtab.ingest.usage;

import java.time.Duration;
import java.time.Instant;

/**
 * The moments at which a query is evaluated: whole multiples of the step since the epoch, so that readings that follow each other meet without overlap.
 *
 * @param first seconds since the epoch of the first moment
 * @param points how many moments; none when the window holds no multiple of the step
 */
public record Grid(long first, int points, long stepSeconds) {
    /** The moments after {@code from}, up to and including {@code to}; a step with a fraction of a second is rounded up. */
    public static Grid between(Instant from, Instant to, Duration step) {
        long stepSeconds = step.plusNanos(999_999_999).toSeconds();
        long first = (Math.floorDiv(from.getEpochSecond(), stepSeconds) + 1) * stepSeconds;
        long last = Math.floorDiv(to.getEpochSecond(), stepSeconds) * stepSeconds;
        return new Grid(first, Math.toIntExact(Math.max(0, (last - first) / stepSeconds + 1)), stepSeconds);
    }

    public long last() {
        return first + (points - 1) * stepSeconds;
    }

    /** The first {@code count} moments, or all when there are fewer. */
    public Grid head(int count) {
        return new Grid(first, Math.min(points, count), stepSeconds);
    }

    /** What is left after the first {@code count} moments. */
    public Grid after(int count) {
        return new Grid(first + count * stepSeconds, Math.max(0, points - count), stepSeconds);
    }

    /** One moment earlier as well. */
    public Grid withOneBefore() {
        return new Grid(first - stepSeconds, points + 1, stepSeconds);
    }

    public boolean isEmpty() {
        return points <= 0;
    }
}
