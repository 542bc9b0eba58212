package io.trimtab.ingest.model;

/**
 * What we keep of a PodDisruptionBudget. Answers: how many pods of a workload may be taken away on purpose now?
 *
 * @param selector of its pods; one that is missing selects none, an empty one all of the namespace
 * @param minAvailable as it is written, a count or a percentage; empty where it has none, likewise {@code maxUnavailable}
 * @param disruptionsAllowed as its controller last said
 */
public record DisruptionBudget(
        String namespace,
        String name,
        LabelSelector selector,
        String minAvailable,
        String maxUnavailable,
        int disruptionsAllowed) {
    /** Whether the pod is one of its pods. */
    public boolean covers(Pod pod) {
        return namespace.equals(pod.id().namespace()) && selector.test(pod.labels());
    }
}
