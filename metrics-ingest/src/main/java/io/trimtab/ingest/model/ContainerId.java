package io.trimtab.ingest.model;

import java.util.Comparator;

/** One container of one pod; ordered by pod, then container. */
public record ContainerId(PodId pod, String container) implements Comparable<ContainerId> {
    private static final Comparator<ContainerId> ORDER =
            Comparator.comparing(ContainerId::pod).thenComparing(ContainerId::container);

    @Override
    public int compareTo(ContainerId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return pod + "/" + container;
    }
}
