package io.trimtab.forecast;

import io.trimtab.ingest.model.WorkloadId;
import java.util.List;

/** What is to come, for those who look while the loop learns. Safe for threads. */
public interface Outlooks {
    /** Where nothing is learned ahead. */
    Outlooks NONE = new Outlooks() {
        @Override
        public List<ContainerOutlook> outlooks(WorkloadId workload) {
            return List.of();
        }

        @Override
        public List<Overall> accuracy() {
            return List.of();
        }
    };

    /** What is to come for each container of a workload that has a sample, by container, CPU before memory. */
    List<ContainerOutlook> outlooks(WorkloadId workload);

    /** How good all of it was, one for each resource. */
    List<Overall> accuracy();
}
