package io.trimtab.recommend.consolidation;

import io.trimtab.cost.units.Resources;
import io.trimtab.recommend.nodes.NodeShape;
import io.trimtab.recommend.nodes.Packer;
import io.trimtab.recommend.nodes.Packing;
import io.trimtab.recommend.nodes.Packing.Assignment;
import io.trimtab.recommend.nodes.Packing.Place;
import io.trimtab.recommend.nodes.PackingProblem;
import io.trimtab.recommend.nodes.PackingProblem.Objective;
import io.trimtab.recommend.nodes.PodGroup;
import io.trimtab.recommend.nodes.Spread;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Nodes for the pods that found no room on those that run: the cheapest that the packer finds, none of a shape that is drained. */
final class Additions {
    /** For one draft of many: at most, and for each pod. */
    private static final long MOST_WORK = PackingProblem.WORK_PER_SECOND / 5;

    private static final long WORK_PER_POD = 5_000;

    private Additions() {}

    /** What makes pods copies of one another; those of a disruption budget must lie so far apart that each node can be drained again. */
    private record Alike(Optional<String> budget, Resources requested) {
        static Alike of(Moving pod) {
            return new Alike(pod.pod().budget(), pod.pod().requested());
        }

        PodGroup group(String name, int count, Cluster cluster) {
            Optional<Spread> spread = budget.map(cluster::allowed)
                    .map(allowed -> new Spread.Topology(Spread.Domain.HOSTNAME, Math.max(1, allowed)));
            return new PodGroup(name, count, requested, Set.of(), OptionalInt.empty(), 0, spread);
        }
    }

    /** @return whether all that was left has a place; if not, the draft is as it was */
    static boolean add(Draft draft, Draft.Trial trial) {
        if (trial.left().stream().anyMatch(pod -> !pod.pod().onAdded())) return false;
        Set<String> drained =
                trial.hosts().stream().map(host -> host.node().shape()).collect(Collectors.toCollection(HashSet::new));
        List<NodeShape> shapes = draft.cluster().problem().shapes().stream()
                .filter(shape -> !drained.contains(shape.name()))
                .toList();
        Map<Alike, Deque<Moving>> alike = new LinkedHashMap<>();
        trial.left()
                .forEach(pod -> alike.computeIfAbsent(Alike.of(pod), key -> new ArrayDeque<>())
                        .add(pod));
        Map<String, Deque<Moving>> left = new HashMap<>();
        List<PodGroup> pods = new ArrayList<>();
        alike.forEach((kind, copies) -> {
            String name = copies.getFirst().pod().id();
            left.put(name, copies);
            pods.add(kind.group(name, copies.size(), draft.cluster()));
        });
        long work = Math.min(MOST_WORK, WORK_PER_POD * trial.left().size());
        Packing packing = Packer.pack(new PackingProblem(pods, List.of(), shapes, Objective.COST, work));
        if (!packing.unplaced().isEmpty()) return false;
        Map<String, NodeShape> byName = shapes.stream().collect(Collectors.toMap(NodeShape::name, shape -> shape));
        List<Room> rooms = new ArrayList<>();
        for (Packing.AddedNodes added : packing.added())
            for (int i = 0; i < added.count(); i++)
                rooms.add(draft.add(Objects.requireNonNull(byName.get(added.shape()))));
        for (Assignment one : packing.assignments()) {
            if (!(one.place() instanceof Place.Added(int index)))
                throw new IllegalStateException("no node runs: " + one);
            int[] devices = one.devices().stream().mapToInt(device -> device).toArray();
            draft.put(trial, Objects.requireNonNull(left.get(one.pod())).removeFirst(), rooms.get(index), devices);
        }
        trial.left().clear();
        return true;
    }
}
