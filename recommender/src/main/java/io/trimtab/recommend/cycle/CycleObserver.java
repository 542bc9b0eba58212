package io.trimtab.recommend.cycle;

import io.trimtab.ingest.model.OutOfMemoryKill;
import java.time.Duration;
import java.util.List;

/** Is told how a round goes on, so that the edge can time its stages and show progress. */
public interface CycleObserver {
    /** Watches nothing. */
    CycleObserver NONE = new CycleObserver() {};

    /** The stages of a round, in order. */
    enum Stage {
        INVENTORY,
        USAGE,
        FORECAST,
        RECOMMEND,
        ACT
    }

    /** Called at the start of a stage; the stage before it, if any, has ended. */
    default void stage(Stage stage) {}

    /** Called after each slice of history. */
    default void read(Duration done, Duration all, long samples) {}

    /** Called with the kills of each slice of history; one may come again with another slice. */
    default void kills(List<OutOfMemoryKill> learned) {}

    /** Called when the round has ended. */
    default void done(CycleReport report) {}
}
