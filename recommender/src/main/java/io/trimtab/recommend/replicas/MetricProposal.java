package io.trimtab.recommend.replicas;

import io.trimtab.recommend.ReplicaReason;
import io.trimtab.recommend.replicas.ScalingAnswer.Measured;
import java.util.Optional;

/** What one metric makes of the pods. */
sealed interface MetricProposal {
    Measured measured();

    /** @param tolerated whether the tolerance has changed the number */
    record Proposed(int replicas, Measured measured, boolean tolerated, ReplicaReason reason)
            implements MetricProposal {}

    record Failed(ReplicaReason.MetricFailed reason) implements MetricProposal {
        @Override
        public Measured measured() {
            return new Measured(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        }
    }
}
