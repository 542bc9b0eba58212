package io.trimtab.recommend.nodes;

import io.trimtab.recommend.nodes.Packing.AddedNodes;
import io.trimtab.recommend.nodes.Packing.Assignment;
import io.trimtab.recommend.nodes.Packing.Place;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Gives the places of alike copies to the pods by name. */
final class Assignments {
    private Assignments() {}

    static List<AddedNodes> added(Layout layout) {
        Map<Integer, List<NodeState>> byMachine = layout.addedNodes().stream()
                .collect(Collectors.groupingBy(node -> node.machine().index(), TreeMap::new, Collectors.toList()));
        return byMachine.values().stream()
                .map(nodes -> {
                    NodeShape shape = nodes.getFirst().machine().shape();
                    return new AddedNodes(
                            shape.name(), nodes.size(), shape.offer().choice());
                })
                .toList();
    }

    static List<Assignment> of(Layout layout) {
        List<Deque<String>> names = new ArrayList<>();
        for (PodKind kind : layout.instance().kinds()) {
            Deque<String> all = new ArrayDeque<>();
            for (PodGroup pod : kind.members()) for (int copy = 0; copy < pod.count(); copy++) all.add(pod.name());
            names.add(all);
        }
        List<Assignment> assignments = new ArrayList<>();
        int index = 0;
        for (NodeState node : layout.nodes()) {
            Place place = node.name().<Place>map(Place.Running::new).orElse(null);
            if (place == null) place = new Place.Added(index++);
            for (NodeState.Placed one : node.placed()) {
                assignments.add(new Assignment(
                        names.get(one.kind().index()).removeFirst(),
                        place,
                        Arrays.stream(one.devices()).boxed().toList(),
                        one.kind().shareMilli() > 0));
            }
        }
        assignments.sort(Comparator.comparing(Assignment::pod));
        return assignments;
    }
}
