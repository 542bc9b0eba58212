package io.trimtab.forecast;

import io.trimtab.forecast.OutlookForecaster.Subject;
import io.trimtab.forecast.online.Accuracy;
import io.trimtab.ingest.model.WorkloadId;
import java.util.List;
import java.util.Optional;

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
        public List<Overall> accuracy() {
            return List.of();
        }

        @Override
        public FurtherSeries.Room room() {
            return new FurtherSeries.Room(0, 0, 0);
        }

        @Override
        public Optional<Accuracy> accuracy(Subject subject) {
            return Optional.empty();
        }
    };

    /** What is to come for each container of a workload that has a sample, by container, CPU before memory. */
    List<ContainerOutlook> outlooks(WorkloadId workload);

    /**
     * What is to come beside the containers: of a workload as {@code shop/Deployment/web}, a namespace or a pool of nodes, by kind.
     */
    List<DemandOutlook> outlooks(Scope scope, String name);

    /** How good all of it was, one for each scope and kind. */
    List<Overall> accuracy();

    /** How many further series there are, and may be. */
    FurtherSeries.Room room();

    /** How good it was for one series as of the last forecast; answers at once, also while the loop learns. */
    Optional<Accuracy> accuracy(Subject subject);
}
