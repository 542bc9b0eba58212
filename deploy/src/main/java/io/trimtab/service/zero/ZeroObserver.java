package io.trimtab.service.zero;

import io.trimtab.forecast.DemandSubject;
import io.trimtab.recommend.Outcome;
import java.time.Instant;

/** Is told what the loop does, for metrics, and what it reads, for forecasts. */
public interface ZeroObserver {
    /** Watches nothing. */
    ZeroObserver NONE = new ZeroObserver() {};

    /** How many objects there are, and how many different readers they have together. */
    default void objects(int objects, int readers) {}

    default void read(boolean answered) {}

    default void wrote(Outcome outcome) {}

    /** What one of a workload's triggers read, or how many replicas it asks for. */
    default void measured(DemandSubject subject, Instant at, double value) {}
}
