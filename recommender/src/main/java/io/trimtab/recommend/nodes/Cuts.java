package io.trimtab.recommend.nodes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

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

    /** Beyond this many different sets of shapes that pods fit, only these and all pods together count, to bound the work. */
    private static final int MOST_HOMES = 64;

    /** Demand on the shapes: {@code capacities} by machine; all at least 0. */
    record Cut(double[] capacities, double demand) {}

    private final Instance instance;
    private final int[] placed;
    private final List<Cut> cuts = new ArrayList<>();

    /**
     * Copies that are measured together.
     *
     * @param copies of each kind, in the order of the kinds
     * @param carriers the machines that carry one of them
     */
    private record Group(List<PodKind> kinds, long[] copies, BitSet carriers) {}

    private Cuts(Instance instance, int[] placed) {
        this.instance = instance;
        this.placed = placed;
    }

    /** @param placed copies of each kind */
    static List<Cut> of(Instance instance, int[] placed) {
        var all = new Cuts(instance, placed);
        Group everything = all.group(instance.kinds());
        all.byHomes().forEach(all::together);
        all.together(everything);
        all.steps(everything);
        all.apart();
        all.zones();
        return all.cuts;
    }

    private Group group(List<PodKind> kinds) {
        List<PodKind> some =
                kinds.stream().filter(kind -> placed[kind.index()] > 0).toList();
        BitSet carriers = new BitSet();
        some.forEach(kind -> carriers.or(carriers(kind)));
        return new Group(
                some, some.stream().mapToLong(kind -> placed[kind.index()]).toArray(), carriers);
    }

    private static BitSet carriers(PodKind kind) {
        BitSet carriers = new BitSet();
        for (int machine = 0; machine < kind.fits().length; machine++) if (kind.fits()[machine]) carriers.set(machine);
        return carriers;
    }

    /** For each set of shapes that may be added for some kind: the kinds that only they can carry. */
    private List<Group> byHomes() {
        BitSet addable = new BitSet();
        instance.machines().stream()
                .filter(machine -> machine.max() > 0)
                .forEach(machine -> addable.set(machine.index()));
        Map<BitSet, List<PodKind>> byHomes = new LinkedHashMap<>();
        for (PodKind kind : instance.kinds()) {
            if (placed[kind.index()] == 0) continue;
            BitSet homes = carriers(kind);
            homes.and(addable);
            byHomes.computeIfAbsent(homes, key -> new ArrayList<>()).add(kind);
        }
        return byHomes.keySet().stream()
                .sorted(Comparator.comparingInt(BitSet::cardinality))
                .limit(MOST_HOMES)
                .map(homes -> group(byHomes.entrySet().stream()
                        .filter(other -> isWithin(other.getKey(), homes))
                        .flatMap(other -> other.getValue().stream())
                        .toList()))
                .toList();
    }

    private static boolean isWithin(BitSet part, BitSet whole) {
        BitSet outside = (BitSet) part.clone();
        outside.andNot(whole);
        return outside.isEmpty();
    }

    /** Every resource's sum, and devices in whole steps. */
    private void together(Group group) {
        cut(group, PodKind::cpuMilli, Machine::cpuMilli, NodeState::cpuMilli);
        cut(group, PodKind::memoryBytes, Machine::memoryBytes, NodeState::memoryBytes);
        cut(group, kind -> 1, machine -> machine.shape().pods(), NodeState::podsLeft);
        if (group.kinds().stream().allMatch(kind -> kind.gpuMilli() == 0)) return;
        cut(group, PodKind::gpuMilli, machine -> machine.devices() * PodGroup.DEVICE_MILLI, NodeState::gpuMilli);
        for (int parts = 1; parts <= MOST_PARTS; parts++) {
            long step = parts == 1 ? PodGroup.DEVICE_MILLI : step(PodGroup.DEVICE_MILLI, parts);
            long perDevice = PodGroup.DEVICE_MILLI / step;
            cut(
                    group,
                    kind -> kind.devices() * perDevice + kind.shareMilli() / step,
                    machine -> machine.devices() * perDevice,
                    node -> devicesInSteps(node, step));
        }
    }

    private void steps(Group group) {
        for (long step : stepsOf(Machine::cpuMilli))
            cut(
                    group,
                    kind -> kind.cpuMilli() / step,
                    machine -> machine.cpuMilli() / step,
                    node -> node.cpuMilli() / step);
        for (long step : stepsOf(Machine::memoryBytes))
            cut(
                    group,
                    kind -> kind.memoryBytes() / step,
                    machine -> machine.memoryBytes() / step,
                    node -> node.memoryBytes() / step);
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
            if (kind.limitedPerNode() && !kind.levels())
                cut(
                        group(List.of(kind)),
                        copy -> 1,
                        machine -> kind.perNode(),
                        node -> Math.max(0, kind.perNode() - node.copies(kind)));
            if (kind.port() >= 0)
                byPort.computeIfAbsent(kind.port(), key -> new ArrayList<>()).add(kind);
        }
        byPort.forEach((port, kinds) -> cut(group(kinds), copy -> 1, machine -> 1, node -> node.hasPort(port) ? 0 : 1));
    }

    /** The copies that the spread over zones asks of each zone. */
    private void zones() {
        for (int zone = 0; zone < instance.zones(); zone++) {
            BitSet inZone = new BitSet();
            for (Machine machine : instance.machines()) if (machine.zone() == zone) inZone.set(machine.index());
            List<PodKind> kinds = new ArrayList<>();
            BitSet carriers = new BitSet();
            for (PodKind kind : instance.kinds()) {
                if (leastInEachZone(kind) == 0 || !Layout.isDomain(instance, kind, zone)) continue;
                kinds.add(kind);
                carriers.or(carriers(kind));
            }
            carriers.and(inZone);
            if (kinds.isEmpty()) continue;
            together(new Group(
                    kinds, kinds.stream().mapToLong(this::leastInEachZone).toArray(), carriers));
            boolean someRun = instance.running().stream()
                    .anyMatch(node -> carriers.get(node.machine().index()));
            if (!someRun) add(carriers, machine -> 1, 1);
        }
    }

    /** Copies that every zone has at the least, if the kind spreads over zones and none of it runs yet. */
    private long leastInEachZone(PodKind kind) {
        boolean someRun = instance.running().stream().anyMatch(node -> node.copies(kind) > 0);
        if (kind.maxSkew() == 0 || someRun) return 0;
        long zones = IntStream.range(0, instance.zones())
                .filter(zone -> Layout.isDomain(instance, kind, zone))
                .count();
        // The fullest zones have at most the skew more than the emptiest.
        return Math.max(0, Math.ceilDiv(placed[kind.index()] - (zones - 1) * kind.maxSkew(), Math.max(1, zones)));
    }

    /** The demand of these copies, less what running nodes that could carry one of them have left, on the shapes that could. */
    private void cut(
            Group group,
            ToLongFunction<PodKind> measure,
            ToLongFunction<Machine> capacity,
            ToLongFunction<NodeState> room) {
        double demand = 0;
        for (int i = 0; i < group.copies().length; i++)
            demand += (double) group.copies()[i]
                    * measure.applyAsLong(group.kinds().get(i));
        for (NodeState node : instance.running())
            if (group.carriers().get(node.machine().index())) demand -= (double) room.applyAsLong(node);
        if (demand > 0) add(group.carriers(), capacity, demand);
    }

    /** Numbers relative to the largest shape, for the sake of rounding. */
    private void add(BitSet carriers, ToLongFunction<Machine> capacity, double demand) {
        double[] capacities = new double[instance.machines().size()];
        for (Machine machine : instance.machines())
            if (carriers.get(machine.index()) && machine.max() > 0)
                capacities[machine.index()] = (double) capacity.applyAsLong(machine);
        double largest = Arrays.stream(capacities).max().orElse(0);
        if (largest == 0) return;
        for (int machine = 0; machine < capacities.length; machine++) capacities[machine] /= largest;
        cuts.add(new Cut(capacities, demand / largest));
    }
}
