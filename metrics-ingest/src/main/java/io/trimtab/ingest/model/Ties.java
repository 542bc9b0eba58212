package io.trimtab.ingest.model;

import java.util.List;
import java.util.Set;

/**
 * What ties a pod to the place where it is, and which pods it keeps away from there.
 *
 * @param keepsAway its required anti-affinity
 */
public record Ties(Set<Tie> ties, List<KeepAway> keepsAway) {
    public static final Ties NONE = new Ties(Set.of(), List.of());

    public Ties {
        ties = Set.copyOf(ties);
        keepsAway = List.copyOf(keepsAway);
    }

    /**
     * Such pods may not be on a node that has the same value of a label as the node of the pod that says so.
     *
     * @param topologyKey the label
     * @param everyNamespace whether pods of all namespaces are meant; if not, those of {@code namespaces}, or of its own where that is empty
     */
    public record KeepAway(String topologyKey, boolean everyNamespace, Set<String> namespaces, LabelSelector pods) {
        public KeepAway {
            namespaces = Set.copyOf(namespaces);
        }

        /** Whether the other pod is meant. */
        public boolean means(Pod other, String ownNamespace) {
            String namespace = other.id().namespace();
            boolean near = everyNamespace
                    || (namespaces.isEmpty() ? namespace.equals(ownNamespace) : namespaces.contains(namespace));
            return near && pods.test(other.labels());
        }
    }
}
