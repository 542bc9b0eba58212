package io.trimtab.service.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.ingest.RuntimeUsageSource;
import io.trimtab.ingest.model.RuntimeUsage;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.ingest.model.WorkloadState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Whoever asks often asks the store once. */
class RuntimeUsageDeskTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private final AtomicInteger readings = new AtomicInteger();

    @Test
    void theSameIsAnsweredForAMinute() {
        RuntimeUsageDesk desk = new RuntimeUsageDesk(Optional.of((_, _, _) -> {
            readings.incrementAndGet();
            return usage();
        }));
        for (int i = 0; i < 10; i++) desk.read(state("web"), NOW);
        assertThat(readings).hasValue(1);
        desk.read(state("db"), NOW);
        assertThat(readings).hasValue(2);
    }

    @Test
    void whileOneIsReadNoOtherIs() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        RuntimeUsageSource slow = (_, _, _) -> {
            readings.incrementAndGet();
            begun.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return usage();
        };
        RuntimeUsageDesk desk = new RuntimeUsageDesk(Optional.of(slow));
        var first = CompletableFuture.supplyAsync(() -> desk.read(state("web"), NOW));
        begun.await();
        assertThat(desk.read(state("db"), NOW).gaps())
                .singleElement()
                .asString()
                .contains("ask again");
        end.countDown();
        assertThat(first.get().gaps()).isEmpty();
        assertThat(desk.read(state("db"), NOW).gaps()).isEmpty();
        assertThat(readings).hasValue(2);
    }

    private static RuntimeUsage usage() {
        return new RuntimeUsage(NOW, NOW, Duration.ofMinutes(1), List.of(), List.of(), List.of());
    }

    private static WorkloadState state(String name) {
        return new WorkloadState(
                new WorkloadId("shop", "Deployment", name),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }
}
