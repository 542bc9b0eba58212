package io.trimtab.recommend.consolidation;

import java.util.Comparator;

/**
 * A pod that may move, in numbers.
 *
 * @param host index of the node that it runs on
 */
record Moving(int host, NodePod pod, long cpuMilli, long memoryBytes, int gpuMilli) {
    /** Falling CPU, then memory, as Karpenter sorts. */
    static final Comparator<Moving> LARGEST_FIRST = Comparator.comparingInt(Moving::gpuMilli)
            .thenComparingLong(Moving::cpuMilli)
            .thenComparingLong(Moving::memoryBytes)
            .reversed()
            .thenComparing(moving -> moving.pod().id());

    static Moving of(int host, NodePod pod) {
        return new Moving(
                host,
                pod,
                pod.requested().cpu().value(),
                pod.requested().memory().value(),
                Math.toIntExact(pod.requested().gpu().value()));
    }

    /** Seconds that something of its service is not there. */
    double disruption() {
        return Math.max(1, pod.restart().toMillis() / 1e3);
    }

    boolean allows(String node) {
        return pod.homes().isEmpty() || pod.homes().get().contains(node);
    }
}
