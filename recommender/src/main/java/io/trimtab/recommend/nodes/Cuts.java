package io.trimtab.recommend.nodes;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/**
 * What any packing of the placed copies must have: for each cut, the added nodes' capacities, each as often as it is added, sum to at least the demand.
 * A cut measures copies and nodes by a function that never gains when amounts are joined (the amount itself, or how many whole steps it holds), so that what lies
 * on a node measures no more than the node. The steps are chosen from the shapes, so more pods never mean weaker cuts.
 *
 * @see "Lueker: Bin packing with items uniformly distributed over intervals, 1983; Fekete, Schepers: New classes of fast lower bounds for bin packing, 2001"
 */
final class Cuts {
    /** Steps that part a node into 2, 3 … this many. */
    private static final int MOST_PARTS = 12;
    /** Beyond this many shapes only each resource's whole steps of the largest count, to bound the work. */
    private static final int MOST_STEPS = 400;

    /** Demand on the shapes: {@code capacities} by machine; all at least 0. */
    record Cut(double[] capacities, double demand) {}

    private final Instance instance;
    private final int[] placed;
    private final List<Cut> cuts = new ArrayList<>();

    private Cuts(Instance instance, int[] placed) {
        this.instance = instance;
        this.placed = placed;
    }

    /** @param placed copies of each kind */
    static List<Cut> of(Instance instance, int[] placed) {
        var all = new Cuts(instance, placed);
        all.volumes();
        all.steps();
        all.apart();
        return all.cuts;
    }

    /** The shapes that may be added for a kind. */
    private BitSet homes(PodKind kind) {
        BitSet homes = new BitSet();
        for (Machine machine : instance.machines())
            if (machine.max() > 0 && kind.fits()[machine.index()]) homes.set(machine.index());
        return homes;
    }

    /** For each set of shapes: what only they can carry, in every resource. */
    private void volumes() {
        Map<BitSet, List<PodKind>> byHomes = new LinkedHashMap<>();
        for (PodKind kind : instance.kinds())
            if (placed[kind.index()] > 0)
                byHomes.computeIfAbsent(homes(kind), key -> new ArrayList<>()).add(kind);
        BitSet all = new BitSet();
        byHomes.keySet().forEach(all::or);
        byHomes.computeIfAbsent(all, key -> new ArrayList<>());
        for (BitSet homes : byHomes.keySet()) {
            List<PodKind> inside = new ArrayList<>();
            byHomes.forEach((others, kinds) -> {
                BitSet outside = (BitSet) others.clone();
                outside.andNot(homes);
                if (outside.isEmpty()) inside.addAll(kinds);
            });
            cut(inside, PodKind::cpuMilli, Machine::cpuMilli, NodeState::cpuMilli);
            cut(inside, PodKind::memoryBytes, Machine::memoryBytes, NodeState::memoryBytes);
            cut(inside, PodKind::gpuMilli, machine -> machine.devices() * PodGroup.DEVICE_MILLI, NodeState::gpuMilli);
            cut(inside, kind -> 1, machine -> machine.shape().pods(), NodeState::podsLeft);
        }
    }

    private void steps() {
        List<PodKind> kinds = instance.kinds();
        for (long step : stepsOf(Machine::cpuMilli))
            cut(
                    kinds,
                    kind -> kind.cpuMilli() / step,
                    machine -> machine.cpuMilli() / step,
                    node -> node.cpuMilli() / step);
        for (long step : stepsOf(Machine::memoryBytes))
            cut(
                    kinds,
                    kind -> kind.memoryBytes() / step,
                    machine -> machine.memoryBytes() / step,
                    node -> node.memoryBytes() / step);
        for (int parts = 2; parts <= MOST_PARTS; parts++) {
            long step = step(PodGroup.DEVICE_MILLI, parts);
            long perDevice = PodGroup.DEVICE_MILLI / step;
            cut(
                    kinds,
                    kind -> kind.devices() * perDevice + kind.shareMilli() / step,
                    machine -> machine.devices() * perDevice,
                    node -> devicesInSteps(node, step));
        }
    }

    private static long devicesInSteps(NodeState node, long step) {
        long sum = 0;
        for (int device = 0; device < node.machine().devices(); device++) sum += node.deviceMilli(device) / step;
        return sum;
    }

    /** Just more than one part of a node: as many as one fewer of them fit. */
    private static long step(long whole, int parts) {
        return whole / parts + 1;
    }

    private List<Long> stepsOf(ToLongFunction<Machine> capacity) {
        TreeSet<Long> wholes = new TreeSet<>();
        instance.machines().forEach(machine -> wholes.add(capacity.applyAsLong(machine)));
        int mostParts = Math.clamp(MOST_STEPS / Math.max(1, wholes.size()), 2, MOST_PARTS);
        TreeSet<Long> steps = new TreeSet<>();
        for (long whole : wholes) for (int parts = 2; parts <= mostParts; parts++) steps.add(step(whole, parts));
        return List.copyOf(steps);
    }

    /** Copies that exclude each other from a node need a node each. */
    private void apart() {
        Map<Integer, List<PodKind>> byPort = new LinkedHashMap<>();
        for (PodKind kind : instance.kinds()) {
            boolean alone = kind.perNode() == 1 && !kind.levels();
            if (alone) cut(List.of(kind), copy -> 1, machine -> 1, node -> node.copies(kind) > 0 ? 0 : 1);
            if (kind.port() >= 0)
                byPort.computeIfAbsent(kind.port(), key -> new ArrayList<>()).add(kind);
        }
        byPort.forEach((port, kinds) -> cut(kinds, copy -> 1, machine -> 1, node -> node.hasPort(port) ? 0 : 1));
    }

    /** The demand of these kinds, less what running nodes that could carry one of them have left, on the shapes that could. */
    private void cut(
            List<PodKind> kinds,
            ToLongFunction<PodKind> measure,
            ToLongFunction<Machine> capacity,
            ToLongFunction<NodeState> room) {
        boolean[] useful = new boolean[instance.machines().size()];
        double demand = 0;
        for (PodKind kind : kinds) {
            if (placed[kind.index()] == 0) continue;
            demand += (double) placed[kind.index()] * measure.applyAsLong(kind);
            for (int machine = 0; machine < useful.length; machine++) useful[machine] |= kind.fits()[machine];
        }
        for (NodeState node : instance.running())
            if (useful[node.machine().index()]) demand -= (double) room.applyAsLong(node);
        if (demand <= 0) return;
        double[] capacities = new double[useful.length];
        double largest = 0;
        for (Machine machine : instance.machines()) {
            if (!useful[machine.index()] || machine.max() == 0) continue;
            capacities[machine.index()] = (double) capacity.applyAsLong(machine);
            largest = Math.max(largest, capacities[machine.index()]);
        }
        if (largest == 0) return;
        for (int machine = 0; machine < useful.length; machine++) capacities[machine] /= largest;
        cuts.add(new Cut(capacities, demand / largest));
    }
}
