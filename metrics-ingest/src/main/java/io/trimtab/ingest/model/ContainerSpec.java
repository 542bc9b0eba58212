package io.trimtab.ingest.model;

import java.util.Optional;

/**
 * A container as its pod template or its pod declares it.
 *
 * @param runtime what its language runtime is told; empty where nothing tells which it is
 */
public record ContainerSpec(String name, String image, Requirements requirements, Optional<RuntimeSettings> runtime) {
    /** One of which nothing tells what its runtime is. */
    public ContainerSpec(String name, String image, Requirements requirements) {
        this(name, image, requirements, Optional.empty());
    }

    /** The same one with other requirements. */
    public ContainerSpec with(Requirements others) {
        return new ContainerSpec(name, image, others, runtime);
    }
}
