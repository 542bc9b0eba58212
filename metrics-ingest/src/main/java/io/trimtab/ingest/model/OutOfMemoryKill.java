package io.trimtab.ingest.model;

import io.trimtab.cost.units.Bytes;
import java.time.Instant;

/**
 * A container was killed for memory.
 *
 * @param memoryRequest its memory request at that moment; zero when it had none
 * @param seenAt when it became known
 */
public record OutOfMemoryKill(ContainerId container, Instant at, Bytes memoryRequest, Instant seenAt) {}
