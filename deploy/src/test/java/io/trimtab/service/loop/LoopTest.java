package io.trimtab.service.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.trimtab.cost.prices.PriceBook;
import io.trimtab.forecast.HistogramForecaster;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.Mode;
import io.trimtab.ingest.model.UsageBatch;
import io.trimtab.recommend.Outcome;
import io.trimtab.recommend.cycle.CycleObserver;
import io.trimtab.recommend.cycle.CycleReport;
import io.trimtab.recommend.cycle.CycleSettings;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of the loop when a round throws, and of a round when the loop ends. */
@Timeout(60)
class LoopTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private final SelfMetrics metrics = new SelfMetrics();

    private enum Where {
        IN_THE_ROUND,
        AT_ITS_END
    }

    @ParameterizedTest
    @EnumSource
    void anErrorEndsTheRoundAndNotTheLoop(Where where) throws Exception {
        AtomicInteger rounds = new AtomicInteger();
        CountDownLatch third = new CountDownLatch(3);
        CycleObserver breaking = new CycleObserver() {
            @Override
            public void stage(Stage stage) {
                if (stage != Stage.INVENTORY) return;
                third.countDown();
                if (rounds.incrementAndGet() == 1 && where == Where.IN_THE_ROUND)
                    throw new StackOverflowError("made up");
            }

            @Override
            public void done(CycleReport report) {
                if (rounds.get() == 1 && where == Where.AT_ITS_END) throw new NoClassDefFoundError("made up");
            }
        };
        Loop loop = loop(breaking, Duration.ofMillis(10), Loop.SHORT_PATIENCE);
        try (loop) {
            loop.start();
            assertThat(third.await(30, TimeUnit.SECONDS)).as("rounds after it").isTrue();
        }
        assertThat(loop.get()).as("a report of a later round").isPresent();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.create().write(text, metrics.registry().scrape());
        assertThat(text.toString(StandardCharsets.UTF_8)).contains("trimtab_cycle_failures_total 1.0");
    }

    @Test
    void theEndWaitsForTheRoundThatRuns() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        Loop loop = loop(held(running, mayEnd), Duration.ofHours(1), Duration.ofSeconds(30));
        loop.start();
        running.await();
        Thread end = Thread.ofPlatform().start(loop::close);
        for (int i = 0; i < 1000 && end.getState() != Thread.State.TIMED_WAITING; i++)
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        assertThat(loop.ended()).isFalse();
        mayEnd.countDown();
        end.join();
        assertThat(loop.ended()).isTrue();
        assertThat(loop.get()).as("the round's report").isPresent();
    }

    @Test
    void aRoundThatTakesTooLongIsBrokenOff() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        Loop loop = loop(held(running, new CountDownLatch(1)), Duration.ofHours(1), Duration.ofMillis(50));
        loop.start();
        running.await();
        loop.close();
        for (int i = 0; i < 1000 && !loop.ended(); i++) LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        assertThat(loop.ended()).as("no round runs any more").isTrue();
        assertThat(loop.get()).as("a report").isEmpty();
    }

    private static CycleObserver held(CountDownLatch running, CountDownLatch mayEnd) {
        return new CycleObserver() {
            @Override
            public void stage(Stage stage) {
                if (stage != Stage.INVENTORY) return;
                running.countDown();
                try {
                    mayEnd.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException("broken off", e);
                }
            }
        };
    }

    private Loop loop(CycleObserver observer, Duration every, Duration patience) {
        Cluster cluster = new Cluster(
                false,
                "https://10.0.0.1",
                "http://prometheus:9090",
                1,
                InstantSource.fixed(NOW),
                now -> new ClusterSnapshot(now, List.of(), List.of(), List.of(), List.of()),
                query -> UsageBatch.EMPTY,
                recommendation -> new Outcome.Skipped(recommendation.workload(), "never asked"),
                CycleSettings.DEFAULT,
                () -> {});
        return new Loop(
                Rounds.of(
                        cluster,
                        PriceBook.shipped(),
                        Mode.RECOMMEND,
                        new HistogramForecaster(),
                        new Observers(List.of(metrics, observer))),
                every,
                metrics,
                patience);
    }
}
