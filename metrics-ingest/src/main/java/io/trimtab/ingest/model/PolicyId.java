package io.trimtab.ingest.model;

import java.util.Comparator;

/**
 * A policy's kind, namespace and name; ordered by all three.
 *
 * @param namespace empty text for a ClusterScalingPolicy
 */
public record PolicyId(String kind, String namespace, String name) implements Comparable<PolicyId> {
    public static final String NAMESPACED = "ScalingPolicy";
    public static final String CLUSTER_WIDE = "ClusterScalingPolicy";

    private static final Comparator<PolicyId> ORDER = Comparator.comparing(PolicyId::kind)
            .thenComparing(PolicyId::namespace)
            .thenComparing(PolicyId::name);

    public boolean isClusterWide() {
        return namespace.isEmpty();
    }

    /** {@code ScalingPolicy shop/web} or {@code ClusterScalingPolicy base}. */
    @Override
    public String toString() {
        return kind + " " + (isClusterWide() ? name : namespace + "/" + name);
    }

    @Override
    public int compareTo(PolicyId other) {
        return ORDER.compare(this, other);
    }
}
