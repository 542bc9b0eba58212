package io.trimtab.recommend.feasible;

import io.trimtab.ingest.model.Requirements;
import io.trimtab.recommend.PodReason;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * A request that is to change: between {@code least}, which is the lesser of what it is and what is needed, and {@code needed}, both within the LimitRanges.
 *
 * @param now the container's requirements in force
 * @param advised what was to come of it
 */
record Change(String container, Amounts amounts, Requirements now, long advised, long least, long needed) {
    static Change of(String container, Amounts amounts, Requirements now, long advised) {
        Amounts.Span span = amounts.span(now);
        long before = Entry.request(amounts.resource()).of(now).orElse(0L);
        return new Change(container, amounts, now, advised, span.clamp(Math.min(before, advised)), span.clamp(advised));
    }

    Optional<PodReason> refusal() {
        return amounts.span(now).refusal();
    }

    List<PodReason> moved() {
        return amounts.moved(now, advised, needed);
    }

    long growth() {
        return needed - least;
    }

    /** @return the request when {@code part} of {@code whole} is to be had of what all grow by */
    long request(long part, long whole) {
        if (part == whole) return needed;
        return least
                + BigInteger.valueOf(growth())
                        .multiply(BigInteger.valueOf(part))
                        .divide(BigInteger.valueOf(whole))
                        .longValueExact();
    }

    /** Whether a request is so near to the one in force that changing it is not worth it. */
    boolean near(long request, double band) {
        return Entry.request(amounts.resource())
                .of(now)
                .filter(before -> Math.abs(request - before) <= band * before)
                .isPresent();
    }
}
