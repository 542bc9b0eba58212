package io.trimtab.recommend.nodeplan;

import io.trimtab.cost.units.Resources;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.Node;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.Scheduling;
import io.trimtab.ingest.model.Tie;
import io.trimtab.ingest.model.Ties.KeepAway;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which nodes may carry a pod, however full they are: by its selector, affinity and tolerations, by the zone of its volumes, and by pods that keep it away. Those do not
 * move themselves, so where they are now is where they will be.
 */
final class Destinations {
    private static final String HOST = "kubernetes.io/hostname";

    /** What decides it: pods that have all of it in common may run on the same nodes. */
    private record Alike(Scheduling demands, Optional<String> zone, Set<Keeper> keepers) {}

    /** A pod that keeps others away, from a domain. */
    private record Keeper(KeepAway rule, String namespace, Map<String, String> domain) {}

    /**
     * @param running empty for every node that runs
     * @param onAdded whether also a node that is added, of whatever shape
     */
    record Allowed(Optional<Set<String>> running, boolean onAdded) {}

    private final List<Node> nodes;
    private final Map<String, Node> byName;
    private final List<Node> examples;
    private final Set<String> leaving;
    private final Set<Keeper> keepers = new LinkedHashSet<>();
    private final Map<Kin, Set<Keeper>> byKin = new HashMap<>();
    private final Map<Alike, Allowed> known = new HashMap<>();

    /**
     * @param examples nodes like those that may be added
     * @param leaving names of nodes that go so soon that what moves there would move again
     */
    Destinations(ClusterSnapshot snapshot, List<Node> examples, Set<String> leaving) {
        nodes = snapshot.nodes();
        byName = nodes.stream().collect(Collectors.toMap(Node::name, node -> node));
        this.examples = examples;
        this.leaving = leaving;
        for (Pod pod : snapshot.pods()) {
            if (!pod.occupiesNode()) continue;
            Node node = byName.get(pod.node().orElseThrow());
            if (node == null) continue;
            for (KeepAway rule : pod.scheduling().ties().keepsAway()) {
                String key = rule.topologyKey();
                // As in the scheduler, a node without the label is in no domain.
                if (key.equals(HOST)) keepers.add(new Keeper(rule, pod.id().namespace(), Map.of(key, node.name())));
                else if (node.labels().containsKey(key))
                    keepers.add(new Keeper(
                            rule,
                            pod.id().namespace(),
                            Map.of(key, node.labels().getOrDefault(key, ""))));
            }
        }
    }

    Allowed of(Pod pod) {
        Scheduling its = pod.scheduling();
        boolean volumes = its.ties().ties().contains(Tie.VOLUME_CLAIM);
        Optional<String> zone =
                pod.node().filter(name -> volumes).map(byName::get).map(Node::zone);
        Scheduling demands =
                new Scheduling(its.nodeSelector(), its.nodeAffinity(), its.tolerations(), List.of(), Resources.ZERO);
        return known.computeIfAbsent(new Alike(demands, zone, keepersOf(pod)), this::allowed);
    }

    private Set<Keeper> keepersOf(Pod pod) {
        if (keepers.isEmpty()) return Set.of();
        return byKin.computeIfAbsent(
                Kin.of(pod),
                _ -> keepers.stream()
                        .filter(keeper -> keeper.rule().means(pod, keeper.namespace()))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    private Allowed allowed(Alike alike) {
        Set<String> running = new HashSet<>();
        for (Node node : nodes) if (takesPods(node) && allows(alike, node)) running.add(node.name());
        boolean keptFromZones = alike.keepers().stream()
                .anyMatch(keeper -> !keeper.rule().topologyKey().equals(HOST));
        boolean onAdded = alike.zone().isEmpty()
                && !keptFromZones
                && examples.stream().allMatch(node -> alike.demands().allows(node));
        return new Allowed(
                running.size() == nodes.size() ? Optional.empty() : Optional.of(Set.copyOf(running)), onAdded);
    }

    private boolean takesPods(Node node) {
        return node.ready() && node.schedulable() && !leaving.contains(node.name());
    }

    private static boolean allows(Alike alike, Node node) {
        return alike.zone().filter(zone -> !zone.equals(node.zone())).isEmpty()
                && alike.demands().allows(node)
                && alike.keepers().stream().noneMatch(keeper -> isIn(keeper.domain(), node));
    }

    private static boolean isIn(Map<String, String> domain, Node node) {
        return domain.entrySet().stream()
                .allMatch(entry -> entry.getValue()
                        .equals(
                                entry.getKey().equals(HOST)
                                        ? node.name()
                                        : node.labels().get(entry.getKey())));
    }
}
