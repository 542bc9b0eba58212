package io.trimtab.ingest.triggers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.IngestException.Kind;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SourceGuardTest {
    private Instant now = Instant.parse("2026-11-24T12:00:00Z");
    private final SourceGuard guard = new SourceGuard(() -> now);
    private int asked;

    /** A source that fails in one way, or answers 1. */
    private record Source(String source, Runnable asking, Optional<Kind> failure) implements TriggerReader {
        @Override
        public BigDecimal read(Instant now) throws IngestException {
            asking.run();
            if (failure.isPresent()) throw new IngestException(failure.get(), "it is down; look", null);
            return BigDecimal.ONE;
        }
    }

    private TriggerReader good() {
        return new Source("http://a", () -> asked++, Optional.empty());
    }

    private TriggerReader bad(Kind kind) {
        return new Source("http://a", () -> asked++, Optional.of(kind));
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++)
            assertThatThrownBy(() -> guard.read(bad(Kind.UNREACHABLE), now)).isInstanceOf(IngestException.class);
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    @Test
    void leavesASourceAloneAfterFiveFailuresInARow() throws Exception {
        fail(4);
        assertThat(guard.read(good(), now)).isEqualTo(BigDecimal.ONE);
        fail(4);
        pass(Duration.ofSeconds(3));
        fail(1);
        assertThat(asked).isEqualTo(10);
        IngestException e = catchThrowableOfType(IngestException.class, () -> guard.read(good(), now));
        assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(e)
                .hasMessage("http://a: unreachable since 2026-11-24T12:00:00Z and left alone; it is asked again at"
                        + " 2026-11-24T12:00:13Z; the last failure was: it is down; look");
        assertThat(asked).isEqualTo(10);
        assertThat(guard.read(new Source("http://b", () -> {}, Optional.empty()), now))
                .isEqualTo(BigDecimal.ONE);
    }

    @Test
    void triesAgainAfterPausesThatDouble() throws Exception {
        fail(5);
        for (int seconds : new int[] {10, 20, 40, 80, 120, 120}) {
            pass(Duration.ofSeconds(seconds).minusMillis(1));
            int before = asked;
            fail(3);
            assertThat(asked).as("after %d s less 1 ms", seconds).isEqualTo(before);
            pass(Duration.ofMillis(1));
            fail(3);
            assertThat(asked).as("after %d s", seconds).isEqualTo(before + 1);
        }
        pass(Duration.ofMinutes(2));
        assertThat(guard.read(good(), now)).isEqualTo(BigDecimal.ONE);
        fail(4);
        assertThat(guard.read(good(), now)).isEqualTo(BigDecimal.ONE);
        fail(5);
        pass(Duration.ofSeconds(10));
        assertThat(guard.read(good(), now)).isEqualTo(BigDecimal.ONE);
    }

    @Test
    void aSourceThatRefusesOneIsThereForOthers() throws Exception {
        for (Kind kind : new Kind[] {Kind.REJECTED, Kind.MALFORMED})
            for (int i = 0; i < 20; i++)
                assertThatThrownBy(() -> guard.read(bad(kind), now)).hasMessage("it is down; look");
        assertThat(guard.read(good(), now)).isEqualTo(BigDecimal.ONE);
        assertThat(asked).isEqualTo(41);
    }

    @Test
    void onlyOneReadTriesWhetherItIsBack() throws Exception {
        fail(5);
        pass(Duration.ofSeconds(10));
        CountDownLatch asking = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        TriggerReader slow = new Source(
                "http://a",
                () -> {
                    asking.countDown();
                    waitFor(answer);
                },
                Optional.empty());
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<BigDecimal> probe = executor.submit(() -> guard.read(slow, now));
            asking.await();
            assertThatThrownBy(() -> guard.read(good(), now)).hasMessageContaining("it is asked again just now");
            answer.countDown();
            assertThat(probe.get()).isEqualTo(BigDecimal.ONE);
        }
        assertThat(guard.read(good(), now)).isEqualTo(BigDecimal.ONE);
    }

    @Test
    void aReaderThatBreaksLeavesTheSourceToBeTriedAgain() throws Exception {
        fail(5);
        pass(Duration.ofSeconds(10));
        TriggerReader broken = new Source(
                "http://a",
                () -> {
                    throw new IllegalStateException("a slip");
                },
                Optional.empty());
        assertThatThrownBy(() -> guard.read(broken, now)).hasMessage("a slip");
        assertThat(guard.read(good(), now)).isEqualTo(BigDecimal.ONE);
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
