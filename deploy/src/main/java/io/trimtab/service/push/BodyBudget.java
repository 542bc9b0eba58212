package io.trimtab.service.push;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Bounds the bytes of all bodies that are being received or wait to be read, so that many senders at once cannot fill the memory. Safe for many threads. */
public final class BodyBudget {
    /** Of a heap of which half may hold series. */
    private static final int PART_OF_HEAP = 8;

    private final long mostBytes;
    private final Lock lock = new ReentrantLock();
    private final Condition givenBack = lock.newCondition();
    private long inFlight;

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
        lock.lock();
        try {
            if (!fits(bytes)) return false;
            inFlight += bytes;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for room.
     *
     * @return whether there was any in time; if so, {@link #giveBack} must follow
     */
    public boolean take(long bytes, Duration patience) throws InterruptedException {
        lock.lock();
        try {
            for (long left = patience.toNanos(); !fits(bytes); left = givenBack.awaitNanos(left))
                if (left <= 0) return false;
            inFlight += bytes;
            return true;
        } finally {
            lock.unlock();
        }
    }

    public void giveBack(long bytes) {
        lock.lock();
        try {
            inFlight -= bytes;
            givenBack.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean fits(long bytes) {
        if (bytes < 0) throw new IllegalArgumentException("bytes of a body (%d) must not be negative".formatted(bytes));
        return inFlight == 0 || inFlight + bytes <= mostBytes;
    }
}
