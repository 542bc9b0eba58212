package io.trimtab.service.loop;

import io.trimtab.ingest.model.OutOfMemoryKill;
import io.trimtab.recommend.cycle.CycleObserver;
import io.trimtab.recommend.cycle.CycleReport;
import java.time.Duration;
import java.util.List;

/** Runs a task whenever what was learned is whole: after each slice, so that reading a long history resumes there, and after each round. */
record WholeMoments(CycleObserver inner, Runnable task) implements CycleObserver {
    @Override
    public void stage(Stage stage) {
        inner.stage(stage);
    }

    @Override
    public void read(Duration done, Duration all, long samples) {
        inner.read(done, all, samples);
        task.run();
    }

    @Override
    public void kills(List<OutOfMemoryKill> learned) {
        inner.kills(learned);
    }

    @Override
    public void done(CycleReport report) {
        inner.done(report);
        task.run();
    }
}
