package io.trimtab.service.loop;

import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.Inventory;
import io.trimtab.ingest.kubernetes.KubernetesInventory;
import io.trimtab.ingest.model.ClusterSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Waits with the first snapshot until the cluster has been listed, so that the first round of a healthy cluster has something to say. Meanwhile the server starts and what
 * was kept is read.
 */
final class FirstListing implements Inventory {
    /** An API server that does not answer is reported by the round itself. */
    private static final Duration SILENT = Duration.ofSeconds(20);

    /** 30,000 pods took 40 s on a machine that was busy otherwise. */
    private static final Duration LISTING = Duration.ofMinutes(2);

    private final KubernetesInventory inner;
    private final InstantSource clock;
    private boolean waited;

    FirstListing(KubernetesInventory inner, InstantSource clock) {
        this.inner = inner;
        this.clock = clock;
    }

    @Override
    public ClusterSnapshot snapshot(Instant now) throws IngestException {
        if (!waited) await();
        waited = true;
        return inner.snapshot(now);
    }

    private void await() {
        Instant begun = clock.instant();
        try {
            while (!inner.hasSynced()) {
                Duration passed = Duration.between(begun, clock.instant());
                Duration patience = inner.isListing() ? LISTING : SILENT;
                if (passed.compareTo(patience) >= 0) return;
                Thread.sleep(20);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
