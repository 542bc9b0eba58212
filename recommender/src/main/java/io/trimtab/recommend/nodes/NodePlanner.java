package io.trimtab.recommend.nodes;

import io.trimtab.cost.units.Resources;
import io.trimtab.ingest.model.CapacityType;
import io.trimtab.ingest.model.Node;
import io.trimtab.recommend.NodeReason;
import io.trimtab.recommend.nodes.NodePlan.ShapeCount;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Counts the nodes that would carry the pods, shape by shape: pods by falling size onto the first node with room (first-fit decreasing), each pool's pods onto
 * nodes of their own pool's shape, and beside it the bound that no packing can beat.
 */
public final class NodePlanner {
    private NodePlanner() {}

    /**
     * A pod that needs a place.
     *
     * @param node where it runs now; its shape is the one that it keeps
     * @param daemon runs once on every node instead
     */
    public record Load(String name, Resources requested, Optional<String> node, boolean daemon) {}

    private record Shape(String instanceType, CapacityType capacityType) {}

    /** The room that is left on one planned node. */
    private static final class Bin {
        private Resources room;
        private int podsLeft;

        Bin(Resources room, int podsLeft) {
            this.room = room;
            this.podsLeft = podsLeft;
        }

        boolean takes(Resources requested) {
            if (podsLeft == 0 || !requested.fitsIn(room)) return false;
            room = room.minusOrZero(requested);
            podsLeft--;
            return true;
        }
    }

    /** @param price of a node in USD per hour */
    public static NodePlan plan(List<Node> nodes, List<Load> loads, Function<Node, BigDecimal> price) {
        Map<String, Shape> shapeOf = new HashMap<>();
        Map<Shape, Node> example =
                new TreeMap<>(Comparator.comparing(Shape::instanceType).thenComparing(Shape::capacityType));
        Map<Shape, Integer> now = new HashMap<>();
        BigDecimal hourlyNow = BigDecimal.ZERO;
        for (Node node : nodes) {
            Shape shape = new Shape(node.instanceType(), node.capacityType());
            shapeOf.put(node.name(), shape);
            example.putIfAbsent(shape, node);
            now.merge(shape, 1, Integer::sum);
            hourlyNow = hourlyNow.add(price.apply(node));
        }
        Resources daemons = daemonShare(nodes, loads);
        int daemonPods = daemonPods(nodes, loads);
        Map<Shape, List<Load>> byShape = new HashMap<>();
        List<String> unplaced = new ArrayList<>();
        List<NodeReason> reasons = new ArrayList<>();
        for (Load load : loads) {
            if (load.daemon()) continue;
            Optional<Shape> shape = load.node().map(shapeOf::get).or(() -> firstThatFits(example, load, daemons));
            if (shape.isPresent())
                byShape.computeIfAbsent(shape.get(), key -> new ArrayList<>()).add(load);
            else {
                unplaced.add(load.name());
                reasons.add(new NodeReason.NoShapeFits(load.name(), load.requested(), NodeReason.Obstacle.COMBINATION));
            }
        }
        List<ShapeCount> counts = new ArrayList<>();
        BigDecimal hourlyNeeded = BigDecimal.ZERO;
        int bound = 0;
        for (var entry : example.entrySet()) {
            Node node = entry.getValue();
            List<Load> shapeLoads = byShape.getOrDefault(entry.getKey(), List.of());
            Resources room = node.allocatable().minusOrZero(daemons);
            int podRoom = Math.max(0, node.maxPods() - daemonPods);
            int needed = firstFitDecreasing(shapeLoads, room, podRoom);
            bound += bound(shapeLoads, room, podRoom);
            BigDecimal each = price.apply(node);
            hourlyNeeded = hourlyNeeded.add(each.multiply(BigDecimal.valueOf(needed)));
            counts.add(new ShapeCount(
                    entry.getKey().instanceType(),
                    entry.getKey().capacityType(),
                    now.getOrDefault(entry.getKey(), 0),
                    needed,
                    each));
        }
        int needed = counts.stream().mapToInt(ShapeCount::needed).sum();
        double gap = bound == 0 ? 0 : (double) (needed - bound) / bound;
        reasons.addFirst(new NodeReason.Packed(needed, bound, gap));
        return new NodePlan(counts, hourlyNow, hourlyNeeded, bound, gap, unplaced, reasons);
    }

    /** A pod larger than an empty node of its shape still needs a node: the one that it runs on shows that it fits there. */
    private static int firstFitDecreasing(List<Load> loads, Resources room, int podRoom) {
        List<Load> sorted = loads.stream()
                .sorted(Comparator.comparingDouble((Load load) -> size(load.requested(), room))
                        .reversed()
                        .thenComparing(Load::name))
                .toList();
        List<Bin> bins = new ArrayList<>();
        for (Load load : sorted) {
            boolean placed = bins.stream().anyMatch(bin -> bin.takes(load.requested()));
            if (placed) continue;
            Bin bin = new Bin(room, podRoom);
            if (!bin.takes(load.requested())) bin = new Bin(Resources.ZERO, 0);
            bins.add(bin);
        }
        return bins.size();
    }

    private static int bound(List<Load> loads, Resources room, int podRoom) {
        Resources sum = loads.stream().map(Load::requested).reduce(Resources.ZERO, Resources::plus);
        int bound = loads.isEmpty() ? 0 : 1;
        bound = Math.max(bound, nodesFor(sum.cpu().value(), room.cpu().value()));
        bound = Math.max(bound, nodesFor(sum.memory().value(), room.memory().value()));
        bound = Math.max(bound, nodesFor(sum.gpu().value(), room.gpu().value()));
        return Math.max(bound, nodesFor(loads.size(), podRoom));
    }

    private static int nodesFor(long sum, long room) {
        return room == 0 ? 0 : Math.toIntExact(Math.ceilDiv(sum, room));
    }

    /** The largest share of any resource. */
    private static double size(Resources requested, Resources room) {
        double cpu = share(requested.cpu().value(), room.cpu().value());
        double memory = share(requested.memory().value(), room.memory().value());
        return Math.max(
                Math.max(cpu, memory), share(requested.gpu().value(), room.gpu().value()));
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }

    private static Optional<Shape> firstThatFits(Map<Shape, Node> shapes, Load load, Resources daemons) {
        return shapes.entrySet().stream()
                .filter(entry ->
                        load.requested().fitsIn(entry.getValue().allocatable().minusOrZero(daemons)))
                .min(Comparator.comparing((Map.Entry<Shape, Node> entry) ->
                                entry.getValue().allocatable().cpu())
                        .thenComparing(entry -> entry.getKey().instanceType()))
                .map(Map.Entry::getKey);
    }

    /** What the daemons take of each node, on average, rounded up. */
    private static Resources daemonShare(List<Node> nodes, List<Load> loads) {
        if (nodes.isEmpty()) return Resources.ZERO;
        Resources sum =
                loads.stream().filter(Load::daemon).map(Load::requested).reduce(Resources.ZERO, Resources::plus);
        double part = 1.0 / nodes.size();
        return new Resources(
                sum.cpu().times(part), sum.memory().times(part), sum.gpu().times(part));
    }

    private static int daemonPods(List<Node> nodes, List<Load> loads) {
        if (nodes.isEmpty()) return 0;
        return (int) Math.ceilDiv(loads.stream().filter(Load::daemon).count(), nodes.size());
    }
}
