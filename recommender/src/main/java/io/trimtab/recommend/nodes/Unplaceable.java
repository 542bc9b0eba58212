package io.trimtab.recommend.nodes;

import io.trimtab.recommend.NodeReason;
import io.trimtab.recommend.NodeReason.Obstacle;
import io.trimtab.recommend.nodes.Packing.Unplaced;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Says of each copy without a place what keeps it out. */
final class Unplaceable {
    private Unplaceable() {}

    static List<Unplaced> of(Layout layout) {
        List<Unplaced> unplaced = new ArrayList<>();
        for (PodKind kind : layout.instance().kinds()) {
            int waiting = layout.waiting(kind);
            // Places went to the pods by name, so it is the last names that have none.
            for (PodGroup pod : kind.members().reversed()) {
                int copies = Math.min(waiting, pod.count());
                waiting -= copies;
                if (copies > 0) unplaced.add(new Unplaced(pod.name(), copies, reason(layout, kind, pod, copies)));
            }
        }
        unplaced.sort(Comparator.comparing(Unplaced::pod));
        return unplaced;
    }

    private static NodeReason reason(Layout layout, PodKind kind, PodGroup pod, int copies) {
        boolean fitsSomewhere = layout.instance().machines().stream()
                .anyMatch(machine -> kind.fits()[machine.index()] && isThere(layout, machine));
        if (!fitsSomewhere) return new NodeReason.NoShapeFits(pod.name(), pod.requested(), obstacle(layout, pod));
        boolean zoneHolds = kind.maxSkew() > 0
                && (layout.nodes().stream().anyMatch(node -> node.takes(kind))
                        || layout.instance().machines().stream()
                                .anyMatch(machine -> kind.fits()[machine.index()] && layout.mayAdd(machine)));
        return zoneHolds
                ? new NodeReason.SpreadBlocks(pod.name(), copies, kind.maxSkew())
                : new NodeReason.ShapesExhausted(pod.name(), copies);
    }

    private static boolean isThere(Layout layout, Machine machine) {
        return machine.max() > 0
                || layout.instance().running().stream()
                        .anyMatch(node -> node.machine().index() == machine.index());
    }

    private static Obstacle obstacle(Layout layout, PodGroup pod) {
        List<Machine> machines = layout.instance().machines().stream()
                .filter(machine -> isThere(layout, machine))
                .toList();
        if (machines.isEmpty()) return Obstacle.NO_SHAPES;
        if (machines.stream()
                .allMatch(machine -> machine.cpuMilli() < pod.requested().cpu().value())) return Obstacle.CPU;
        if (machines.stream()
                .allMatch(machine ->
                        machine.memoryBytes() < pod.requested().memory().value())) return Obstacle.MEMORY;
        int devices = pod.wantsShare() ? 1 : pod.wholeDevices();
        if (machines.stream().allMatch(machine -> machine.devices() < devices)) return Obstacle.GPU;
        boolean noModel = !pod.gpuModels().isEmpty()
                && machines.stream()
                        .noneMatch(machine -> machine.shape()
                                .devices()
                                .model()
                                .filter(pod.gpuModels()::contains)
                                .isPresent());
        if (noModel) return Obstacle.GPU_MODEL;
        return machines.stream().anyMatch(machine -> machine.carries(pod)) ? Obstacle.ZONE : Obstacle.COMBINATION;
    }
}
