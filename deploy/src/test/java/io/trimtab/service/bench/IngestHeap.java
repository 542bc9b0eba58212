package io.trimtab.service.bench;

import java.io.IOException;
import java.util.List;

/**
 * Fills 90 minutes of the CPU and memory series of 30,000 containers, so that nothing more is ever kept of them, into smaller and smaller heaps, until series are
 * refused or the receiver ends. Run by {@code bin/ingest-heap}.
 */
final class IngestHeap {
    private static final int SERIES = 60_000;
    private static final int ROUNDS_OF_90_MINUTES = 360;
    private static final List<String> HEAPS = List.of("1024m", "896m", "832m", "768m");

    private IngestHeap() {}

    /** @param arguments heaps to try, largest first; none: the usual ones */
    public static void main(String[] arguments) throws Exception {
        for (String heap : arguments.length > 0 ? List.of(arguments) : HEAPS) {
            System.out.printf("-Xmx%s: ", heap);
            try (DoorProcess door = new DoorProcess(heap)) {
                fill(door);
                DoorProcess.Heap found = door.heap();
                System.out.printf(
                        "%d MiB live after a collection, %,d series, %,d bytes each with everything else%n",
                        found.liveBytes() >> 20, found.series(), found.liveBytes() / Math.max(1, found.series()));
            } catch (IOException e) {
                System.out.printf("does not do: %s%n", e.getMessage());
                return;
            }
        }
    }

    private static void fill(DoorProcess door) throws IOException {
        long start = System.currentTimeMillis() - (long) ROUNDS_OF_90_MINUTES * Traffic.ROUND_MILLIS + 120_000;
        Traffic traffic = new Traffic(SERIES);
        try (Sender sender = new Sender(door.uri())) {
            for (int i = 0; i < ROUNDS_OF_90_MINUTES; i++)
                for (byte[] request : traffic.round(start + (long) i * Traffic.ROUND_MILLIS)) sender.send(request);
        }
    }
}
