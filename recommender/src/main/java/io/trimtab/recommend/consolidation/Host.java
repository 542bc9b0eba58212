package io.trimtab.recommend.consolidation;

import io.trimtab.cost.units.Resources;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A node in numbers.
 *
 * @param moving its pods but daemons, the largest first
 * @param price USD per hour
 * @param disruption of moving them all, in seconds; less the nearer the node is to its end, when they move anyway
 * @param evictions how many of them each disruption budget covers
 */
record Host(
        int index,
        ClusterNode node,
        List<Moving> moving,
        double price,
        double disruption,
        Map<String, Integer> evictions) {
    static Host of(int index, ClusterNode node) {
        List<Moving> moving = node.movable().stream()
                .map(pod -> Moving.of(index, pod))
                .sorted(Moving.LARGEST_FIRST)
                .toList();
        Map<String, Integer> evictions = new TreeMap<>();
        moving.forEach(one -> one.pod().budget().ifPresent(name -> evictions.merge(name, 1, Integer::sum)));
        return new Host(
                index,
                node,
                moving,
                node.price().doubleValue(),
                moving.stream().mapToDouble(Moving::disruption).sum()
                        * node.lifecycle().left(),
                evictions);
    }

    boolean isEmpty() {
        return moving.isEmpty();
    }

    Resources requested() {
        return moving.stream().map(one -> one.pod().requested()).reduce(Resources.ZERO, Resources::plus);
    }

    /** What pods may have of it once its daemons are there. */
    Resources room() {
        Resources daemons = node.pods().stream()
                .filter(NodePod::daemon)
                .map(NodePod::requested)
                .reduce(Resources.ZERO, Resources::plus);
        return node.allocatable().minusOrZero(daemons);
    }
}
