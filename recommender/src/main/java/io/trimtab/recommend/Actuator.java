package io.trimtab.recommend;

/** Applies one recommendation; the only way in which anything is written. Owned here so that the simulated cluster can stand behind it. */
@FunctionalInterface
public interface Actuator {
    /** What the cluster refuses is an {@link Outcome}, never an exception, so that one bad workload does not stop the cycle. */
    Outcome apply(Recommendation recommendation);
}
