package io.trimtab.recommend.replay;

import io.trimtab.ingest.model.ContainerId;
import java.util.Arrays;

/**
 * The samples of one container on the simulation's grid: 8 bytes a sample. A sample that was not taken is a NaN here and nowhere else. Holds a quarter more than is
 * kept at most, so that dropping old samples costs little.
 */
final class ContainerHistory {
    final ContainerId container;
    private final int kept;
    private long firstIndex;
    private int count;
    private float[] cores = new float[8];
    private float[] bytes = new float[8];

    ContainerHistory(ContainerId container, int kept, long firstIndex) {
        this.container = container;
        this.kept = kept;
        this.firstIndex = firstIndex;
    }

    /** @param index of the sample on the grid, greater than that of the sample before */
    void add(long index, double usedCores, double usedBytes) {
        while (firstIndex + count < index) append(Float.NaN, Float.NaN);
        append((float) usedCores, (float) usedBytes);
    }

    private void append(float usedCores, float usedBytes) {
        if (count >= kept + Math.max(1, kept / 4)) dropOldest(count - kept + 1);
        if (count == cores.length) {
            int larger = Math.min(2 * count, kept + Math.max(1, kept / 4));
            cores = Arrays.copyOf(cores, Math.max(larger, count + 1));
            bytes = Arrays.copyOf(bytes, cores.length);
        }
        cores[count] = usedCores;
        bytes[count] = usedBytes;
        count++;
    }

    private void dropOldest(int dropped) {
        System.arraycopy(cores, dropped, cores, 0, count - dropped);
        System.arraycopy(bytes, dropped, bytes, 0, count - dropped);
        count -= dropped;
        firstIndex += dropped;
    }

    long firstIndex() {
        return firstIndex;
    }

    /** The index after the last sample. */
    long endIndex() {
        return firstIndex + count;
    }

    boolean hasSample(long index) {
        return index >= firstIndex && index < endIndex() && !Float.isNaN(cores[(int) (index - firstIndex)]);
    }

    double cores(long index) {
        return cores[(int) (index - firstIndex)];
    }

    double bytes(long index) {
        return bytes[(int) (index - firstIndex)];
    }

    long sizeBytes() {
        return 4L * cores.length + 4L * bytes.length;
    }
}
