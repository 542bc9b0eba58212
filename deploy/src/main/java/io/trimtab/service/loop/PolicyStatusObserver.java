package io.trimtab.service.loop;

import io.trimtab.actuate.kubernetes.PolicyStatusWriter;
import io.trimtab.ingest.model.Mode;
import io.trimtab.recommend.cycle.CycleObserver;
import io.trimtab.recommend.cycle.CycleReport;
import io.trimtab.recommend.policy.Governance;

/** Hands what became of each policy in a round to the writer. */
record PolicyStatusObserver(PolicyStatusWriter writer, Mode most) implements CycleObserver {
    /** A round on an old inventory says nothing new about policies. */
    @Override
    public void done(CycleReport report) {
        if (report.inventory().failure().isPresent()) return;
        report.decision()
                .ifPresent(decision -> writer.publish(Governance.of(decision.snapshot(), most)
                        .outcomes(decision.plan().recommendations())
                        .values()));
    }
}
