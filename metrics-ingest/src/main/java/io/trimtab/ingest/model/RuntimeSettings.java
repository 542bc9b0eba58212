package io.trimtab.ingest.model;

import io.trimtab.cost.units.Bytes;
import java.util.Optional;

/** What a language runtime was told of memory and processors; an absent setting was not given, and the runtime's default holds. */
public sealed interface RuntimeSettings {
    /** The memory that it may take however small its container's limit is; empty where it heeds the limit, or is told nothing. */
    Optional<Bytes> fixedMemory();

    /**
     * A Java virtual machine.
     *
     * @param maxHeap of {@code -Xmx}; goes before the percentages
     * @param maxRamPercentage of what the container may use, over 0 up to 100
     * @param minRamPercentage likewise, for a container so small that this part of it is less than 125 MiB
     * @param maxRam what the machine takes the container to have, whatever it has
     * @param heapSetBy where the heap's size was given: {@code arguments} or a variable's name
     */
    record Jvm(
            Optional<Bytes> maxHeap,
            Optional<Double> maxRamPercentage,
            Optional<Double> minRamPercentage,
            Optional<Bytes> maxRam,
            Optional<String> heapSetBy)
            implements RuntimeSettings {
        /**
         * Anonymous memory beside the heap of a program that does nothing, measured with Temurin 25 under the serial collector and G1; what does
         * something has more.
         */
        public static final Bytes LEAST_BESIDE_HEAP = new Bytes(28L << 20);

        /** With less, the small percentage holds; with more, never less than this is heap: 96 MiB, scaled to 64 bits as HotSpot does. */
        private static final long SMALL_HEAP_BYTES = (96L << 20) * 13 / 10 / 8 * 8;

        private static final double USUAL_PERCENTAGE = 25;
        private static final double SMALL_PERCENTAGE = 50;

        /**
         * How large the heap may grow, before the collector rounds it up to whole regions; exact below 32 GiB.
         *
         * @param memory what the container may use: its limit, or all of its node's
         * @see "OpenJDK 25, src/hotspot/share/runtime/arguments.cpp: Arguments::set_heap_size"
         */
        public Bytes maxHeapWithin(Bytes memory) {
            if (maxHeap.isPresent()) return maxHeap.get();
            long seen = maxRam.orElse(memory).value();
            long small = (long) (seen * minRamPercentage.orElse(SMALL_PERCENTAGE) / 100);
            if (small < SMALL_HEAP_BYTES) return new Bytes(small);
            long usual = (long) (seen * maxRamPercentage.orElse(USUAL_PERCENTAGE) / 100);
            return new Bytes(Math.max(usual, SMALL_HEAP_BYTES));
        }

        /** Whether the heap grows with the container's limit. */
        public boolean heapFollowsLimit() {
            return maxHeap.isEmpty() && maxRam.isEmpty();
        }

        @Override
        public Optional<Bytes> fixedMemory() {
            return heapFollowsLimit()
                    ? Optional.empty()
                    : Optional.of(maxHeapWithin(Bytes.ZERO).plus(LEAST_BESIDE_HEAP));
        }
    }

    /**
     * A Go program.
     *
     * @param memoryLimit of {@code GOMEMLIMIT}: all that its runtime takes, the heap included
     * @param maxProcs of {@code GOMAXPROCS}
     */
    record Go(Optional<Bytes> memoryLimit, Optional<Integer> maxProcs) implements RuntimeSettings {
        @Override
        public Optional<Bytes> fixedMemory() {
            return memoryLimit;
        }
    }

    /**
     * A Node.js program.
     *
     * @param maxOldSpace of {@code --max-old-space-size}: the most of its heap, not the young part
     */
    record NodeJs(Optional<Bytes> maxOldSpace) implements RuntimeSettings {
        @Override
        public Optional<Bytes> fixedMemory() {
            return maxOldSpace;
        }
    }
}
