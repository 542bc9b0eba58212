package io.trimtab.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Whose turn it is to be fitted: fits of all series are spread over an hour, in rounds however far apart, and who has waited longest
 * is first. Not safe for threads.
 */
final class Turns {
    private static final Duration SPREAD = Duration.ofHours(1);

    private static final Duration FIRST = Duration.ofMinutes(1);

    /** What is due after a pause is spread, too, so that no round waits long; with rounds further apart fewer are fitted an hour. */
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private Optional<Instant> before = Optional.empty();

    private record Waiting<T>(T one, int fittedHour) {}

    /** @param all series that there are, due or not */
    <T> List<T> next(Instant now, Collection<T> all, Function<T, Followed> series) {
        return all.stream()
                .flatMap(one -> waiting(one, series.apply(one)).stream())
                .sorted(Comparator.comparingInt(Waiting::fittedHour))
                .limit(share(now, all.size()))
                .map(Waiting::one)
                .toList();
    }

    private static <T> Optional<Waiting<T>> waiting(T one, Followed series) {
        OptionalInt fittedHour = series.dueSince();
        return fittedHour.isPresent() ? Optional.of(new Waiting<>(one, fittedHour.getAsInt())) : Optional.empty();
    }

    private long share(Instant now, int all) {
        Duration passed = before.map(last -> Duration.between(last, now)).orElse(FIRST);
        before = Optional.of(now);
        long millis = Math.clamp(passed.toMillis(), 0, LONGEST.toMillis());
        return Math.ceilDiv(all * millis, SPREAD.toMillis());
    }
}
