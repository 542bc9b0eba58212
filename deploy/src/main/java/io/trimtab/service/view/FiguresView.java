package io.trimtab.service.view;

import java.math.BigDecimal;
import java.util.List;
import java.util.SortedMap;

/**
 * What a monitoring system keeps of a round: the sums that the other views show, and per namespace what they show per workload.
 *
 * @param namespaces in the order of their names; none before the first decision
 */
public record FiguresView(
        boolean simulated, OverviewView overview, CostsView costs, NodesView nodes, List<NamespaceFigures> namespaces) {
    /**
     * @param saving of its recommendations per month, at list price; negative when they cost more
     * @param recommendations how many there are of each kind; kinds without one are there with 0
     * @param cpu in cores
     * @param memory in bytes
     * @param runningPods those that are being deleted not counted; likewise the pending ones
     * @param podsNearMemoryLimit pods of containers that come close to their memory limit on a bad day
     */
    public record NamespaceFigures(
            String namespace,
            BigDecimal saving,
            SortedMap<String, Integer> recommendations,
            ResourceFigures cpu,
            ResourceFigures memory,
            int runningPods,
            int pendingPods,
            int podsNearMemoryLimit) {}

    /**
     * Amounts of one resource, over the pods of a namespace.
     *
     * @param requested by the pods that run or wait
     * @param recommended what those would request after all recommendations
     * @param used by the pods of workloads, now
     * @param forecast by probability: each container's quantile times the pods that it runs in, summed
     */
    public record ResourceFigures(
            double requested, double recommended, double used, SortedMap<Double, Double> forecast) {}
}
