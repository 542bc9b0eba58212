package io.trimtab.recommend.replay;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.Requirements;
import org.jspecify.annotations.Nullable;

/** One container of a pod: what is in force for it, as raw numbers for the sampling loop, and what it used at the last sample. */
final class SimulatedContainer {
    ContainerSpec spec;
    long cpuRequestMilli;
    long memoryRequestBytes;
    double cpuLimitMilli;
    double memoryLimitBytes;

    double wantedMilli;
    double usedMilli;
    double memoryBytes;

    @Nullable
    ContainerHistory history;

    SimulatedContainer(ContainerSpec spec) {
        this.spec = spec;
        force(spec);
    }

    /** Puts other requests and limits in force; a limit that is not set is endless. */
    void force(ContainerSpec other) {
        spec = other;
        Requirements requirements = other.requirements();
        cpuRequestMilli = requirements.requested().cpu().value();
        memoryRequestBytes = requirements.requested().memory().value();
        cpuLimitMilli = requirements
                .cpuLimit()
                .map(MilliCores::value)
                .map(Long::doubleValue)
                .orElse(Double.POSITIVE_INFINITY);
        memoryLimitBytes = requirements
                .memoryLimit()
                .map(Bytes::value)
                .map(Long::doubleValue)
                .orElse(Double.POSITIVE_INFINITY);
    }
}
