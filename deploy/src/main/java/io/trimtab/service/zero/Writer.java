package io.trimtab.service.zero;

import io.trimtab.ingest.model.TriggeredScaling;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what waits in a {@link WriteQueue}: at once where it may, several at the same time. */
final class Writer<T> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Consumer<WriteQueue.Write<T>> write;
    private final WriteQueue<T> queue;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ExecutorService writes = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("write-", 0).factory());
    private final Thread dispatcher;
    private boolean closed;

    /**
     * @param name of its thread
     * @param perSecond at most so many in any second
     * @param write writes one, or says why not; several run at once, never two for one object
     */
    Writer(String name, int perSecond, InstantSource time, Consumer<WriteQueue.Write<T>> write) {
        this.write = write;
        this.queue = new WriteQueue<>(perSecond, time);
        this.dispatcher = Thread.ofPlatform().name(name).daemon().unstarted(this::dispatch);
    }

    void start() {
        dispatcher.start();
    }

    void add(TriggeredScaling.Id id, T what) {
        locked(() -> queue.add(new WriteQueue.Write<>(id, what)));
    }

    void forget(TriggeredScaling.Id id) {
        locked(() -> queue.forget(id));
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void dispatch() {
        lock.lock();
        try {
            while (!closed) {
                Optional<WriteQueue.Write<T>> next = queue.next();
                if (next.isPresent()) {
                    WriteQueue.Write<T> taken = next.get();
                    writes.execute(() -> write(taken));
                    continue;
                }
                Duration wait = queue.untilNext();
                if (queue.isEmpty()) changed.await();
                // What waits may be under way already, which its end tells; so looking again is only for the limit.
                else changed.await(Math.max(wait.toMillis() + 1, LOOK_AGAIN.toMillis()), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void write(WriteQueue.Write<T> taken) {
        try {
            write.accept(taken);
        } catch (RuntimeException e) {
            LOG.error("the write for {} broke off", taken.id(), e);
        } finally {
            locked(() -> queue.done(taken.id()));
        }
    }

    /** Writes that have begun may end, for a few seconds; those that wait are given up. */
    @Override
    public void close() {
        locked(() -> closed = true);
        writes.shutdown();
        try {
            dispatcher.join(PATIENCE);
            if (!writes.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) writes.shutdownNow();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
