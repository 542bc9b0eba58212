package io.trimtab.ingest;

import io.trimtab.ingest.model.RequestMetrics;
import io.trimtab.ingest.model.RuntimeUsage;
import io.trimtab.ingest.model.WorkloadId;
import java.time.Instant;

/** Reads what the runtimes of one workload tell of themselves, when somebody asks. */
@FunctionalInterface
public interface RuntimeUsageSource {
    /**
     * @param requests which metrics tell of its requests
     * @param to end of the window
     * @throws IngestException if nothing could be read
     */
    RuntimeUsage read(WorkloadId workload, RequestMetrics requests, Instant to) throws IngestException;
}
