package io.trimtab.service.account;

import io.trimtab.cost.account.Observation;
import io.trimtab.cost.account.Observation.Use;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Notices that most pods show no use at all, which pods have not: then their usage does not come, and what they are charged rests on their requests alone. */
final class UnusedPods {
    /** In a cluster of a few pods most may do nothing. */
    private static final int FEWEST = 10;

    /** At start, usage comes later than pods. */
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private Optional<Instant> since = Optional.empty();
    private Optional<String> trouble = Optional.empty();

    void seen(Observation seen) {
        int pods = seen.pods().size();
        long without =
                seen.pods().stream().filter(pod -> pod.use().equals(Use.NONE)).count();
        if (pods < FEWEST || 2 * without <= pods) {
            since = Optional.empty();
            trouble = Optional.empty();
            return;
        }
        Instant first = since.orElse(seen.at());
        since = Optional.of(first);
        if (Duration.between(first, seen.at()).compareTo(PATIENCE) >= 0)
            trouble = Optional.of(
                    "%d of %d pods show no use at all since %s, so that they are charged for what they request: is their usage scraped?"
                            .formatted(without, pods, first));
    }

    /** Empty where nothing is wrong. */
    Optional<String> trouble() {
        return trouble;
    }
}
