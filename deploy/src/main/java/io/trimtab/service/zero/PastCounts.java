package io.trimtab.service.zero;

import io.trimtab.recommend.replicas.ScalingHistory;
import io.trimtab.recommend.replicas.ScalingHistory.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What was decided and written for one workload lately, as far back as stabilization looks. Used under its owner's lock. */
final class PastCounts {
    private static final Duration KEPT = Duration.ofHours(1);

    private record Count(Instant at, int replicas) {}

    private final Deque<Count> decided = new ArrayDeque<>();
    private final Deque<Count> added = new ArrayDeque<>();
    private final Deque<Count> removed = new ArrayDeque<>();

    /** Of several decisions within a second the largest is kept, so that a flood of them takes no room. */
    void decided(Instant at, int replicas) {
        Count last = decided.peekLast();
        boolean sameSecond = last != null && last.at().getEpochSecond() == at.getEpochSecond();
        if (sameSecond) decided.pollLast();
        decided.addLast(new Count(at, sameSecond ? Math.max(last.replicas(), replicas) : replicas));
    }

    void written(Instant at, int from, int to) {
        if (to > from) added.addLast(new Count(at, to - from));
        else removed.addLast(new Count(at, from - to));
    }

    ScalingHistory history(Instant now) {
        return new ScalingHistory(entries(added, now), entries(removed, now), entries(decided, now));
    }

    private static List<Entry> entries(Deque<Count> counts, Instant now) {
        while (!counts.isEmpty() && counts.peekFirst().at().plus(KEPT).isBefore(now)) counts.pollFirst();
        return counts.stream()
                .map(count -> new Entry(count.replicas(), age(count, now)))
                .toList();
    }

    private static Duration age(Count count, Instant now) {
        Duration age = Duration.between(count.at(), now);
        return age.isNegative() ? Duration.ZERO : age;
    }
}
