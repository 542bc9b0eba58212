package io.trimtab.ingest;

import io.trimtab.ingest.model.RuntimeUsage;
import io.trimtab.ingest.model.WorkloadId;
import java.time.Instant;
import java.util.Map;

/** Reads what the runtimes of one workload tell of themselves, when somebody asks. */
@FunctionalInterface
public interface RuntimeUsageSource {
    /**
     * @param annotations of the workload, which may name metrics of its own
     * @param to end of the window
     * @throws IngestException if nothing could be read
     */
    RuntimeUsage read(WorkloadId workload, Map<String, String> annotations, Instant to) throws IngestException;
}
