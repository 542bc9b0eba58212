package io.trimtab.forecast;

import io.trimtab.ingest.model.WorkloadId;
import java.util.Comparator;

/**
 * What a further series is of. Ordered by scope, name, kind, source.
 *
 * @param name of the namespace or the pool, or the workload as {@code shop/Deployment/web}
 * @param source which of several of a kind, such as the name of a trigger; empty where there is but one
 */
public record DemandSubject(Scope scope, String name, DemandKind kind, String source)
        implements Comparable<DemandSubject> {
    private static final Comparator<DemandSubject> ORDER = Comparator.comparing(DemandSubject::scope)
            .thenComparing(DemandSubject::name)
            .thenComparing(DemandSubject::kind)
            .thenComparing(DemandSubject::source);

    public DemandSubject {
        if (scope == Scope.CONTAINER)
            throw new IllegalArgumentException("containers (%s) have series of their own".formatted(name));
    }

    /** One that a scope has once. */
    public DemandSubject(Scope scope, String name, DemandKind kind) {
        this(scope, name, kind, "");
    }

    public static DemandSubject of(WorkloadId workload, DemandKind kind, String source) {
        return new DemandSubject(Scope.WORKLOAD, workload.toString(), kind, source);
    }

    @Override
    public int compareTo(DemandSubject other) {
        return ORDER.compare(this, other);
    }
}
