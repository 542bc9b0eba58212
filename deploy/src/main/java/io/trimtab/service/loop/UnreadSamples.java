package io.trimtab.service.loop;

import io.trimtab.ingest.pushed.PushedSamples;
import io.trimtab.recommend.cycle.Cycle;
import io.trimtab.service.state.Section;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Pushed samples over a restart: those that the loop has not read, and those before them that it needs to read these. */
final class UnreadSamples {
    /** More is not kept however far behind the loop is: 29 MB for each 10 minutes of 60,000 series at 15 s, held twice while they are saved. */
    private static final Duration MOST = Duration.ofMinutes(30);

    /** What stands for a moment may be 5 minutes older, and a rate is taken over as long, or over a step where that is longer. */
    private static final Duration BEFORE = Duration.ofMinutes(10);

    private UnreadSamples() {}

    static Section section(PushedSamples pushed, Cycle cycle, Duration step, InstantSource clock) {
        return Section.ofData(
                        "pushed-samples",
                        "samples that were pushed and not read yet are known only where their sender sends them again",
                        1,
                        to -> pushed.save(to, since(cycle, step, clock.instant())),
                        pushed::restore)
                .noting(() -> notes(pushed));
    }

    private static List<String> notes(PushedSamples pushed) {
        if (pushed.notRestored() == 0) return List.of();
        return List.of(
                "%,d of %,d pushed series were left out: the heap is smaller than it was, and has no room for them; give it more memory"
                        .formatted(pushed.notRestored(), pushed.notRestored() + pushed.series()));
    }

    private static Instant since(Cycle cycle, Duration step, Instant now) {
        Instant oldest = now.minus(MOST);
        Instant needed = cycle.readUntil().orElse(oldest).minus(BEFORE).minus(step);
        return needed.isAfter(oldest) ? needed : oldest;
    }
}
