package io.trimtab.ingest.model;

import java.util.List;

/**
 * A container that ends before the pod's own start.
 *
 * @param sidecars names of those that have started by then, and run beside it
 */
public record InitContainer(Requirements requirements, List<String> sidecars) {
    public InitContainer {
        sidecars = List.copyOf(sidecars);
    }
}
