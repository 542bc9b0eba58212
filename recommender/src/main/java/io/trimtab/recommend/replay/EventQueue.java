package io.trimtab.recommend.replay;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Events by moment; those of one moment in the order in which they were put in. */
final class EventQueue {
    private record Entry(long second, long order, Event event) {}

    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>(Comparator.comparingLong(Entry::second).thenComparingLong(Entry::order));
    private long order;

    void at(long second, Event event) {
        entries.add(new Entry(second, order++, event));
    }

    /** The moment of the next event, in seconds since the epoch; the end of time when there is none. */
    long nextSecond() {
        Entry next = entries.peek();
        return next == null ? Long.MAX_VALUE : next.second;
    }

    /** Takes the next event out; there must be one. */
    Event take() {
        return entries.remove().event;
    }
}
