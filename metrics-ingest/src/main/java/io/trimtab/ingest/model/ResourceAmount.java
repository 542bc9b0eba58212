package io.trimtab.ingest.model;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import java.util.Optional;

/**
 * So much of one resource.
 *
 * @param value thousandths of a core or GPU, or bytes; never negative
 */
public record ResourceAmount(Resource resource, long value) {
    public ResourceAmount {
        if (value < 0) throw new IllegalArgumentException("%s (%d) must be >= 0".formatted(resource, value));
    }

    /** What a container requests of it; empty where it requests none. */
    public static Optional<ResourceAmount> requested(Resource resource, Requirements requirements) {
        return switch (resource) {
            case CPU -> requirements.cpuRequest().map(cpu -> new ResourceAmount(resource, cpu.value()));
            case MEMORY -> requirements.memoryRequest().map(memory -> new ResourceAmount(resource, memory.value()));
            case GPU -> Optional.empty();
        };
    }

    /** @throws IllegalArgumentException if the text is no quantity, negative or out of range */
    public static ResourceAmount parse(Resource resource, String quantity) {
        return new ResourceAmount(
                resource,
                switch (resource) {
                    case CPU, GPU -> MilliCores.parse(quantity).value();
                    case MEMORY -> Bytes.parse(quantity).value();
                });
    }

    /** As a Kubernetes quantity. */
    @Override
    public String toString() {
        return switch (resource) {
            case CPU, GPU -> new MilliCores(value).toString();
            case MEMORY -> new Bytes(value).toString();
        };
    }
}
