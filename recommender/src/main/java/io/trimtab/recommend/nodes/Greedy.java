package io.trimtab.recommend.nodes;

import java.util.Arrays;

/** Fills a node with the copies that are worth the most for what they take of the room that is left. */
final class Greedy {
    private static final int DEVICE = (int) PodGroup.DEVICE_MILLI;

    private final Knapsack knapsack;
    private final int[] counts;
    private final int[] deviceMilli;
    private long cpuMilli;
    private long memoryBytes;
    private int pods;
    private int gpuMilli;
    private int emptyDevices;
    private long ports;

    private Greedy(Knapsack knapsack) {
        this.knapsack = knapsack;
        counts = new int[knapsack.size()];
        deviceMilli = new int[knapsack.machine.devices()];
        Arrays.fill(deviceMilli, DEVICE);
        emptyDevices = deviceMilli.length;
        gpuMilli = emptyDevices * DEVICE;
        cpuMilli = knapsack.machine.cpuMilli();
        memoryBytes = knapsack.machine.memoryBytes();
        pods = knapsack.pods;
    }

    /**
     * @param worth of a copy
     * @param scarcity of CPU, memory, pods and devices
     * @return how many of each copy
     */
    static int[] fill(Knapsack knapsack, double[] worth, double[] scarcity, Work work) {
        var greedy = new Greedy(knapsack);
        while (greedy.placeBest(worth, scarcity)) work.spend(worth.length + 1);
        return greedy.counts;
    }

    private boolean placeBest(double[] worth, double[] scarcity) {
        int best = -1;
        double most = 0;
        for (int i = 0; i < worth.length; i++) {
            if (!takes(i)) continue;
            double taken = scarcity[2] / pods
                    + part(scarcity[0], knapsack.cpuMilli[i], cpuMilli)
                    + part(scarcity[1], knapsack.memoryBytes[i], memoryBytes)
                    + part(scarcity[3], knapsack.gpuMilli(i), gpuMilli);
            double forItsRoom = worth[i] / taken;
            if (forItsRoom <= most) continue;
            most = forItsRoom;
            best = i;
        }
        if (best >= 0) place(best);
        return best >= 0;
    }

    private static double part(double scarcity, long amount, long left) {
        return amount == 0 ? 0 : scarcity * amount / left;
    }

    private boolean takes(int copy) {
        return counts[copy] < knapsack.most[copy]
                && pods > 0
                && knapsack.cpuMilli[copy] <= cpuMilli
                && knapsack.memoryBytes[copy] <= memoryBytes
                && (knapsack.port[copy] & ports) == 0
                && knapsack.devices[copy] <= emptyDevices
                && (knapsack.shareMilli[copy] == 0 || device(knapsack.shareMilli[copy]) >= 0);
    }

    /** The fullest device with room for the share; -1 for none. */
    private int device(int share) {
        int best = -1;
        for (int device = 0; device < deviceMilli.length; device++)
            if (deviceMilli[device] >= share && (best < 0 || deviceMilli[device] < deviceMilli[best])) best = device;
        return best;
    }

    private void place(int copy) {
        counts[copy]++;
        pods--;
        cpuMilli -= knapsack.cpuMilli[copy];
        memoryBytes -= knapsack.memoryBytes[copy];
        gpuMilli -= knapsack.gpuMilli(copy);
        ports |= knapsack.port[copy];
        if (knapsack.shareMilli[copy] > 0) {
            int device = device(knapsack.shareMilli[copy]);
            if (deviceMilli[device] == DEVICE) emptyDevices--;
            deviceMilli[device] -= knapsack.shareMilli[copy];
        }
        emptyDevices -= knapsack.devices[copy];
        for (int device = 0, left = knapsack.devices[copy]; left > 0; device++) {
            if (deviceMilli[device] < DEVICE) continue;
            deviceMilli[device] = 0;
            left--;
        }
    }
}
