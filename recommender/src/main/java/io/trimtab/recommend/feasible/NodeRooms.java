package io.trimtab.recommend.feasible;

import io.trimtab.cost.units.Resources;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.Node;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.Scheduling;
import io.trimtab.ingest.model.Taint;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.PodReason.NodeRoom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a node has for one pod when nothing runs on it but what stays there: its daemons, and pods that nothing controls, such as static ones. A node that is not ready, or that takes no pods, has nothing.
 * What makes nodes says nothing of their size, so only nodes that are there count.
 */
final class NodeRooms {
    private final Map<String, Node> nodes = new TreeMap<>();
    private final Map<String, Resources> staying = new HashMap<>();
    private final Map<String, Integer> stayingPods = new HashMap<>();
    private final Map<WorkloadId, List<Pod>> daemons = new HashMap<>();
    private final Map<Scheduling, List<NodeRoom>> byDemands = new HashMap<>();
    private final Map<Alike, List<Node>> alike = new LinkedHashMap<>();
    private final Map<Alike, List<NodeRoom>> largestOfAlike = new HashMap<>();

    /** What is the same of nodes that every pod may run on, or none. */
    private record Alike(Map<String, String> labels, List<Taint> taints) {}

    /** @param all that is asked of nodes */
    NodeRooms(ClusterSnapshot snapshot, Collection<Scheduling> all) {
        snapshot.nodes().forEach(node -> nodes.put(node.name(), node));
        for (Pod pod : snapshot.pods()) {
            if (!pod.occupiesNode() || !(pod.isDaemon() || pod.owner().isEmpty())) continue;
            String node = pod.node().orElseThrow();
            staying.merge(node, PodShape.of(pod).requested(), Resources::plus);
            stayingPods.merge(node, 1, Integer::sum);
            if (pod.isDaemon())
                daemons.computeIfAbsent(pod.owner().orElseThrow(), unseen -> new ArrayList<>())
                        .add(pod);
        }
        Set<String> asked = new HashSet<>();
        all.forEach(it -> asked.addAll(it.keys()));
        for (Node node : nodes.values())
            if (node.ready() && node.schedulable())
                alike.computeIfAbsent(alike(node, asked), unseen -> new ArrayList<>())
                        .add(node);
    }

    private static Alike alike(Node node, Set<String> asked) {
        Map<String, String> labels = new HashMap<>(node.labels());
        labels.put(Scheduling.NODE_NAME, node.name());
        labels.keySet().retainAll(asked);
        return new Alike(labels, node.taints());
    }

    /** The nodes that may carry such a pod, without those that another one has at least as much of everything as. */
    List<NodeRoom> of(Scheduling scheduling) {
        Scheduling demands = new Scheduling(
                scheduling.nodeSelector(),
                scheduling.nodeAffinity(),
                scheduling.tolerations(),
                List.of(),
                Resources.ZERO);
        return byDemands.computeIfAbsent(demands, this::largest);
    }

    /** The room of a daemon on each node that carries one. */
    List<NodeRoom> ofDaemon(WorkloadId daemon) {
        Map<String, Resources> own = new TreeMap<>();
        for (Pod pod : daemons.getOrDefault(daemon, List.of()))
            own.merge(pod.node().orElseThrow(), PodShape.of(pod).requested(), Resources::plus);
        return own.entrySet().stream()
                .flatMap(entry -> Optional.ofNullable(nodes.get(entry.getKey())).stream()
                        .map(node -> new NodeRoom(
                                node.name(),
                                node.allocatable().minusOrZero(taken(node).minusOrZero(entry.getValue())))))
                .toList();
    }

    /** A daemon that is advised to grow leaves less to the others. */
    void grow(WorkloadId daemon, PodShape to) {
        for (Pod pod : daemons.getOrDefault(daemon, List.of())) {
            Resources more = to.requested().minusOrZero(PodShape.of(pod).requested());
            staying.merge(pod.node().orElseThrow(), more, Resources::plus);
        }
        byDemands.clear();
        largestOfAlike.clear();
    }

    private Resources taken(Node node) {
        return staying.getOrDefault(node.name(), Resources.ZERO);
    }

    private List<NodeRoom> largest(Scheduling demands) {
        return largest(alike.entrySet().stream()
                .filter(entry -> demands.allows(entry.getValue().getFirst()))
                .flatMap(entry ->
                        largestOfAlike
                                .computeIfAbsent(entry.getKey(), unseen -> largest(rooms(entry.getValue())))
                                .stream()));
    }

    private Stream<NodeRoom> rooms(List<Node> of) {
        return of.stream()
                .filter(node -> stayingPods.getOrDefault(node.name(), 0) < node.maxPods())
                .map(node -> new NodeRoom(node.name(), node.allocatable().minusOrZero(taken(node))));
    }

    private static List<NodeRoom> largest(Stream<NodeRoom> rooms) {
        List<NodeRoom> sorted = rooms.sorted(
                        Comparator.comparing((NodeRoom it) -> it.room().cpu())
                                .thenComparing(it -> it.room().memory())
                                .thenComparing(it -> it.room().gpu())
                                .reversed()
                                .thenComparing(NodeRoom::node))
                .toList();
        List<NodeRoom> largest = new ArrayList<>();
        for (NodeRoom one : sorted)
            if (largest.stream().noneMatch(other -> one.room().fitsIn(other.room()))) largest.add(one);
        return List.copyOf(largest);
    }
}
