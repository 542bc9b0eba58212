package io.trimtab.service.loop;

import io.trimtab.recommend.cycle.CycleObserver;
import io.trimtab.recommend.cycle.CycleReport;
import java.time.Duration;

/** Runs a task whenever what was learned is whole: after each slice, so that reading a long history resumes there, and after each round. */
record WholeMoments(Runnable task) implements CycleObserver {
    @Override
    public void read(Duration done, Duration all, long samples) {
        task.run();
    }

    @Override
    public void done(CycleReport report) {
        task.run();
    }
}
