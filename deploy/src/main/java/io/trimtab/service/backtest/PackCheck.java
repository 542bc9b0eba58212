package io.trimtab.service.backtest;

import io.trimtab.recommend.nodes.NodeShape;
import io.trimtab.recommend.nodes.Packing;
import io.trimtab.recommend.nodes.PackingProblem;
import io.trimtab.recommend.nodes.PodGroup;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Adds up a packing onto new nodes by itself and holds it against its problem. */
final class PackCheck {
    private static final int DEVICE_MILLI = 1000;

    private PackCheck() {}

    /** What lies on one node. */
    private static final class Load {
        private final NodeShape shape;
        private final long[] devices;
        private long cpuMilli;
        private long memoryBytes;
        private int pods;

        Load(NodeShape shape) {
            this.shape = shape;
            devices = new long[shape.devices().advertised()];
        }

        boolean isOver() {
            boolean device = false;
            for (long milli : devices) device |= milli > DEVICE_MILLI;
            return device
                    || cpuMilli > shape.cpu().value()
                    || memoryBytes > shape.memory().value()
                    || pods > shape.pods()
                    || pods == 0;
        }
    }

    /** @return what is wrong, if something is */
    static Optional<String> fault(PackingProblem problem, Packing packing) {
        Map<String, NodeShape> shapes = new HashMap<>();
        problem.shapes().forEach(shape -> shapes.put(shape.name(), shape));
        List<Load> nodes = new ArrayList<>();
        BigDecimal cost = BigDecimal.ZERO;
        for (Packing.AddedNodes added : packing.added()) {
            NodeShape shape = shapes.get(added.shape());
            if (shape == null) return Optional.of("no shape " + added.shape());
            for (int i = 0; i < added.count(); i++) nodes.add(new Load(shape));
            cost = cost.add(shape.offer().price().multiply(BigDecimal.valueOf(added.count())));
        }
        Map<String, Integer> open = new HashMap<>();
        Map<String, PodGroup> pods = new HashMap<>();
        for (PodGroup pod : problem.pods()) {
            pods.put(pod.name(), pod);
            open.put(pod.name(), pod.count());
        }
        for (Packing.Unplaced unplaced : packing.unplaced()) {
            open.merge(unplaced.pod(), -unplaced.count(), Integer::sum);
            PodGroup pod = pods.get(unplaced.pod());
            if (pod == null || problem.shapes().stream().anyMatch(shape -> fits(pod, shape)))
                return Optional.of(unplaced.pod() + " fits a shape and has no place");
        }
        for (Packing.Assignment one : packing.assignments()) {
            PodGroup pod = pods.get(one.pod());
            boolean there = one.place() instanceof Packing.Place.Added(int index) && index < nodes.size();
            if (pod == null || !there) return Optional.of("no such pod or node: " + one);
            open.merge(one.pod(), -1, Integer::sum);
            Load node = nodes.get(((Packing.Place.Added) one.place()).index());
            if (!put(pod, one, node)) return Optional.of("wrong devices: " + one);
        }
        if (open.values().stream().anyMatch(count -> count != 0)) return Optional.of("not every pod once");
        if (nodes.stream().anyMatch(Load::isOver)) return Optional.of("a node is empty or holds more than it has");
        boolean sums =
                packing.nodeCount() == nodes.size() && packing.costPerHour().compareTo(cost) == 0;
        boolean bounds = packing.lowerBound().nodes() <= nodes.size()
                && packing.lowerBound().costPerHour().compareTo(cost) <= 0;
        return sums && bounds ? Optional.empty() : Optional.of("a sum is wrong, or a bound is above what was reached");
    }

    private static boolean put(PodGroup pod, Packing.Assignment one, Load node) {
        long gpuMilli = pod.requested().gpu().value();
        boolean share = gpuMilli > 0 && gpuMilli < DEVICE_MILLI;
        if (one.devices().size() != (share ? 1 : gpuMilli / DEVICE_MILLI)) return false;
        for (int device : one.devices()) {
            if (device < 0 || device >= node.devices.length) return false;
            node.devices[device] += share ? gpuMilli : DEVICE_MILLI;
        }
        node.cpuMilli += pod.requested().cpu().value();
        node.memoryBytes += pod.requested().memory().value();
        node.pods++;
        return true;
    }

    static boolean fits(PodGroup pod, NodeShape shape) {
        return pod.requested().cpu().value() <= shape.cpu().value()
                && pod.requested().memory().value() <= shape.memory().value()
                && pod.requested().gpu().value() <= (long) shape.devices().advertised() * DEVICE_MILLI;
    }
}
