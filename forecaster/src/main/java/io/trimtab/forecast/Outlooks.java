package io.trimtab.forecast;

import io.trimtab.forecast.online.Outlook;
import io.trimtab.ingest.model.WorkloadId;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What is to come, for those who look while the loop learns. Safe for threads. */
public interface Outlooks {
    /** Where nothing is learned ahead. */
    Outlooks NONE = new Outlooks() {
        @Override
        public List<ContainerOutlook> outlooks(WorkloadId workload) {
            return List.of();
        }

        @Override
        public List<DemandOutlook> outlooks(Scope scope, String name) {
            return List.of();
        }

        @Override
        public Map<String, Outlook> ahead(Scope scope, DemandKind kind, Duration horizon) {
            return Map.of();
        }

        @Override
        public AccuracyOverview accuracy() {
            return AccuracyOverview.NONE;
        }
    };

    /** What is to come for each container of a workload that has a sample, by container, CPU before memory. */
    List<ContainerOutlook> outlooks(WorkloadId workload);

    /**
     * What is to come beside the containers: of a workload as {@code shop/Deployment/web}, a namespace or a pool of nodes, by kind.
     */
    List<DemandOutlook> outlooks(Scope scope, String name);

    /** One horizon of all series of a kind that a scope has once, by the name of what they are of. */
    Map<String, Outlook> ahead(Scope scope, DemandKind kind, Duration horizon);

    /** How good all of it was, and how much room there is, as of the last round; answers at once, also while the loop learns. */
    AccuracyOverview accuracy();
}
