package io.trimtab.recommend.nodes;

import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.Resources;
import io.trimtab.ingest.model.CapacityType;
import io.trimtab.ingest.model.Node;
import io.trimtab.recommend.NodeReason;
import io.trimtab.recommend.nodes.NodePlan.ShapeCount;
import io.trimtab.recommend.nodes.PackingProblem.Objective;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;

/** Counts the nodes that would carry the pods, shape by shape: the {@link Packer} puts each pool's pods onto empty nodes of their own pool's shape. */
public final class NodePlanner {
    /** For each shape: a small part of a cycle. */
    private static final long WORK = PackingProblem.WORK_PER_SECOND / 20;

    private NodePlanner() {}

    /**
     * A pod that needs a place.
     *
     * @param node where it runs now; its shape is the one that it keeps
     * @param daemon runs once on every node instead
     */
    public record Load(String name, Resources requested, Optional<String> node, boolean daemon) {}

    private record Shape(String instanceType, CapacityType capacityType) {}

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
            BigDecimal each = price.apply(node);
            Packing packing = packed(shapeLoads, shape(node, daemons, daemonPods, each));
            // A pod larger than an empty node of its shape still needs a node: the one that it runs on shows that it
            // fits there.
            int tooLarge = packing.unplaced().stream()
                    .mapToInt(Packing.Unplaced::count)
                    .sum();
            int needed = packing.nodeCount() + tooLarge;
            bound += packing.lowerBound().nodes() + tooLarge;
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

    private static Packing packed(List<Load> loads, NodeShape shape) {
        Map<Resources, Integer> copies = new TreeMap<>(Comparator.comparing(Resources::cpu)
                .thenComparing(Resources::memory)
                .thenComparing(Resources::gpu));
        loads.forEach(load -> copies.merge(wholeDevices(load.requested()), 1, Integer::sum));
        List<PodGroup> pods = new ArrayList<>();
        copies.forEach((requested, count) -> pods.add(PodGroup.plain("pods " + pods.size(), count, requested)));
        return Packer.pack(new PackingProblem(pods, List.of(), List.of(shape), Objective.NODES, WORK));
    }

    /** More than one device is a whole number of them. */
    private static Resources wholeDevices(Resources requested) {
        long gpuMilli = requested.gpu().value();
        if (gpuMilli <= PodGroup.DEVICE_MILLI) return requested;
        long devices = Math.ceilDiv(gpuMilli, PodGroup.DEVICE_MILLI);
        return new Resources(requested.cpu(), requested.memory(), new GpuMilli(devices * PodGroup.DEVICE_MILLI));
    }

    private static NodeShape shape(Node node, Resources daemons, int daemonPods, BigDecimal price) {
        int gpus = Math.toIntExact(node.allocatable().gpu().value() / PodGroup.DEVICE_MILLI);
        return new NodeShape(
                node.instanceType(),
                node.allocatable().cpu(),
                node.allocatable().memory(),
                new NodeShape.Devices(gpus, Optional.empty(), 1),
                Math.max(0, node.maxPods() - daemonPods),
                daemons.cpu(),
                daemons.memory(),
                Optional.empty(),
                Offer.onDemand(price),
                OptionalInt.empty());
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
