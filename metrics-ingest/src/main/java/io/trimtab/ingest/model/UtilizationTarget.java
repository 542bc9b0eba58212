package io.trimtab.ingest.model;

import java.util.Optional;

/**
 * A target of a HorizontalPodAutoscaler in percent of what is requested, which moves the replicas when requests change.
 *
 * @param container whose usage is measured (metric type {@code ContainerResource}); empty for the pod as a whole ({@code Resource})
 * @param origin what it stood for before Trimtab moved it; empty where Trimtab has not, or where somebody has set it since
 */
public record UtilizationTarget(Resource resource, Optional<String> container, int percent, Optional<Origin> origin) {
    public UtilizationTarget {
        if (percent < 1) throw new IllegalArgumentException("target utilization (%d) must be >= 1".formatted(percent));
    }

    /** Whether a container's request counts. */
    public boolean counts(String name) {
        return container.isEmpty() || container.get().equals(name);
    }

    /** A target as its owner set it, and what one pod requested then. */
    public record Origin(int percent, ResourceAmount request) {}
}
