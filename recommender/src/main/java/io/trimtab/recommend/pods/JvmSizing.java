package io.trimtab.recommend.pods;

import io.trimtab.cost.units.Bytes;
import java.util.Optional;

/**
 * Sizes a Java process by what its heap holds after collection: the heap that a process takes grows to {@code -Xmx} whether it needs it or not, so
 * its resident memory says little.
 *
 * @param maxHeap the {@code -Xmx} to set
 */
record JvmSizing(Bytes maxHeap, Range<Bytes> memory) {
    /** Room for what dies young; G1 collects at ease when about a fifth of the heap is free. */
    private static final double HEAP_ROOM = 1.25;

    /** Threads and direct buffers vary more than they are measured. */
    private static final double NON_HEAP_ROOM = 1.15;

    private static final long STEP = 64L << 20;

    static JvmSizing of(JvmRuntime runtime) {
        Bytes heap = roundedUp(runtime.heapAfterGc().times(HEAP_ROOM));
        Bytes target = heap.plus(runtime.nonHeap().times(NON_HEAP_ROOM));
        Bytes lower = runtime.heapAfterGc().plus(runtime.nonHeap());
        Optional<Bytes> full = runtime.maxHeap().map(max -> max.plus(runtime.nonHeap()));
        Bytes upper = full.filter(bytes -> bytes.compareTo(target) > 0).orElse(target);
        return new JvmSizing(heap, new Range<>(target, lower, upper));
    }

    private static Bytes roundedUp(Bytes heap) {
        return new Bytes(Math.ceilDiv(Math.max(heap.value(), 1), STEP) * STEP);
    }
}
