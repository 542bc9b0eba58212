package io.trimtab.recommend;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import java.time.Duration;

/** Reasons for requests and limits. */
public sealed interface PodReason extends Reason {
    /** No sample of any resource has been seen. */
    record NoSamples() implements PodReason {}

    /** Too little history to act on. */
    record ShortHistory(Duration seen, Duration needed) implements PodReason {}

    /** The requests are near enough to what is needed. */
    record WithinBand(MilliCores cpuRequest, MilliCores cpuTarget, Bytes memoryRequest, Bytes memoryTarget)
            implements PodReason {}

    /** The CPU request differs from what the samples' quantile needs. */
    record CpuDiffers(MilliCores request, MilliCores target, double quantile) implements PodReason {}

    /** The memory request differs from what the daily peaks' quantile needs. */
    record MemoryDiffers(Bytes request, Bytes target, double quantile) implements PodReason {}
}
