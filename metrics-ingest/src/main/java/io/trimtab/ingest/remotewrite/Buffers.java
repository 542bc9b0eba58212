package io.trimtab.ingest.remotewrite;

import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** The arrays that requests are decompressed into: so few that their memory, and the work under way, stay bounded. Used again, since clearing a new one costs more than filling it. */
final class Buffers {
    private static final int FIRST_BYTES = 1 << 16;

    /** A larger one is not used again. */
    private static final int KEPT_BYTES = 4 << 20;

    private final BlockingQueue<byte[]> free;
    private final long waitMillis;

    /** @param waitMillis how long a request may wait for one */
    Buffers(int count, long waitMillis) {
        this.free = new ArrayBlockingQueue<>(count);
        this.waitMillis = waitMillis;
        for (int i = 0; i < count; i++) free.add(new byte[FIRST_BYTES]);
    }

    /** @return one of any size; empty when none became free in time */
    Optional<byte[]> take() throws InterruptedException {
        return Optional.ofNullable(free.poll(waitMillis, TimeUnit.MILLISECONDS));
    }

    void giveBack(byte[] buffer) {
        free.add(buffer.length <= KEPT_BYTES ? buffer : new byte[FIRST_BYTES]);
    }
}
