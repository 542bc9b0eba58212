package io.trimtab.recommend.consolidation.simulation;

import io.trimtab.cost.units.Resources;
import io.trimtab.recommend.consolidation.ClusterNode;
import io.trimtab.recommend.consolidation.ConsolidationPlan;
import io.trimtab.recommend.consolidation.ConsolidationPlan.Move;
import io.trimtab.recommend.consolidation.ConsolidationPlan.Removal;
import io.trimtab.recommend.consolidation.NodePod;
import io.trimtab.recommend.nodes.NodeShape;
import io.trimtab.recommend.nodes.Packer;
import io.trimtab.recommend.nodes.Packing;
import io.trimtab.recommend.nodes.Packing.AddedNodes;
import io.trimtab.recommend.nodes.Packing.Place;
import io.trimtab.recommend.nodes.PackingProblem;
import io.trimtab.recommend.nodes.PackingProblem.Objective;
import io.trimtab.recommend.nodes.PodGroup;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The nodes of a simulated week and what runs on them. */
final class Fleet {
    /** For one of the packings from scratch. */
    private static final long WORK = PackingProblem.WORK_PER_SECOND / 20;

    /** A node. */
    private static final class Machine {
        private final String name;
        private final NodeShape shape;
        private Resources free;
        private final Map<String, Running> pods = new LinkedHashMap<>();

        Machine(String name, NodeShape shape) {
            this.name = name;
            this.shape = shape;
            free = new Resources(
                    shape.cpu().minusOrZero(shape.daemonCpu()),
                    shape.memory().minusOrZero(shape.daemonMemory()),
                    Resources.ZERO.gpu());
        }

        boolean takes(Service service) {
            return pods.size() < shape.pods() && service.requested().fitsIn(free);
        }

        long copies(Service service) {
            return pods.values().stream()
                    .filter(pod -> pod.service().name().equals(service.name()))
                    .count();
        }

        void put(String name, Running pod) {
            pods.put(name, pod);
            free = free.minusOrZero(pod.service().requested());
        }

        Running take(String name) {
            Running pod = Objects.requireNonNull(pods.remove(name), name);
            free = free.plus(pod.service().requested());
            return pod;
        }
    }

    private record Running(Service service, int copy, Instant since) {}

    private final List<NodeShape> shapes;
    private final Map<String, Machine> machines = new LinkedHashMap<>();
    private final Map<String, Machine> homes = new HashMap<>();
    private final Map<String, Deque<Integer>> copies = new HashMap<>();
    private int named;
    private int started;

    /** @param nodes to begin with */
    Fleet(List<NodeShape> shapes, int nodes) {
        this.shapes = shapes;
        for (int i = 0; i < nodes; i++) grow();
    }

    double pricePerHour() {
        return machines.values().stream()
                .mapToDouble(machine -> machine.shape.offer().paid().doubleValue())
                .sum();
    }

    /** The newest go first. */
    void scale(Service service, int wanted, Instant now) {
        Deque<Integer> running = copies.computeIfAbsent(service.name(), key -> new ArrayDeque<>());
        while (running.size() > wanted) {
            String pod = pod(service, running.removeLast());
            Objects.requireNonNull(homes.remove(pod), pod).take(pod);
        }
        while (running.size() < wanted) {
            running.addLast(started);
            start(new Running(service, started++, now));
        }
    }

    private static String pod(Service service, int copy) {
        return "%s-%d".formatted(service.name(), copy);
    }

    /** As the scheduler does by default: to the node with the fewest of its kind, of these to the one with the most room. */
    private void start(Running pod) {
        Machine machine = machines.values().stream()
                .filter(one -> one.takes(pod.service()))
                .min(Comparator.comparingLong((Machine one) -> one.copies(pod.service()))
                        .thenComparingLong(one ->
                                -one.free.cpu().value() * 1000 / one.shape.cpu().value()))
                .orElseGet(this::grow);
        put(machine, pod);
    }

    private void put(Machine machine, Running pod) {
        String name = pod(pod.service(), pod.copy());
        machine.put(name, pod);
        homes.put(name, machine);
    }

    /** One of 8 cores, family after family. */
    private Machine grow() {
        List<NodeShape> usual =
                shapes.stream().filter(shape -> shape.cpu().value() == 8000).toList();
        return add(usual.get(named % usual.size()));
    }

    private Machine add(NodeShape shape) {
        Machine machine = new Machine("node-%05d".formatted(named++), shape);
        machines.put(machine.name, machine);
        return machine;
    }

    List<ClusterNode> nodes(Instant now) {
        List<ClusterNode> nodes = new ArrayList<>();
        for (Machine machine : machines.values()) {
            List<NodePod> pods = machine.pods.values().stream()
                    .map(pod -> pod.service().pod(pod.copy(), Optional.of(Duration.between(pod.since(), now))))
                    .toList();
            nodes.add(Machines.node(machine.name, machine.shape, pods));
        }
        return nodes;
    }

    void apply(ConsolidationPlan plan, Instant now) {
        List<Machine> added = new ArrayList<>();
        for (AddedNodes group : plan.add()) {
            NodeShape shape = shapes.stream()
                    .filter(one -> one.name().equals(group.shape()))
                    .findFirst()
                    .orElseThrow();
            for (int i = 0; i < group.count(); i++) added.add(add(shape));
        }
        for (Removal removal : plan.remove()) {
            Machine from = Objects.requireNonNull(machines.remove(removal.node()));
            for (Move move : removal.moves()) {
                Running pod = from.take(move.pod());
                Machine to = switch (move.to()) {
                    case Place.Added(int index) -> added.get(index);
                    case Place.Running(String name) -> Objects.requireNonNull(machines.get(name));
                };
                put(to, new Running(pod.service(), pod.copy(), now));
            }
        }
    }

    /**
     * Everything that may move is packed anew at least cost; a node of the packing is one that runs, where that is of its shape and has most of its pods.
     *
     * @return how many pods that moves
     */
    int repack() {
        Map<String, Running> loose = new LinkedHashMap<>();
        List<Machine> free = new ArrayList<>();
        for (Machine machine : machines.values()) {
            if (machine.pods.values().stream().anyMatch(Fleet::isHeld)) continue;
            free.add(machine);
            loose.putAll(machine.pods);
        }
        Packing packing = Packer.pack(new PackingProblem(
                loose.entrySet().stream()
                        .map(one -> PodGroup.plain(
                                one.getKey(), 1, one.getValue().service().requested()))
                        .toList(),
                List.of(),
                shapes,
                Objective.COST,
                WORK));
        free.forEach(machine -> machines.remove(machine.name));
        return place(packing, loose, free);
    }

    private static boolean isHeld(Running pod) {
        return pod.service().held() || pod.service().allowed() == 0;
    }

    private int place(Packing packing, Map<String, Running> loose, List<Machine> before) {
        List<NodeShape> order = new ArrayList<>();
        for (AddedNodes group : packing.added())
            for (int i = 0; i < group.count(); i++)
                order.add(shapes.stream()
                        .filter(one -> one.name().equals(group.shape()))
                        .findFirst()
                        .orElseThrow());
        Map<Integer, List<String>> contents = new HashMap<>();
        for (Packing.Assignment one : packing.assignments())
            if (one.place() instanceof Place.Added(int index))
                contents.computeIfAbsent(index, key -> new ArrayList<>()).add(one.pod());
        int moved = 0;
        Set<Machine> taken = new HashSet<>();
        for (int index = 0; index < order.size(); index++) {
            List<String> pods = contents.getOrDefault(index, List.of());
            NodeShape shape = order.get(index);
            Machine like = before.stream()
                    .filter(machine -> machine.shape.name().equals(shape.name()) && !taken.contains(machine))
                    .max(Comparator.comparingLong(machine ->
                            pods.stream().filter(machine.pods::containsKey).count()))
                    .orElse(null);
            if (like != null) taken.add(like);
            Machine machine = add(shape);
            for (String pod : pods) {
                if (like == null || !like.pods.containsKey(pod)) moved++;
                put(machine, Objects.requireNonNull(loose.get(pod)));
            }
        }
        return moved;
    }
}
