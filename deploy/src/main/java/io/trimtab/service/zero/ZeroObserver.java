package io.trimtab.service.zero;

import io.trimtab.recommend.Outcome;

/** Is told what the loop does, for metrics. */
public interface ZeroObserver {
    /** Watches nothing. */
    ZeroObserver NONE = new ZeroObserver() {};

    /** How many objects there are, and how many different readers they have together. */
    default void objects(int objects, int readers) {}

    default void read(boolean answered) {}

    default void wrote(Outcome outcome) {}
}
