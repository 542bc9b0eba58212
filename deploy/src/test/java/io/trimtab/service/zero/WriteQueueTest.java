package io.trimtab.service.zero;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.ingest.model.TriggeredScaling;
import io.trimtab.ingest.model.WorkloadId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WriteQueueTest {
    private static final int PER_SECOND = 20;

    private Instant now = Instant.parse("2026-11-02T08:00:00Z");
    private final WriteQueue<String> queue = new WriteQueue<>(PER_SECOND, () -> now);

    @Test
    void theNewestDecisionOfAnObjectReplacesTheOneThatWaits() {
        add("shop", "web", "2");
        add("shop", "web", "3");

        assertThat(drain()).containsExactly("3");
    }

    @Test
    void namespacesTakeTurns() {
        for (int i = 0; i < 10; i++) add("loud", "l" + i, "loud" + i);
        add("quiet", "q", "quiet");

        assertThat(drain()).startsWith("loud0", "quiet", "loud1").hasSize(11);
    }

    @Test
    void anObjectIsNotWrittenTwiceAtOnce() {
        add("shop", "web", "2");
        Optional<WriteQueue.Write<String>> first = queue.next();
        add("shop", "web", "3");

        assertThat(queue.next()).isEmpty();
        queue.done(first.orElseThrow().id());
        assertThat(queue.next().map(WriteQueue.Write::what)).contains("3");
    }

    @Test
    void whatIsForgottenIsNotWritten() {
        add("shop", "web", "2");
        queue.forget(id("shop", "web"));

        assertThat(queue.next()).isEmpty();
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void saysHowLongToWaitAfterTheSecondIsSpent() {
        for (int i = 0; i < 30; i++) add("shop", "w" + i, "w");
        assertThat(drain()).hasSize(PER_SECOND);
        now = now.plusMillis(400);

        assertThat(queue.next()).isEmpty();
        assertThat(queue.untilNext()).isEqualTo(Duration.ofMillis(600));
        now = now.plusMillis(600);
        assertThat(drain()).hasSize(10);
    }

    @Test
    void aClockThatIsSetBackStopsNothing() {
        for (int i = 0; i < PER_SECOND; i++) add("shop", "w" + i, "w");
        drain();
        now = now.minus(Duration.ofDays(1));
        add("shop", "late", "late");

        assertThat(drain()).containsExactly("late");
    }

    @Test
    void neverMoreThanTwentyInAnySecondSeed7() {
        Random random = new Random(7);
        List<Instant> written = new ArrayList<>();
        for (int step = 0; step < 20_000; step++) {
            if (random.nextInt(3) > 0) add("n" + random.nextInt(5), "w" + random.nextInt(400), "x");
            if (random.nextInt(4) == 0) now = now.plusMillis(random.nextInt(120));
            queue.next().ifPresent(write -> {
                written.add(now);
                queue.done(write.id());
            });
        }
        assertThat(written).hasSizeGreaterThan(1000);
        for (int i = PER_SECOND; i < written.size(); i++)
            assertThat(Duration.between(written.get(i - PER_SECOND), written.get(i)))
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    private void add(String namespace, String name, String what) {
        queue.add(new WriteQueue.Write<>(id(namespace, name), what));
    }

    private static TriggeredScaling.Id id(String namespace, String name) {
        return new TriggeredScaling.Id(
                new TriggeredScaling.Owner(TriggeredScaling.SCALED_OBJECT, namespace, name),
                new WorkloadId(namespace, "Deployment", name));
    }

    private List<String> drain() {
        List<String> written = new ArrayList<>();
        for (Optional<WriteQueue.Write<String>> next = queue.next(); next.isPresent(); next = queue.next()) {
            written.add(next.get().what());
            queue.done(next.get().id());
        }
        return written;
    }
}
