package io.trimtab.service.loop;

import io.trimtab.actuate.kubernetes.PolicyStatusWriter;
import io.trimtab.ingest.model.Mode;
import io.trimtab.ingest.model.OutOfMemoryKill;
import io.trimtab.recommend.cycle.CycleObserver;
import io.trimtab.recommend.cycle.CycleReport;
import io.trimtab.recommend.policy.Governance;
import java.time.Duration;
import java.util.List;

/** Hands what became of each policy in a round to the writer, and everything to the observer that it stands before. */
record PolicyStatusObserver(CycleObserver inner, PolicyStatusWriter writer, Mode most) implements CycleObserver {
    @Override
    public void stage(Stage stage) {
        inner.stage(stage);
    }

    @Override
    public void read(Duration done, Duration all, long samples) {
        inner.read(done, all, samples);
    }

    @Override
    public void kills(List<OutOfMemoryKill> learned) {
        inner.kills(learned);
    }

    /** A round on an old inventory says nothing new about policies. */
    @Override
    public void done(CycleReport report) {
        inner.done(report);
        if (report.inventory().failure().isPresent()) return;
        report.decision()
                .ifPresent(decision -> writer.publish(Governance.of(decision.snapshot(), most)
                        .outcomes(decision.plan().recommendations())
                        .values()));
    }
}
