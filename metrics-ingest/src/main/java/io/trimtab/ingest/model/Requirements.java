package io.trimtab.ingest.model;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Resources;
import java.util.Optional;

/** A container's requests and limits; an absent one was not set. {@code gpu} is request and limit at once, as Kubernetes demands of extended resources. */
public record Requirements(
        Optional<MilliCores> cpuRequest,
        Optional<Bytes> memoryRequest,
        Optional<MilliCores> cpuLimit,
        Optional<Bytes> memoryLimit,
        GpuMilli gpu) {
    public static final Requirements NONE =
            new Requirements(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), GpuMilli.ZERO);

    /** Requests only, no limits and no GPU. */
    public static Requirements requests(MilliCores cpu, Bytes memory) {
        return new Requirements(
                Optional.of(cpu), Optional.of(memory), Optional.empty(), Optional.empty(), GpuMilli.ZERO);
    }

    /** What the scheduler counts: the requests, none where unset. */
    public Resources requested() {
        return new Resources(cpuRequest.orElse(MilliCores.ZERO), memoryRequest.orElse(Bytes.ZERO), gpu);
    }
}
