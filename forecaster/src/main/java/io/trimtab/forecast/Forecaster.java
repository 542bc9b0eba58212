package io.trimtab.forecast;

import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.UsageBatch;
import io.trimtab.ingest.model.WorkloadId;
import java.util.List;
import java.util.Optional;

/** Learns from samples as they come and says, when asked, what each workload's containers will need. */
public interface Forecaster extends Pasts {
    /**
     * Takes in samples. A sample that was taken in before, or is older than the newest of its container and resource, is dropped.
     *
     * @param snapshot names the workload of each container; a pod that is not in it is told by its name, and samples of one that fits none are dropped
     */
    void observe(UsageBatch batch, ClusterSnapshot snapshot);

    /** One demand for each workload's container that the snapshot has, in the snapshot's order; also for those without any sample yet. */
    List<Demand> forecast(ClusterSnapshot snapshot);

    @Override
    default Optional<PastUse> past(WorkloadId workload, int minutes) {
        return Optional.empty();
    }
}
