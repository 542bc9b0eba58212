package io.trimtab.ingest.model;

import java.util.Optional;
import java.util.Set;

/**
 * A container as its pod template or its pod declares it.
 *
 * @param runtime what its language runtime is told; empty where nothing tells which it is
 * @param restartsFor the resources of which a change in place restarts it
 */
public record ContainerSpec(
        String name,
        String image,
        Requirements requirements,
        Optional<RuntimeSettings> runtime,
        Set<Resource> restartsFor) {
    public ContainerSpec {
        restartsFor = Set.copyOf(restartsFor);
    }

    /** One of which nothing tells what its runtime is, and that a change in place does not restart. */
    public ContainerSpec(String name, String image, Requirements requirements) {
        this(name, image, requirements, Optional.empty(), Set.of());
    }

    /** The same one with other requirements. */
    public ContainerSpec with(Requirements others) {
        return new ContainerSpec(name, image, others, runtime, restartsFor);
    }
}
