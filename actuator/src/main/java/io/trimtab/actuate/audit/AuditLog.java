package io.trimtab.actuate.audit;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The latest entries in memory, each handed to a store as well; nothing is ever changed or removed but the oldest for want of room. */
public final class AuditLog {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);

    private final int capacity;
    private final AuditStore store;
    private final Deque<AuditEntry> entries = new ArrayDeque<>();

    /** @param capacity entries kept in memory, at least 1 */
    public AuditLog(int capacity, AuditStore store) {
        if (capacity < 1)
            throw new IllegalArgumentException("audit log capacity (%d) must be at least 1".formatted(capacity));
        this.capacity = capacity;
        this.store = store;
    }

    /** What the store cannot keep is logged and stays in memory: the act is done, and an exception would not undo it. */
    public synchronized void append(AuditEntry entry) {
        if (entries.size() == capacity) entries.removeFirst();
        entries.addLast(entry);
        try {
            store.append(entry);
        } catch (IOException e) {
            LOG.error(
                    "audit entry for {} of {} was not stored: {}; check the store's disk",
                    entry.recommendation().workload(),
                    entry.at(),
                    e.getMessage());
        }
    }

    /** At most so many, the newest first. */
    public synchronized List<AuditEntry> latest(int most) {
        List<AuditEntry> newestFirst = new ArrayList<>();
        for (var it = entries.descendingIterator(); it.hasNext() && newestFirst.size() < most; )
            newestFirst.add(it.next());
        return newestFirst;
    }
}
