package io.trimtab.recommend;

import io.trimtab.ingest.model.WorkloadId;

/** What became of a recommendation. */
public sealed interface Outcome {
    WorkloadId workload();

    /** Written to the cluster; {@code what} names the object and the change in one line. */
    record Applied(WorkloadId workload, String what) implements Outcome {}

    /** Would have been written, had acting been asked for. */
    record DryRun(WorkloadId workload, String what) implements Outcome {}

    /** A guard or the kind of recommendation left nothing to do; {@code why} says which. */
    record Skipped(WorkloadId workload, String why) implements Outcome {}

    /** The cluster would not have it. */
    record Refused(WorkloadId workload, String what, String why) implements Outcome {}
}
