package io.trimtab.ingest.model;

import java.util.Comparator;

/** A pod's namespace and name; ordered by both. */
public record PodId(String namespace, String name) implements Comparable<PodId> {
    private static final Comparator<PodId> ORDER =
            Comparator.comparing(PodId::namespace).thenComparing(PodId::name);

    @Override
    public int compareTo(PodId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
