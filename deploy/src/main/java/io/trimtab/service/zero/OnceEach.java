package io.trimtab.service.zero;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;

/** Passes each event on once: senders that hear no answer send it again. */
public final class OnceEach implements Wakes {
    private static final Duration REMEMBERED = Duration.ofMinutes(5);
    private static final int MOST = 50_000;

    private final Wakes inner;
    private final Cache<Key, List<String>> seen =
            Caffeine.newBuilder().expireAfterWrite(REMEMBERED).maximumSize(MOST).build();

    /** @see "CloudEvents 1.0.2, section id: source and id together are unique for each event" */
    private record Key(String source, String id) {}

    public OnceEach(Wakes inner) {
        this.inner = inner;
    }

    @Override
    public List<String> wake(WakeEvent event) {
        Key key = new Key(event.source(), event.id());
        List<String> before = seen.getIfPresent(key);
        if (before != null) return before;
        List<String> woken = inner.wake(event);
        // Whoever waits for it may come a moment later than its first sending.
        if (!woken.isEmpty()) seen.put(key, woken);
        return woken;
    }
}
