package io.trimtab.ingest;

import io.trimtab.ingest.model.ClusterSnapshot;
import java.time.Instant;

/** What is running. */
@FunctionalInterface
public interface Inventory {
    /**
     * @param now the moment that the snapshot speaks of
     * @throws IngestException if nothing has ever been learned from the cluster, or what is known is no longer kept up to date
     */
    ClusterSnapshot snapshot(Instant now) throws IngestException;
}
