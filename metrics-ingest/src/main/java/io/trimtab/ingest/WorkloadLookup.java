package io.trimtab.ingest;

import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadId;
import java.util.Optional;

/** Finds one workload without copying all; asked for thousands of workloads a minute. */
@FunctionalInterface
public interface WorkloadLookup {
    /**
     * @return empty where there is none of that name
     * @throws IngestException if what is known is no longer kept up to date
     * @throws IllegalArgumentException if workloads of that kind are not watched
     */
    Optional<Workload> workload(WorkloadId id) throws IngestException;
}
