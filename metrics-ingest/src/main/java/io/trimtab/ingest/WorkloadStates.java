package io.trimtab.ingest;

import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.ingest.model.WorkloadState;
import java.util.Optional;

/** Shows one workload as it is now, which may be ahead of the last snapshot. */
@FunctionalInterface
public interface WorkloadStates {
    /** @return what is known, however old; empty for what is not there and has left nothing behind */
    Optional<WorkloadState> state(WorkloadId id);
}
