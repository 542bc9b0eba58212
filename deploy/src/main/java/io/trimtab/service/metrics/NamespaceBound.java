package io.trimtab.service.metrics;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Keeps the count of series bounded: so many namespaces have a label of their own, all others share one. Not safe for threads. */
public final class NamespaceBound {
    /** Namespaces with a label of their own. */
    public static final int MOST = 200;

    /** The label that the others share; an underscore cannot stand in the name of a namespace. */
    public static final String OTHER = "_other";

    private final int most;
    private Set<String> shown = Set.of();

    NamespaceBound(int most) {
        this.most = most;
    }

    /**
     * Who has a label keeps it while it exists, so that no series comes and goes with the order; places that are free go to the first of the list.
     *
     * @param namespaces that exist, the most important first
     * @return how many share {@link #OTHER}
     */
    int admit(List<String> namespaces) {
        Set<String> next = new HashSet<>(shown);
        next.retainAll(Set.copyOf(namespaces));
        for (String namespace : namespaces) if (next.size() < most) next.add(namespace);
        shown = next;
        return namespaces.size() - next.size();
    }

    String label(String namespace) {
        return shown.contains(namespace) ? namespace : OTHER;
    }
}
