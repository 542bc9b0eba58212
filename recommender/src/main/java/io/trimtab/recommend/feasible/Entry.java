package io.trimtab.recommend.feasible;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.ingest.model.CpuAndMemory;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.ResourceQuota;
import java.util.Optional;

/** The amounts that a container may name, in milli-cores and bytes; the word is a quota's. */
enum Entry {
    CPU_REQUEST("requests.cpu", Resource.CPU, false),
    MEMORY_REQUEST("requests.memory", Resource.MEMORY, false),
    CPU_LIMIT("limits.cpu", Resource.CPU, true),
    MEMORY_LIMIT("limits.memory", Resource.MEMORY, true);

    final String word;
    final Resource resource;
    private final boolean limit;

    Entry(String word, Resource resource, boolean limit) {
        this.word = word;
        this.resource = resource;
        this.limit = limit;
    }

    static Entry request(Resource resource) {
        return resource == Resource.CPU ? CPU_REQUEST : MEMORY_REQUEST;
    }

    static Entry limit(Resource resource) {
        return resource == Resource.CPU ? CPU_LIMIT : MEMORY_LIMIT;
    }

    Optional<Long> of(Requirements requirements) {
        return switch (this) {
            case CPU_REQUEST -> requirements.cpuRequest().map(MilliCores::value);
            case MEMORY_REQUEST -> requirements.memoryRequest().map(Bytes::value);
            case CPU_LIMIT -> requirements.cpuLimit().map(MilliCores::value);
            case MEMORY_LIMIT -> requirements.memoryLimit().map(Bytes::value);
        };
    }

    Optional<Long> hard(ResourceQuota quota) {
        return amount(limit ? quota.limits() : quota.requests(), resource);
    }

    Optional<Long> used(ResourceQuota quota) {
        return amount(limit ? quota.limitsUsed() : quota.requestsUsed(), resource);
    }

    static Optional<Long> amount(CpuAndMemory amounts, Resource resource) {
        return switch (resource) {
            case CPU -> amounts.cpu().map(MilliCores::value);
            case MEMORY -> amounts.memory().map(Bytes::value);
            case GPU -> Optional.empty();
        };
    }

    static CpuAndMemory amounts(Resource resource, long amount) {
        return switch (resource) {
            case CPU -> new CpuAndMemory(Optional.of(new MilliCores(amount)), Optional.empty());
            case MEMORY -> new CpuAndMemory(Optional.empty(), Optional.of(new Bytes(amount)));
            case GPU -> new CpuAndMemory(Optional.empty(), Optional.empty());
        };
    }
}
