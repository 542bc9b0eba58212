package io.trimtab.recommend.consolidation;

import io.trimtab.recommend.nodes.NodeShape;
import io.trimtab.recommend.nodes.Packer;
import io.trimtab.recommend.nodes.Packing;
import io.trimtab.recommend.nodes.Packing.Assignment;
import io.trimtab.recommend.nodes.Packing.Place;
import io.trimtab.recommend.nodes.PackingProblem;
import io.trimtab.recommend.nodes.PackingProblem.Objective;
import io.trimtab.recommend.nodes.PodGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Nodes for the pods that found no room on those that run: the cheapest that the packer finds, none of a shape that is drained. */
final class Additions {
    /** For one draft of many. */
    private static final long WORK = PackingProblem.WORK_PER_SECOND / 5;

    private Additions() {}

    /** @return whether all that was left has a place; if not, the draft is as it was */
    static boolean add(Draft draft, Draft.Trial trial) {
        if (trial.left().stream().anyMatch(pod -> pod.pod().homes().isPresent())) return false;
        Set<String> drained = trial.hosts().stream()
                .map(host -> host.node().shape())
                .collect(Collectors.toCollection(HashSet::new));
        List<NodeShape> shapes = draft.cluster().problem().shapes().stream()
                .filter(shape -> !drained.contains(shape.name()))
                .toList();
        Map<String, Moving> left = new HashMap<>();
        List<PodGroup> pods = new ArrayList<>();
        for (Moving pod : trial.left()) {
            left.put(pod.pod().id(), pod);
            pods.add(PodGroup.plain(pod.pod().id(), 1, pod.pod().requested()));
        }
        Packing packing = Packer.pack(new PackingProblem(pods, List.of(), shapes, Objective.COST, WORK));
        if (!packing.unplaced().isEmpty()) return false;
        Map<String, NodeShape> byName = shapes.stream().collect(Collectors.toMap(NodeShape::name, shape -> shape));
        List<Room> rooms = new ArrayList<>();
        for (Packing.AddedNodes added : packing.added())
            for (int i = 0; i < added.count(); i++) rooms.add(draft.add(Objects.requireNonNull(byName.get(added.shape()))));
        for (Assignment one : packing.assignments()) {
            if (!(one.place() instanceof Place.Added(int index))) throw new IllegalStateException("no node runs: " + one);
            int[] devices = one.devices().stream().mapToInt(device -> device).toArray();
            draft.put(trial, Objects.requireNonNull(left.get(one.pod())), rooms.get(index), devices);
        }
        trial.left().clear();
        return true;
    }
}
