package io.trimtab.recommend.pods;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.forecast.UsageCheckpoint;
import io.trimtab.ingest.model.RuntimeSettings;
import io.trimtab.recommend.PodReason;
import java.util.List;
import java.util.Optional;

/**
 * A container's size and what it is worth.
 *
 * @param maxHeap the {@code -Xmx} that goes with the memory
 * @param tell what another runtime is to be told with these limits
 * @param oomPerWeek chance that a pod is killed for memory within 7 days; empty without a sample of memory
 * @param throttledMinutesPerDay minutes a day in which a pod reaches its CPU limit; empty without a sample of CPU
 * @param checkpoint what has been learned, samples included
 * @param reasons the first is the decisive one
 */
public record RightsizeAnswer(
        Sizing sizing,
        Optional<MilliCores> cpuLimit,
        Optional<Bytes> memoryLimit,
        Optional<Bytes> maxHeap,
        Optional<RuntimeSettings> tell,
        Optional<Change> oomPerWeek,
        Optional<Change> throttledMinutesPerDay,
        DemandShape shape,
        UsageCheckpoint checkpoint,
        List<PodReason> reasons) {
    public RightsizeAnswer {
        reasons = List.copyOf(reasons);
    }

    /** A figure with the limits in force and with those to come. */
    public record Change(double before, double after) {}
}
