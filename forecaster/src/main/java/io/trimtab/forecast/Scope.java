package io.trimtab.forecast;

import java.util.Locale;

/** What a series is of: all pods' containers of one name, all that belongs to a workload, to a namespace, or to a pool of nodes. */
public enum Scope {
    CONTAINER,
    WORKLOAD,
    NAMESPACE,
    NODE_POOL;

    /** Such as {@code node_pool}, the form of REST and of labels. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
