package io.trimtab.recommend.replay;

import io.trimtab.cost.units.Money;
import io.trimtab.ingest.model.CapacityType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a simulation came to, from its start up to one moment.
 *
 * @param throttledMinutes container-minutes in which a container got at least 1 % less CPU than it wanted, by its limit or by its neighbours
 * @param oomKills containers killed for memory, by their limit or by a full node
 * @param leakKills those of them that a leak's service would have come to with any limit
 * @param podHours hours that pods ran
 * @param pendingPodSeconds seconds that pods waited for a node, those that still wait included
 * @param requestsServed requests of the serving workloads that were answered in time
 * @param lateRequests requests that found no CPU when they came
 * @param spotReclaims nodes that the provider took back
 * @param requestedCoreHours CPU that running pods asked for
 * @param usedCoreHours CPU that they used
 * @param requestedGibHours memory that running pods asked for
 * @param usedGibHours memory that they used
 * @param unusedCoreHours CPU that containers asked for and did not use; what they used beyond it makes up for nothing
 * @param unusedGibHours likewise, of memory
 * @param nodes hours and cost for each shape, ordered by instance type and capacity type; the cost is theirs in sum
 */
public record SimulationReport(
        Instant from,
        Instant to,
        double throttledMinutes,
        long oomKills,
        long leakKills,
        double podHours,
        long pendingPodSeconds,
        long requestsServed,
        long lateRequests,
        long spotReclaims,
        double requestedCoreHours,
        double usedCoreHours,
        double requestedGibHours,
        double usedGibHours,
        double unusedCoreHours,
        double unusedGibHours,
        List<NodeHours> nodes,
        Money cost) {
    public SimulationReport {
        nodes = List.copyOf(nodes);
    }

    /** What one shape came to; {@code running} is paid from launch, boot time included, and its cost is rounded up to a micro-unit. */
    public record NodeHours(
            String instanceType, CapacityType capacityType, Duration running, Money perHour, Money cost) {}

    /** Hours that nodes ran, in sum. */
    public double nodeHours() {
        return nodes.stream().mapToLong(shape -> shape.running().toSeconds()).sum() / 3600.0;
    }

    /** The share of requests that came late, 0..1; none when there were no requests. */
    public double lateShare() {
        long all = requestsServed + lateRequests;
        return all == 0 ? 0 : (double) lateRequests / all;
    }
}
