package io.trimtab.recommend.consolidation;

import java.util.ArrayList;
import java.util.List;

/**
 * The running nodes in numbers.
 *
 * @param hosts by name
 * @param price of them all, USD per hour
 * @param disruption of moving every pod, in seconds
 */
record Cluster(ConsolidationProblem problem, List<Host> hosts, double price, double disruption) {
    static Cluster of(ConsolidationProblem problem) {
        List<Host> hosts = new ArrayList<>();
        problem.nodes().forEach(node -> hosts.add(Host.of(hosts.size(), node)));
        return new Cluster(
                problem,
                hosts,
                hosts.stream().mapToDouble(Host::price).sum(),
                hosts.stream().mapToDouble(Host::disruption).sum());
    }

    /** How many pods of the disruption budget may be away at once. */
    int allowed(String budget) {
        return problem.allowed().getOrDefault(budget, 0);
    }

    /** The part of all nodes' cost; all of it is worth nothing where nothing costs. */
    double costShare(double pricePerHour) {
        return price == 0 ? 0 : pricePerHour / price;
    }

    /** The part of the disruption that moving every pod would be. */
    double disruptionShare(double seconds) {
        return disruption == 0 ? 0 : seconds / disruption;
    }
}
