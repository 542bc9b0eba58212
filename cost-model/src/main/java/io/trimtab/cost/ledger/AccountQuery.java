package io.trimtab.cost.ledger;

import io.trimtab.cost.allocation.AllocationRequest.Grouping;
import io.trimtab.cost.allocation.AllocationRequest.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is asked of the account.
 *
 * @param window of whole hours
 * @param groupings by which rows are made; without one all is one row
 * @param step of whole hours, from the window's start; empty: the window as a whole
 */
public record AccountQuery(Span window, List<Grouping> groupings, Optional<Duration> step, AccountFilter filter) {
    /** More than a year of hours, and no answer that nobody can read. */
    public static final int MOST_STEPS = 10_000;

    public AccountQuery {
        groupings = List.copyOf(groupings);
        if (!isWhole(window))
            throw new IllegalArgumentException(
                    "window (%s to %s) must be of whole hours".formatted(window.start(), window.end()));
        step.ifPresent(it -> {
            if (it.isZero() || it.isNegative() || it.toSeconds() % 3600 != 0 || it.getNano() != 0)
                throw new IllegalArgumentException("step (%s) must be of whole hours".formatted(it));
            if (Duration.between(window.start(), window.end()).dividedBy(it) >= MOST_STEPS)
                throw new IllegalArgumentException(
                        "step (%s) must make at most %d steps of the window".formatted(it, MOST_STEPS));
        });
    }

    /** Whether the sums by namespace and hour answer it. */
    boolean isByNamespace() {
        return filter.isAboutNamespacesOnly()
                && groupings.stream().allMatch(grouping -> grouping instanceof Grouping.ByNamespace);
    }

    private static boolean isWhole(Span window) {
        return window.start().equals(window.start().truncatedTo(ChronoUnit.HOURS))
                && window.end().equals(window.end().truncatedTo(ChronoUnit.HOURS));
    }

    /** The windows of the answer, in order. */
    List<Span> steps() {
        if (step.isEmpty()) return List.of(window);
        List<Span> spans = new ArrayList<>();
        for (Instant from = window.start(); from.isBefore(window.end()); from = from.plus(step.get())) {
            Instant to = from.plus(step.get());
            spans.add(new Span(from, to.isBefore(window.end()) ? to : window.end()));
        }
        return List.copyOf(spans);
    }
}
