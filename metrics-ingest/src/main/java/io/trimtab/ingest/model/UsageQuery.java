package io.trimtab.ingest.model;

import java.time.Duration;
import java.time.Instant;

/**
 * Which samples are asked for: those after {@code from}, up to and including {@code to}, at most one per {@code step}.
 */
public record UsageQuery(Scope scope, Instant from, Instant to, Duration step) {
    public UsageQuery {
        if (from.isAfter(to))
            throw new IllegalArgumentException("from (%s) must not be after to (%s)".formatted(from, to));
        if (step.compareTo(Duration.ofSeconds(1)) < 0)
            throw new IllegalArgumentException("step (%s) must be at least 1 s".formatted(step));
    }

    /** Whose samples. */
    public sealed interface Scope {
        /** Of every container of the cluster. */
        record Cluster() implements Scope {}

        /** Of one namespace. */
        record Namespace(String name) implements Scope {}

        /** Of one workload's pods, those that are gone included. */
        record OneWorkload(WorkloadId workload) implements Scope {}
    }
}
