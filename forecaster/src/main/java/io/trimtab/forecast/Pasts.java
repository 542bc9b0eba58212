package io.trimtab.forecast;

import io.trimtab.ingest.model.WorkloadId;
import java.util.Optional;

/** Knows what workloads used. */
public interface Pasts {
    /** Of no workload. */
    Pasts NONE = (_, _) -> Optional.empty();

    /**
     * What a workload used minute by minute, where an autoscaler scales it on CPU.
     *
     * @param minutes at most so many of the newest, >= 1
     * @return empty where nobody keeps that
     */
    Optional<PastUse> past(WorkloadId workload, int minutes);
}
