package io.trimtab.service.loop;

import io.trimtab.recommend.cycle.Cycle;
import io.trimtab.recommend.cycle.CycleReport;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a cycle now and then every so often, on one thread, and keeps its last report. */
public final class Loop implements Supplier<Optional<CycleReport>>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
    /** Of an end that has nothing to save. */
    static final Duration SHORT_PATIENCE = Duration.ofSeconds(3);

    /** Of one that has: the chart gives the pod a minute, of which the other parts of the end take half at most. */
    static final Duration LONG_PATIENCE = Duration.ofSeconds(30);

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);
    private static final Duration LAST_PATIENCE = Duration.ofMillis(500);

    private final Cycle cycle;
    private final Duration every;
    private final SelfMetrics metrics;
    private final Duration patience;
    private volatile Optional<CycleReport> last = Optional.empty();
    private volatile boolean started;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("cycle").factory());

    /** @param patience how long the end waits for a round that runs */
    public Loop(Cycle cycle, Duration every, SelfMetrics metrics, Duration patience) {
        this.cycle = cycle;
        this.every = every;
        this.metrics = metrics;
        this.patience = patience;
        metrics.interval(every);
    }

    public void start() {
        started = true;
        // The round catches what it throws, so that the schedule never ends by itself.
        ScheduledFuture<?> _ = thread.scheduleAtFixedRate(this::round, 0, every.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The last round's report; empty before the first one has ended. */
    @Override
    public Optional<CycleReport> get() {
        return last;
    }

    private void round() {
        try {
            CycleReport report = cycle.runOnce();
            report.inventory()
                    .failure()
                    .ifPresent(
                            failure -> LOG.warn("inventory is stale since {}: {}", failure.since(), failure.message()));
            report.usage()
                    .failure()
                    .ifPresent(failure -> LOG.warn("usage is stale since {}: {}", failure.since(), failure.message()));
            last = Optional.of(report);
        } catch (RuntimeException | Error e) {
            // A round that breaks must not end the loop: the next one may have other data. Without memory the JVM ends
            // (deploy/jvm.options).
            metrics.failed();
            LOG.error("this round failed; the answers stay those of the round before", e);
        }
    }

    /** Lets the running round end, for a while; then breaks it off. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (endsInTime()) return;
            LOG.warn(
                    "the round did not end within {} s and is broken off; what came since the last snapshot, where one"
                            + " is kept, is not saved",
                    patience.toSeconds());
            thread.shutdownNow();
            boolean _ = thread.awaitTermination(LAST_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private boolean endsInTime() throws InterruptedException {
        Duration left = patience;
        while (left.isPositive()) {
            Duration next = left.compareTo(BETWEEN_LINES) < 0 ? left : BETWEEN_LINES;
            if (thread.awaitTermination(next.toMillis(), TimeUnit.MILLISECONDS)) return true;
            left = left.minus(next);
            if (left.isPositive())
                LOG.info("a round still runs; the end waits for it, {} s more at most", left.toSeconds());
        }
        return false;
    }

    boolean started() {
        return started;
    }

    /** Whether no round runs and none will. */
    boolean ended() {
        return thread.isTerminated();
    }
}
