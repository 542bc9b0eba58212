package io.trimtab.recommend.cycle;

import io.trimtab.forecast.Demand;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.recommend.Outcome;
import io.trimtab.recommend.plan.Plan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one round saw, decided and did. After a source failed, it holds what was known before, and the source's health says since when it is stale.
 *
 * @param decision empty until the inventory has answered once
 * @param outcomes one for each recommendation of the decision, in its order; none while a source is stale, when nothing is acted on
 */
public record CycleReport(
        Instant at, Optional<Decision> decision, List<Outcome> outcomes, SourceHealth inventory, SourceHealth usage) {
    public CycleReport {
        outcomes = List.copyOf(outcomes);
    }

    /** The round's evidence and its answer. */
    public record Decision(ClusterSnapshot snapshot, List<Demand> demands, Plan plan) {
        public Decision {
            demands = List.copyOf(demands);
        }
    }
}
