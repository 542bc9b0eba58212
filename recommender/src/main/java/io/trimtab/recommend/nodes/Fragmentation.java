package io.trimtab.recommend.nodes;

import io.trimtab.cost.units.Resources;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How much of a node's free GPUs is of no use for a pod drawn from those that are typical, in thousandths of a device: all that is free where the node cannot run the pod,
 * else the devices that have too little left for it.
 *
 * @see "Weng and others: Beware of Fragmentation: Scheduling GPU-Sharing Workloads with Fragmentation Gradient Descent, USENIX ATC 2023, section 4"
 */
final class Fragmentation {
    /** Alike pods and their part of all. */
    private record Typical(
            long cpuMilli, long memoryBytes, int devices, int shareMilli, Set<String> models, double part) {}

    private record Likeness(Resources requested, Set<String> models) {}

    /** The most frequent pods that make so many of all: the rest changes nothing and takes most of the time. */
    private static final double MOST = 0.95;

    private final List<Typical> typical = new ArrayList<>();

    Fragmentation(List<PodGroup> pods) {
        Map<Likeness, Integer> counts = new LinkedHashMap<>();
        pods.forEach(pod -> counts.merge(new Likeness(pod.requested(), pod.gpuModels()), pod.count(), Integer::sum));
        double all = pods.stream().mapToInt(PodGroup::count).sum();
        List<Map.Entry<Likeness, Integer>> frequent = counts.entrySet().stream()
                .sorted(Map.Entry.<Likeness, Integer>comparingByValue().reversed())
                .toList();
        double left = MOST * all;
        for (Map.Entry<Likeness, Integer> one : frequent) {
            if (left <= 0) break;
            int count = one.getValue();
            left -= count;
            Likeness like = one.getKey();
            PodGroup pod = PodGroup.plain("typical", 1, like.requested());
            typical.add(new Typical(
                    pod.requested().cpu().value(),
                    pod.requested().memory().value(),
                    pod.wholeDevices(),
                    pod.wantsShare() ? (int) pod.requested().gpu().value() : 0,
                    like.models(),
                    count / all));
        }
    }

    /** @param deviceMilli free of each device */
    double of(String model, long cpuMilli, long memoryBytes, int[] deviceMilli) {
        int free = 0;
        int most = 0;
        int empty = 0;
        for (int milli : deviceMilli) {
            free += milli;
            most = Math.max(most, milli);
            if (milli == PodGroup.DEVICE_MILLI) empty++;
        }
        if (free == 0) return 0;
        double sum = 0;
        for (Typical pod : typical) {
            boolean runs = pod.cpuMilli <= cpuMilli
                    && pod.memoryBytes <= memoryBytes
                    && pod.devices <= empty
                    && pod.shareMilli <= most
                    && (pod.models.isEmpty() || pod.models.contains(model));
            if (!runs) sum += pod.part * free;
            else if (pod.devices > 0) sum += pod.part * (free - empty * PodGroup.DEVICE_MILLI);
            else if (pod.shareMilli > 0) sum += pod.part * tooLittle(deviceMilli, pod.shareMilli);
        }
        return sum;
    }

    private static int tooLittle(int[] deviceMilli, int shareMilli) {
        int sum = 0;
        for (int milli : deviceMilli) if (milli < shareMilli) sum += milli;
        return sum;
    }
}
