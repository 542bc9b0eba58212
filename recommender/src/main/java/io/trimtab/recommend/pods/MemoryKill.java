package io.trimtab.recommend.pods;

import io.trimtab.cost.units.Bytes;
import java.time.Instant;

/**
 * A container of a pod was killed for memory.
 *
 * @param memoryRequest its memory request at that moment
 * @param seenAt when it became known
 */
public record MemoryKill(String pod, Instant at, Bytes memoryRequest, Instant seenAt) {}
