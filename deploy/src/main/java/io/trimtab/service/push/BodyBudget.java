package io.trimtab.service.push;

import java.util.concurrent.atomic.AtomicLong;

/** Bounds the bytes of all bodies that are being received or wait to be read, so that many senders at once cannot fill the memory. Safe for many threads. */
public final class BodyBudget {
    /** Of a heap of which half may hold series. */
    private static final int PART_OF_HEAP = 8;

    private final long mostBytes;
    private final AtomicLong inFlight = new AtomicLong();

    /** @param mostBytes together; one alone may have more, or it would never be let in */
    public BodyBudget(long mostBytes) {
        if (mostBytes < 1)
            throw new IllegalArgumentException("most bytes of bodies (%d) must be at least 1".formatted(mostBytes));
        this.mostBytes = mostBytes;
    }

    /** An eighth of a heap. */
    public static BodyBudget of(long heapBytes) {
        return new BodyBudget(heapBytes / PART_OF_HEAP);
    }

    /** @return whether there is room; if so, {@link #giveBack} must follow */
    boolean take(long bytes) {
        long before = inFlight.getAndUpdate(now -> fits(now, bytes) ? now + bytes : now);
        return fits(before, bytes);
    }

    void giveBack(long bytes) {
        inFlight.addAndGet(-bytes);
    }

    private boolean fits(long before, long bytes) {
        return before == 0 || before + bytes <= mostBytes;
    }
}
