package io.trimtab.recommend.consolidation;

import io.trimtab.ingest.model.Pod;
import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * A pod that may move, in numbers.
 *
 * @param host index of the node that it runs on
 */
record Moving(int host, NodePod pod, long cpuMilli, long memoryBytes, long storageBytes, int gpuMilli) {
    private static final double DELETION_COST_UNIT = 1 << 27;
    private static final double MOST_EVICTION_COST = 10;
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,10}");

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
                pod.ephemeralStorage().value(),
                Math.toIntExact(pod.requested().gpu().value()));
    }

    /** Seconds that something of its service is not there, each as dear as evicting the pod is. */
    double disruption() {
        return Math.max(1, pod.restart().toMillis() / 1e3) * evictionCost();
    }

    /**
     * What evicting it costs, where evicting a pod that says nothing costs 1; never less than nothing, as Karpenter's policy {@code Balanced} has it.
     *
     * @see "https://karpenter.sh/docs/concepts/disruption/ (pod deletion cost: one unit of eviction cost is 2^27 of it)"
     */
    double evictionCost() {
        String deletionCost = pod.annotations().get(Pod.DELETION_COST);
        if (deletionCost == null || !NUMBER.matcher(deletionCost).matches()) return 1;
        return Math.clamp(1 + Double.parseDouble(deletionCost) / DELETION_COST_UNIT, 0, MOST_EVICTION_COST);
    }

    boolean allows(String node) {
        return pod.homes().isEmpty() || pod.homes().get().contains(node);
    }
}
