package io.trimtab.ingest.model;

import java.util.Comparator;

/** A scalable object of the cluster; {@code kind} is its Kubernetes kind, such as {@code Deployment}. Ordered by namespace, kind, name. */
public record WorkloadId(String namespace, String kind, String name) implements Comparable<WorkloadId> {
    private static final Comparator<WorkloadId> ORDER = Comparator.comparing(WorkloadId::namespace)
            .thenComparing(WorkloadId::kind)
            .thenComparing(WorkloadId::name);

    public WorkloadId {
        if (namespace.isBlank() || kind.isBlank() || name.isBlank()) {
            throw new IllegalArgumentException(
                    "workload (%s/%s/%s) needs a namespace, a kind and a name".formatted(namespace, kind, name));
        }
    }

    /** {@code shop/Deployment/web}, the form that URLs and reports use. */
    @Override
    public String toString() {
        return namespace + "/" + kind + "/" + name;
    }

    /**
     * Reads what {@link #toString} writes.
     *
     * @throws IllegalArgumentException if the text has not three parts
     */
    public static WorkloadId parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 3)
            throw new IllegalArgumentException("workload (%s) must be namespace/Kind/name".formatted(text));
        return new WorkloadId(parts[0], parts[1], parts[2]);
    }

    @Override
    public int compareTo(WorkloadId other) {
        return ORDER.compare(this, other);
    }
}
