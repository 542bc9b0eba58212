package io.trimtab.service.loop;

import io.trimtab.ingest.model.OutOfMemoryKill;
import io.trimtab.recommend.cycle.CycleObserver;
import io.trimtab.recommend.cycle.CycleReport;
import java.time.Duration;
import java.util.List;

/** Tells one, then the other. */
record BothObservers(CycleObserver one, CycleObserver other) implements CycleObserver {
    @Override
    public void stage(Stage stage) {
        one.stage(stage);
        other.stage(stage);
    }

    @Override
    public void read(Duration done, Duration all, long samples) {
        one.read(done, all, samples);
        other.read(done, all, samples);
    }

    @Override
    public void kills(List<OutOfMemoryKill> learned) {
        one.kills(learned);
        other.kills(learned);
    }

    @Override
    public void done(CycleReport report) {
        one.done(report);
        other.done(report);
    }
}
