package io.trimtab.service.loop;

import io.trimtab.actuate.audit.AuditEntry;
import io.trimtab.actuate.audit.AuditLog;
import io.trimtab.actuate.audit.AuditedActuator;
import io.trimtab.actuate.guard.GuardedActuator;
import io.trimtab.actuate.guard.PodCounts;
import io.trimtab.actuate.guard.Situation;
import io.trimtab.cost.prices.PriceBook;
import io.trimtab.forecast.Forecaster;
import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.Inventory;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.Mode;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.Actuator;
import io.trimtab.recommend.Recommendation;
import io.trimtab.recommend.cycle.Cycle;
import io.trimtab.recommend.cycle.CycleObserver;
import io.trimtab.recommend.plan.Planner;
import io.trimtab.recommend.policy.Governance;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts a cycle together: the same parts for the service, the report and the tests. */
final class Rounds {
    private static final Logger LOG = LoggerFactory.getLogger("io.trimtab.audit");
    private static final int AUDIT_ENTRIES = 10_000;

    private Rounds() {}

    static Cycle of(Cluster cluster, PriceBook prices, Mode mode, Forecaster forecaster, CycleObserver observer) {
        Remembered inventory =
                new Remembered(cluster.inventory(), cluster.clock().instant(), mode);
        Actuator guarded = new GuardedActuator(
                audited(cluster.actuator(), cluster.clock()),
                (WorkloadId workload) -> Situation.of(inventory.counts, workload, inventory.governance),
                workload -> cluster.states().flatMap(states -> states.state(workload)),
                cluster.clock(),
                List.of());
        Cycle.Parts parts = new Cycle.Parts(
                cluster.clock(), inventory, cluster.usage(), forecaster, new Planner(prices, mode), guarded);
        return new Cycle(parts, cluster.settings(), observer);
    }

    /** Every act leaves a line in the log. */
    static Actuator audited(Actuator inner, InstantSource clock) {
        return new AuditedActuator(inner, new AuditLog(AUDIT_ENTRIES, Rounds::write), clock);
    }

    /** The log is the audit trail that outlives the process; a Hold touches nothing and leaves no line. */
    private static void write(AuditEntry entry) {
        if (entry.recommendation() instanceof Recommendation.Hold) return;
        LOG.info(
                "{} of {}: {}",
                entry.recommendation().getClass().getSimpleName(),
                entry.recommendation().workload(),
                entry.outcome());
    }

    /** Lets the guards see the snapshot that the round decides on. */
    private static final class Remembered implements Inventory {
        private final Inventory inner;
        private final Mode mode;
        private PodCounts counts;
        private Governance governance;

        Remembered(Inventory inner, Instant now, Mode mode) {
            this.inner = inner;
            this.mode = mode;
            ClusterSnapshot nothing = new ClusterSnapshot(now, List.of(), List.of(), List.of(), List.of());
            this.counts = PodCounts.of(nothing);
            this.governance = Governance.of(nothing, mode);
        }

        @Override
        public ClusterSnapshot snapshot(Instant now) throws IngestException {
            ClusterSnapshot snapshot = inner.snapshot(now);
            counts = PodCounts.of(snapshot);
            governance = Governance.of(snapshot, mode);
            return snapshot;
        }
    }
}
