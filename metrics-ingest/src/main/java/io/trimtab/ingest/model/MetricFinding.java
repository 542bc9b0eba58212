package io.trimtab.ingest.model;

/**
 * Where a kind of metric comes from.
 *
 * @param source who makes it and what it is called; empty: it is not there
 * @param cost what is therefore not known or less exact, and what to do; empty: nothing
 */
public record MetricFinding(Kind metric, String source, String cost) {
    /** What is looked for. */
    public enum Kind {
        CPU,
        MEMORY,
        /** That a container was killed for memory. */
        KILLS,
        /** When it was. */
        KILL_TIMES,
        /** What it requested then. */
        KILLED_REQUESTS,
        GPU
    }

    public boolean isPresent() {
        return !source.isEmpty();
    }
}
