package io.trimtab.recommend.nodes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Leaves out what need not be looked at further: parts of contents that are worth no more than others which leave no less room. */
final class Dominance {
    private static final Comparator<BeamSearch.Part> ORDER = Comparator.comparingDouble(
                    (BeamSearch.Part part) -> -part.worth())
            .thenComparingLong(part -> -part.cpuMilli())
            .thenComparingLong(part -> -part.memoryBytes());

    /** Of CPU and memory left: the more of one, the less of the other. */
    private final Map<Room, TreeMap<Long, Long>> seen = new HashMap<>();

    private final boolean podsMatter;

    /** What must be the same for two parts to be compared. */
    private record Room(int emptyDevices, List<Integer> openMilli, long ports, int pods) {}

    private Dominance(boolean podsMatter) {
        this.podsMatter = podsMatter;
    }

    /**
     * @param parts that have chosen of the same copies
     * @param podsMatter whether a node can be full of pods before it is full of anything else
     */
    static List<BeamSearch.Part> undominated(List<BeamSearch.Part> parts, boolean podsMatter) {
        var dominance = new Dominance(podsMatter);
        List<BeamSearch.Part> sorted = new ArrayList<>(parts);
        sorted.sort(ORDER);
        sorted.removeIf(dominance::isDominated);
        return sorted;
    }

    private boolean isDominated(BeamSearch.Part part) {
        List<Integer> open = Arrays.stream(part.openMilli()).sorted().boxed().toList();
        var room = new Room(part.emptyDevices(), open, part.ports(), podsMatter ? part.pods() : 0);
        TreeMap<Long, Long> left = seen.computeIfAbsent(room, key -> new TreeMap<>());
        Map.Entry<Long, Long> more = left.ceilingEntry(part.cpuMilli());
        if (more != null && more.getValue() >= part.memoryBytes()) return true;
        Map.Entry<Long, Long> less = left.floorEntry(part.cpuMilli());
        while (less != null && less.getValue() <= part.memoryBytes()) {
            left.remove(less.getKey());
            less = left.floorEntry(part.cpuMilli());
        }
        left.put(part.cpuMilli(), part.memoryBytes());
        return false;
    }
}
