package io.trimtab.recommend.nodes;

import io.trimtab.recommend.nodes.PackingProblem.Objective;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A problem in numbers.
 *
 * @param kinds higher priority first, then larger, then by name: the order in which copies have a right to a place
 * @param catalogue the machines that are worth adding, the least worth first
 * @param running the nodes that exist, with what runs on them
 */
record Instance(
        List<Machine> machines,
        List<Machine> catalogue,
        List<PodKind> kinds,
        List<NodeState> running,
        int zones,
        Objective objective) {

    /** @throws IllegalArgumentException if a running node has an unknown shape or holds more than it can */
    static Instance of(PackingProblem problem) {
        List<String> zones = List.copyOf(problem.shapes().stream()
                .flatMap(shape -> shape.zone().stream())
                .collect(Collectors.toCollection(TreeSet::new)));
        List<Machine> machines = new ArrayList<>();
        for (NodeShape shape : problem.shapes()) {
            int zone = shape.zone().map(zones::indexOf).orElse(-1);
            machines.add(Machine.of(machines.size(), shape, zone, problem.objective()));
        }
        List<PodKind> kinds = kinds(problem.pods(), machines);
        List<NodeState> running = new ArrayList<>();
        for (RunningNode node : problem.nodes()) running.add(state(node, machines, kinds));
        List<Machine> catalogue = Catalogue.of(machines, kinds, List.of(Machine::worth, Machine::expectedCost)).stream()
                .sorted(Comparator.comparingDouble(Machine::worth)
                        .thenComparingDouble(Machine::expectedCost)
                        .thenComparingInt(Machine::index))
                .toList();
        return new Instance(machines, catalogue, kinds, running, zones.size(), problem.objective());
    }

    private static List<PodKind> kinds(List<PodGroup> pods, List<Machine> machines) {
        Map<PodGroup.Likeness, List<PodGroup>> alike =
                pods.stream().filter(pod -> pod.count() > 0).collect(Collectors.groupingBy(PodGroup::likeness));
        Largest largest = Largest.of(machines);
        List<List<PodGroup>> ordered = alike.values().stream()
                .sorted(Comparator.comparingInt(
                                (List<PodGroup> members) -> -members.getFirst().priority())
                        .thenComparingDouble(members -> -largest.share(members.getFirst()))
                        .thenComparing(members -> members.getFirst().name()))
                .toList();
        List<PodKind> kinds = new ArrayList<>();
        for (List<PodGroup> members : ordered) {
            PodGroup pod = members.getFirst();
            boolean[] fits = new boolean[machines.size()];
            for (Machine machine : machines) fits[machine.index()] = carries(machine, pod);
            kinds.add(PodKind.of(kinds.size(), members, fits, largest.share(pod)));
        }
        return kinds;
    }

    private static boolean carries(Machine machine, PodGroup pod) {
        boolean needsZone = pod.spread()
                .filter(spread -> spread instanceof Spread.Topology topology && topology.domain() == Spread.Domain.ZONE)
                .isPresent();
        return machine.carries(pod) && (machine.zone() >= 0 || !needsZone);
    }

    private static NodeState state(RunningNode node, List<Machine> machines, List<PodKind> kinds) {
        Optional<Machine> machine = machines.stream()
                .filter(candidate -> candidate.shape().name().equals(node.shape()))
                .findFirst();
        if (machine.isEmpty())
            throw new IllegalArgumentException(
                    "node %s has the shape %s, which is not among the shapes".formatted(node.name(), node.shape()));
        Map<String, PodKind> spreading = new TreeMap<>();
        kinds.stream()
                .filter(kind -> kind.example().spread().isPresent())
                .forEach(kind -> spreading.put(kind.example().name(), kind));
        return NodeState.running(node, machine.get(), spreading);
    }

    /** The most that any empty node has. */
    private record Largest(double cpuMilli, double memoryBytes, double devices, double pods) {
        static Largest of(List<Machine> machines) {
            return new Largest(
                    machines.stream().mapToLong(Machine::cpuMilli).max().orElse(0),
                    machines.stream().mapToLong(Machine::memoryBytes).max().orElse(0),
                    machines.stream().mapToInt(Machine::devices).max().orElse(0),
                    machines.stream()
                            .mapToInt(machine -> machine.shape().pods())
                            .max()
                            .orElse(0));
        }

        double share(PodGroup pod) {
            double cpu = part((double) pod.requested().cpu().value(), cpuMilli);
            double memory = part((double) pod.requested().memory().value(), memoryBytes);
            double gpu = part(pod.requested().gpu().gpus().doubleValue(), devices);
            return Math.max(Math.max(cpu, memory), Math.max(gpu, part(1, pods)));
        }

        private static double part(double amount, double most) {
            return amount == 0 ? 0 : most == 0 ? Double.MAX_VALUE : amount / most;
        }
    }
}
