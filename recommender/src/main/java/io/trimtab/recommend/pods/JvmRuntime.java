package io.trimtab.recommend.pods;

import io.trimtab.cost.units.Bytes;
import java.util.Optional;

/**
 * What a Java process says of its memory.
 *
 * @param maxHeap its {@code -Xmx}, when known
 * @param heapAfterGc the largest heap that survived a full collection
 * @param nonHeap metaspace, code, threads and direct buffers together
 */
public record JvmRuntime(Optional<Bytes> maxHeap, Bytes heapAfterGc, Bytes nonHeap) {}
