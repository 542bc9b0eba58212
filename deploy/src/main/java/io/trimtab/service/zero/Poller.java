package io.trimtab.service.zero;

import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.model.TriggeredScaling;
import io.trimtab.ingest.triggers.TriggerReader;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads each source once for all objects that ask the same, as often as the most impatient of them wants; the reads are spread over the time and only
 * so many are under way at once.
 */
final class Poller implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Poller.class);
    private static final int READS_AT_ONCE = 256;
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** New readers start within a second for each hundred of them. */
    private static final Duration SPREAD_OF_ONE = Duration.ofMillis(10);

    private static final double JITTER = 0.1;

    /**
     * What a source said last.
     *
     * @param value empty where it failed
     * @param failed consecutive reads that failed, this one included
     * @param trouble why it failed; empty where it did not
     */
    record Read(Instant at, Optional<BigDecimal> value, int failed, Optional<IngestException> trouble) {
        /** As good as a read that failed: nothing is known. */
        static final Read NONE = new Read(Instant.EPOCH, Optional.empty(), 1, Optional.empty());
    }

    /** What is told of each read. */
    @FunctionalInterface
    interface Listener {
        /** @param users whose numbers may change */
        void read(TriggerReader reader, Read read, Set<TriggeredScaling.Id> users);
    }

    private final TriggerAsking asking;
    private final InstantSource clock;
    private final Listener listener;
    private final Map<TriggerReader, Poll> polls = new HashMap<>();
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final Semaphore slots = new Semaphore(READS_AT_ONCE);
    private final ExecutorService readers = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("trigger-", 0).factory());
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("trigger-timer").daemon().factory());

    /** A reader, who uses it, and what it said last; guarded by the poller's lock. */
    private static final class Poll {
        private final TriggerReader reader;
        private final Map<TriggeredScaling.Id, Duration> users = new HashMap<>();
        private Optional<Read> last = Optional.empty();
        private Future<?> next = CompletableFuture.completedFuture(null);

        Poll(TriggerReader reader) {
            this.reader = reader;
        }

        Duration interval() {
            return users.values().stream().min(Duration::compareTo).orElseThrow();
        }
    }

    Poller(TriggerAsking asking, InstantSource clock, Listener listener) {
        this.asking = asking;
        this.clock = clock;
        this.listener = listener;
        timer.setRemoveOnCancelPolicy(true);
    }

    /** From now on the user's readers are these; those that nobody uses any more are not read again. */
    synchronized void use(TriggeredScaling.Id user, Set<TriggerReader> wanted, Duration interval) {
        Set<TriggerReader> gone = new HashSet<>();
        polls.forEach((reader, poll) -> {
            if (!wanted.contains(reader) && poll.users.remove(user) != null && poll.users.isEmpty()) gone.add(reader);
        });
        gone.forEach(polls::remove);
        for (TriggerReader reader : wanted) {
            Poll known = polls.get(reader);
            if (known != null) {
                boolean sooner = interval.compareTo(known.interval()) < 0;
                known.users.put(user, interval);
                if (sooner && known.next.cancel(false))
                    schedule(known, Duration.ofMillis(random.nextLong(interval.toMillis() + 1)));
                continue;
            }
            Poll poll = new Poll(reader);
            poll.users.put(user, interval);
            polls.put(reader, poll);
            Duration spread = SPREAD_OF_ONE.multipliedBy(polls.size());
            Duration within = spread.compareTo(interval) < 0 ? spread : interval;
            schedule(poll, Duration.ofMillis(random.nextLong(within.toMillis() + 1)));
        }
    }

    /** Empty before its first read has ended. */
    synchronized Optional<Read> last(TriggerReader reader) {
        return Optional.ofNullable(polls.get(reader)).flatMap(poll -> poll.last);
    }

    /** How many sources' readers are read now and then. */
    synchronized int size() {
        return polls.size();
    }

    private void schedule(Poll poll, Duration delay) {
        if (timer.isShutdown()) return;
        // The read catches what it throws.
        poll.next = timer.schedule(() -> readers.execute(() -> read(poll)), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void read(Poll poll) {
        if (!isUsed(poll)) return;
        try {
            slots.acquire();
            try {
                Read read = ask(poll);
                Set<TriggeredScaling.Id> users = keep(poll, read);
                listener.read(poll.reader, read, users);
            } finally {
                slots.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // One object that breaks must not end the polling of its source.
            LOG.error("what was read of {} could not be used", poll.reader.source(), e);
        } finally {
            again(poll);
        }
    }

    private Read ask(Poll poll) {
        Instant now = clock.instant();
        try {
            return new Read(now, Optional.of(asking.ask(poll.reader, now)), 0, Optional.empty());
        } catch (IngestException e) {
            return failed(poll, now, e);
        } catch (RuntimeException e) {
            LOG.error("reading {} broke off", poll.reader.source(), e);
            return failed(
                    poll,
                    now,
                    new IngestException(
                            IngestException.Kind.MALFORMED,
                            "%s: the read broke off (%s); the log says where".formatted(poll.reader.source(), e),
                            e));
        }
    }

    private synchronized Read failed(Poll poll, Instant now, IngestException why) {
        int before = poll.last.map(Read::failed).orElse(0);
        return new Read(now, Optional.empty(), before + 1, Optional.of(why));
    }

    private synchronized boolean isUsed(Poll poll) {
        return polls.get(poll.reader) == poll;
    }

    private synchronized Set<TriggeredScaling.Id> keep(Poll poll, Read read) {
        poll.last = Optional.of(read);
        return Set.copyOf(poll.users.keySet());
    }

    private synchronized void again(Poll poll) {
        if (!isUsed(poll)) return;
        double factor = 1 + JITTER * (2 * random.nextDouble() - 1);
        schedule(poll, Duration.ofMillis(Math.max(1, (long) (poll.interval().toMillis() * factor))));
    }

    /** Ends the reads. */
    @Override
    public void close() {
        timer.shutdownNow();
        readers.shutdownNow();
        try {
            boolean ended = readers.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) LOG.warn("a source is still being read at the end");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
