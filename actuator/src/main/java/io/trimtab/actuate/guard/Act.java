package io.trimtab.actuate.guard;

import io.trimtab.ingest.model.WorkloadId;
import java.time.Instant;

/**
 * Something that was done, or is about to be.
 *
 * @param subject a container's name, or {@code replicas}
 * @param pods how many it touches
 */
public record Act(Instant at, WorkloadId workload, String subject, int pods) {}
