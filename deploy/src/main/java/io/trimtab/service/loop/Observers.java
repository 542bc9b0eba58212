package io.trimtab.service.loop;

import io.trimtab.ingest.model.OutOfMemoryKill;
import io.trimtab.recommend.cycle.CycleObserver;
import io.trimtab.recommend.cycle.CycleReport;
import java.time.Duration;
import java.util.List;

/** Tells several, each time in their order. */
record Observers(List<CycleObserver> all) implements CycleObserver {
    Observers {
        all = List.copyOf(all);
    }

    @Override
    public void stage(Stage stage) {
        all.forEach(one -> one.stage(stage));
    }

    @Override
    public void read(Duration done, Duration whole, long samples) {
        all.forEach(one -> one.read(done, whole, samples));
    }

    @Override
    public void kills(List<OutOfMemoryKill> learned) {
        all.forEach(one -> one.kills(learned));
    }

    @Override
    public void done(CycleReport report) {
        all.forEach(one -> one.done(report));
    }
}
