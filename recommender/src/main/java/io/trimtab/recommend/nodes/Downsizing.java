package io.trimtab.recommend.nodes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Gives each added node the cheapest shape that carries what lies on it. */
final class Downsizing {
    private Downsizing() {}

    static void apply(Layout layout) {
        for (int index = layout.runningNodes(); index < layout.nodes().size(); index++) {
            NodeState node = layout.nodes().get(index);
            Optional<NodeState> cheaper = layout.instance().catalogue().stream()
                    .filter(machine ->
                            isBetter(machine, node.machine()) && layout.mayAdd(machine) && holds(machine, node))
                    .flatMap(machine -> moved(node, machine).stream())
                    .findFirst();
            if (cheaper.isPresent()) layout.exchange(index, cheaper.get());
        }
    }

    private static boolean isBetter(Machine machine, Machine than) {
        return machine.worth() < than.worth()
                || (machine.worth() == than.worth() && machine.expectedCost() < than.expectedCost());
    }

    /** Whether it has the room in sum. */
    private static boolean holds(Machine machine, NodeState node) {
        return machine.cpuMilli() >= node.machine().cpuMilli() - node.cpuMilli()
                && machine.memoryBytes() >= node.machine().memoryBytes() - node.memoryBytes()
                && machine.shape().pods() >= node.placed().size()
                && machine.devices() >= node.usedDevices();
    }

    /** The same copies on a node of another shape, if they fit. */
    private static Optional<NodeState> moved(NodeState node, Machine machine) {
        NodeState other = NodeState.empty(machine);
        // Larger parts of a device first, so that the parts lie as densely as they did.
        List<NodeState.Placed> contents = new ArrayList<>(node.placed());
        contents.sort(
                Comparator.comparingInt((NodeState.Placed one) -> -one.kind().gpuMilli()));
        for (NodeState.Placed one : contents) {
            boolean leavesZone =
                    one.kind().maxSkew() > 0 && machine.zone() != node.machine().zone();
            if (leavesZone || !other.takes(one.kind())) return Optional.empty();
            other.place(one.kind());
        }
        return Optional.of(other);
    }
}
