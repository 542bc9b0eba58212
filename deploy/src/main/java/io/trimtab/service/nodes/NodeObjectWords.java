package io.trimtab.service.nodes;

import io.trimtab.cost.units.Resources;
import io.trimtab.ingest.model.CapacityType;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.nodeobjects.NodeObject;
import io.trimtab.recommend.nodeobjects.NodeObject.Buffer;
import io.trimtab.recommend.nodeobjects.NodeObject.DeletionCost;
import io.trimtab.recommend.nodeobjects.NodeObject.MachineMark;
import io.trimtab.recommend.nodeobjects.NodeObject.MachineReplicas;
import io.trimtab.recommend.nodeobjects.NodeObject.PoolWeight;
import io.trimtab.recommend.nodeobjects.NodeObject.PriceOverlay;
import io.trimtab.recommend.nodeobjects.NodeObject.SharingOverlay;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** One sentence for what an object says, and why. */
final class NodeObjectWords {
    private NodeObjectWords() {}

    static String explain(NodeObject object) {
        return switch (object) {
            case Buffer(
                    WorkloadId workload,
                    String pool,
                    int now,
                    double ahead,
                    Duration start,
                    int pods,
                    Resources room) ->
                String.format(
                        Locale.ROOT,
                        "keeps room for %s more of %s (CPU %s, memory %s)%s: it has %d, and at most %.1f are expected"
                                + " within %d min, 95 of 100 times",
                        pods(pods),
                        workload,
                        room.cpu(),
                        room.memory().rounded(),
                        pool.isEmpty() ? "" : " in pool " + pool,
                        now,
                        ahead,
                        start.toMinutes());
            case PriceOverlay(String instanceType, CapacityType capacityType, BigDecimal perHour) ->
                "%s %s costs %s USD an hour by the price book"
                        .formatted(instanceType, capacityType.label(), perHour.toPlainString());
            case SharingOverlay(String pool, String instanceType, String resource, int gpus, int each) ->
                "%s of pool %s offers %d of %s: %d GPUs that %d pods share each"
                        .formatted(instanceType, pool, gpus * each, resource, gpus, each);
            case PoolWeight(String pool, Optional<Integer> now, int weight, double share) ->
                String.format(
                        Locale.ROOT,
                        "pool %s has weight %d (%s now): its cores and memory cost %.2f of what they do on average"
                                + " here",
                        pool,
                        weight,
                        now.map(String::valueOf).orElse("none"),
                        share);
            case DeletionCost(PodId pod, String node, int wave, int cost) ->
                "a scale-down deletes %s/%s first: its node %s goes in wave %d"
                        .formatted(pod.namespace(), pod.name(), node, wave);
            case MachineMark(String namespace, String machine, String node, int wave) ->
                "machine %s goes first when there are to be fewer: its node %s is drained in wave %d"
                        .formatted(machine, node, wave);
            case MachineReplicas(String namespace, String name, int now, int replicas, int coming, int going) ->
                "%s has %d machines in place of %d: %d come, %d go once they are drained"
                        .formatted(name, replicas, now, coming, going);
        };
    }

    private static String pods(int pods) {
        return pods == 1 ? "1 pod" : pods + " pods";
    }
}
