package io.trimtab.service.zero;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Counts events of the latest window, second by second, so that a flood takes no more room than a trickle. Used under its owner's lock. */
final class EventLog {
    private record Second(long epochSecond, long events) {}

    private final Duration window;
    private final Deque<Second> seconds = new ArrayDeque<>();

    EventLog(Duration window) {
        this.window = window;
    }

    void add(Instant at) {
        long second = at.getEpochSecond();
        Second last = seconds.peekLast();
        // A clock that was set back counts with the newest second.
        if (last != null && second <= last.epochSecond()) {
            seconds.pollLast();
            seconds.addLast(new Second(last.epochSecond(), last.events() + 1));
        } else seconds.addLast(new Second(second, 1));
    }

    /** Those of the window that ends now; each counts for the whole window, and for less than a second longer. */
    long count(Instant now) {
        long oldest = now.minus(window).getEpochSecond();
        while (!seconds.isEmpty() && seconds.peekFirst().epochSecond() < oldest) seconds.pollFirst();
        return seconds.stream().mapToLong(Second::events).sum();
    }
}
