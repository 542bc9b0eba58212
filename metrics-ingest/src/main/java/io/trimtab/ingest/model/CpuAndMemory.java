package io.trimtab.ingest.model;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import java.util.Optional;

/** Amounts of which each may be unset. */
public record CpuAndMemory(Optional<MilliCores> cpu, Optional<Bytes> memory) {
    public static final CpuAndMemory NONE = new CpuAndMemory(Optional.empty(), Optional.empty());
}
