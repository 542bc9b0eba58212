package io.trimtab.service.loop;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.trimtab.ingest.RuntimeUsageSource;
import io.trimtab.ingest.model.WorkloadState;
import io.trimtab.service.view.RuntimeUsageView;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Reads what the runtimes of a workload tell for whoever asks: of one workload at a time and once a minute, since each reading is a dozen queries of the store that rounds wait
 * for too.
 */
final class RuntimeUsageDesk {
    private static final Duration SAME_FOR = Duration.ofMinutes(1);
    private static final int MOST = 1_000;

    private final Optional<RuntimeUsageSource> source;
    private final Semaphore oneAtATime = new Semaphore(1);
    private final Cache<String, RuntimeUsageView> read =
            Caffeine.newBuilder().expireAfterWrite(SAME_FOR).maximumSize(MOST).build();

    /** @param source empty where there is no store to ask */
    RuntimeUsageDesk(Optional<RuntimeUsageSource> source) {
        this.source = source;
    }

    /** That of the last minute, if it was read; of a workload for which there is no turn now, only that. */
    RuntimeUsageView read(WorkloadState state, Instant now) {
        String id = state.id().toString();
        RuntimeUsageView known = read.getIfPresent(id);
        if (known != null) return known;
        if (!oneAtATime.tryAcquire())
            return RuntimeUsageReader.nothing(now, "another workload is being read for; ask again in some seconds");
        try {
            RuntimeUsageView view = RuntimeUsageReader.read(source, state, now);
            read.put(id, view);
            return view;
        } finally {
            oneAtATime.release();
        }
    }
}
