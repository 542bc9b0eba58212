package io.trimtab.recommend.nodes;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * One empty node of a machine and the copies that it may carry: the larger parts of its devices first, for in this order best fit wastes least. Arrays, because
 * every price of a copy tries them by the million.
 */
final class Knapsack {
    /** Parts of a device of which at most 1, 2, 3, 4 lie on one: just more than 1/2, 1/3, 1/4, 1/5. */
    private static final int[] STEPS = {501, 334, 251, 201};

    private static final int DEVICE = (int) PodGroup.DEVICE_MILLI;

    /** The order in which the copies of a node are placed. */
    static final Comparator<PodKind> ORDER = Comparator.comparingInt((PodKind kind) -> -kind.gpuMilli())
            .thenComparingDouble(kind -> -kind.size())
            .thenComparingInt(PodKind::index);

    final Machine machine;
    final int pods;
    final int[] kinds;
    final long[] cpuMilli;
    final long[] memoryBytes;
    final int[] devices;
    final int[] shareMilli;
    /** The one bit of its host port; 0 for none. */
    final long[] port;
    /** Copies that one node carries at most. */
    final int[] most;
    /** By copy and measure: what it takes of the node; the parts of all that lies on a node sum to at most 1 in each measure. */
    final double[][] parts;

    private Knapsack(Machine machine, List<PodKind> carried, int[] wanted, Ports ports, boolean levelling) {
        int size = carried.size();
        this.machine = machine;
        pods = machine.shape().pods();
        kinds = carried.stream().mapToInt(PodKind::index).toArray();
        cpuMilli = carried.stream().mapToLong(PodKind::cpuMilli).toArray();
        memoryBytes = carried.stream().mapToLong(PodKind::memoryBytes).toArray();
        devices = carried.stream().mapToInt(PodKind::devices).toArray();
        shareMilli = carried.stream().mapToInt(PodKind::shareMilli).toArray();
        port = carried.stream().mapToLong(ports::bit).toArray();
        most = new int[size];
        boolean gpus = carried.stream().anyMatch(kind -> kind.gpuMilli() > 0);
        parts = new double[size][];
        for (int i = 0; i < size; i++) {
            long limit = Math.min(wanted[kinds[i]], pods);
            boolean levels = levelling && carried.get(i).levels();
            if (!levels) limit = Math.min(limit, carried.get(i).perNode());
            if (port[i] != 0) limit = Math.min(limit, 1);
            if (cpuMilli[i] > 0) limit = Math.min(limit, machine.cpuMilli() / cpuMilli[i]);
            if (memoryBytes[i] > 0) limit = Math.min(limit, machine.memoryBytes() / memoryBytes[i]);
            if (devices[i] > 0) limit = Math.min(limit, machine.devices() / devices[i]);
            if (shareMilli[i] > 0) limit = Math.min(limit, (long) machine.devices() * (DEVICE / shareMilli[i]));
            most[i] = (int) limit;
            parts[i] = parts(i, gpus);
        }
    }

    /**
     * @param wanted copies of each kind
     * @param levelling whether a node may hold more copies of a kind than its spread over nodes allows while nodes can be added
     */
    static Knapsack of(Machine machine, List<PodKind> kinds, int[] wanted, Ports ports, boolean levelling) {
        List<PodKind> carried = kinds.stream()
                .filter(kind -> wanted[kind.index()] > 0 && kind.fits()[machine.index()])
                .sorted(ORDER)
                .toList();
        return new Knapsack(machine, carried, wanted, ports, levelling);
    }

    private double[] parts(int copy, boolean gpus) {
        double[] all = new double[gpus ? 4 + STEPS.length : 3];
        all[0] = part(cpuMilli[copy], machine.cpuMilli());
        all[1] = part(memoryBytes[copy], machine.memoryBytes());
        all[2] = part(1, pods);
        if (!gpus) return all;
        all[3] = part(gpuMilli(copy), (long) machine.devices() * DEVICE);
        for (int i = 0; i < STEPS.length; i++) {
            long perDevice = DEVICE / STEPS[i];
            all[4 + i] = part(devices[copy] * perDevice + shareMilli[copy] / STEPS[i], machine.devices() * perDevice);
        }
        return all;
    }

    private static double part(long amount, long whole) {
        return amount == 0 ? 0 : (double) amount / whole;
    }

    int size() {
        return kinds.length;
    }

    int measures() {
        return parts.length == 0 ? 0 : parts[0].length;
    }

    /** Whether no more than so many copies fit, whichever they are. */
    boolean fillsBefore(int pods) {
        long leastCpu = Arrays.stream(cpuMilli).min().orElse(0);
        long leastMemory = Arrays.stream(memoryBytes).min().orElse(0);
        return (leastCpu > 0 && machine.cpuMilli() / leastCpu <= pods)
                || (leastMemory > 0 && machine.memoryBytes() / leastMemory <= pods)
                || Arrays.stream(most).asLongStream().sum() <= pods;
    }

    int gpuMilli(int copy) {
        return devices[copy] * DEVICE + shareMilli[copy];
    }

    Column column(int[] counts) {
        int[] carried =
                new int[(int) Arrays.stream(counts).filter(count -> count > 0).count()];
        int[] copies = new int[carried.length];
        for (int i = 0, j = 0; i < counts.length; i++) {
            if (counts[i] == 0) continue;
            carried[j] = kinds[i];
            copies[j++] = counts[i];
        }
        return new Column(machine, carried, copies);
    }
}
