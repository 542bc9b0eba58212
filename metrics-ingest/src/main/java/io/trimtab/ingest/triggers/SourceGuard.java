package io.trimtab.ingest.triggers;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.IngestException.Kind;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Leaves a source alone that does not answer. After 5 reads in a row that found it unreachable it is not asked for 10 s; then by one read, and while that
 * fails as well, for twice as long each time, 2 minutes at most. A source that refuses or answers nonsense does answer, so others may go on asking it.
 */
public final class SourceGuard {
    private static final int FAILURES = 5;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

    /** Sources that were asked the longest ago are forgotten first. */
    private static final int MOST_SOURCES = 10_000;

    private final InstantSource clock;
    private final Cache<String, Source> sources = Caffeine.newBuilder()
            .maximumSize(MOST_SOURCES)
            .executor(Runnable::run)
            .build();

    public SourceGuard(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * @param now what the reader takes for now
     * @throws IngestException the reader's; or of kind {@code UNREACHABLE}, at once, saying since when the source is left alone, why, and until when
     */
    public BigDecimal read(TriggerReader reader, Instant now) throws IngestException {
        Source source = sources.get(reader.source(), Source::new);
        boolean probe = source.admit(clock.instant());
        try {
            BigDecimal value = reader.read(now);
            source.answered();
            return value;
        } catch (IngestException e) {
            if (e.kind() == Kind.UNREACHABLE) source.failed(clock.instant(), String.valueOf(e.getMessage()), probe);
            else source.answered();
            throw e;
        } finally {
            source.left(probe);
        }
    }

    private static final class Source {
        /** @param since of the first failure in a row */
        private record Pause(Instant since, String why, Duration length, Instant until) {}

        private final String name;
        private int failures;
        private Optional<Instant> failingSince = Optional.empty();
        private Optional<Pause> pause = Optional.empty();
        private boolean probing;

        Source(String name) {
            this.name = name;
        }

        /** @return whether this is the one read that tries whether the source is back */
        synchronized boolean admit(Instant now) throws IngestException {
            if (pause.isEmpty()) return false;
            Pause it = pause.get();
            if (probing || now.isBefore(it.until()))
                throw new IngestException(
                        Kind.UNREACHABLE,
                        "%s: unreachable since %s and left alone; it is asked again %s; the last failure was: %s"
                                .formatted(name, it.since(), probing ? "just now" : "at " + it.until(), it.why()),
                        null);
            probing = true;
            return true;
        }

        synchronized void answered() {
            failures = 0;
            failingSince = Optional.empty();
            pause = Optional.empty();
        }

        synchronized void failed(Instant now, String why, boolean probe) {
            failures++;
            Instant since = failingSince.orElse(now);
            failingSince = Optional.of(since);
            if (pause.isPresent() && probe)
                pause = Optional.of(pause(since, why, now, longer(pause.get().length())));
            else if (pause.isEmpty() && failures >= FAILURES) pause = Optional.of(pause(since, why, now, FIRST_PAUSE));
        }

        synchronized void left(boolean probe) {
            if (probe) probing = false;
        }

        private static Pause pause(Instant since, String why, Instant now, Duration length) {
            return new Pause(since, why, length, now.plus(length));
        }

        private static Duration longer(Duration pause) {
            Duration twice = pause.multipliedBy(2);
            return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
        }
    }
}
