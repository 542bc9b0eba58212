package io.trimtab.recommend.consolidation;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Resources;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is free on a node while pods are moved about. Arrays and numbers, because a plan tries millions of places. */
final class Room {
    private static final int[] NO_DEVICES = {};

    private final String node;
    private long cpuMilli;
    private long memoryBytes;
    private long storageBytes;
    private int pods;
    private final int[] deviceMilli;
    private int received;
    private final Map<String, Integer> budgets = new HashMap<>();

    private Room(String node, long cpuMilli, long memoryBytes, long storageBytes, int pods, int devices) {
        this.node = node;
        this.cpuMilli = cpuMilli;
        this.memoryBytes = memoryBytes;
        this.storageBytes = storageBytes;
        this.pods = pods;
        deviceMilli = new int[devices];
        Arrays.fill(deviceMilli, NodePod.DEVICE_MILLI);
    }

    static Room empty(String node, long cpuMilli, long memoryBytes, int pods, int devices) {
        return new Room(node, cpuMilli, memoryBytes, Long.MAX_VALUE, pods, devices);
    }

    /** What its pods leave; nothing where they ask for more than there is. Which device a share lies on is not known: the larger parts are taken to lie first. */
    static Room of(ClusterNode node) {
        Room room = new Room(
                node.name(),
                node.allocatable().cpu().value(),
                node.allocatable().memory().value(),
                node.ephemeralStorage().value(),
                node.maxPods(),
                Math.toIntExact(node.allocatable().gpu().value() / NodePod.DEVICE_MILLI));
        List<Moving> running = node.pods().stream()
                .map(pod -> Moving.of(0, pod))
                .sorted(Comparator.comparingInt(Moving::gpuMilli).reversed())
                .toList();
        for (Moving pod : running) {
            if (room.devicesTake(pod.gpuMilli())) room.takeDevices(pod.gpuMilli());
            else Arrays.fill(room.deviceMilli, 0);
            room.cpuMilli = Math.max(0, room.cpuMilli - pod.cpuMilli());
            room.memoryBytes = Math.max(0, room.memoryBytes - pod.memoryBytes());
            room.storageBytes = Math.max(0, room.storageBytes - pod.storageBytes());
            room.pods = Math.max(0, room.pods - 1);
            room.count(pod, 1);
        }
        return room;
    }

    String node() {
        return node;
    }

    long cpuMilli() {
        return cpuMilli;
    }

    long memoryBytes() {
        return memoryBytes;
    }

    long storageBytes() {
        return storageBytes;
    }

    Resources free() {
        return new Resources(new MilliCores(cpuMilli), new Bytes(memoryBytes), new GpuMilli(gpuMilli()));
    }

    int emptyDevices() {
        return (int) Arrays.stream(deviceMilli)
                .filter(milli -> milli == NodePod.DEVICE_MILLI)
                .count();
    }

    long gpuMilli() {
        return Arrays.stream(deviceMilli).sum();
    }

    int received() {
        return received;
    }

    boolean takes(Moving pod) {
        return pod.cpuMilli() <= cpuMilli
                && pod.memoryBytes() <= memoryBytes
                && pod.storageBytes() <= storageBytes
                && pods > 0
                && (pod.gpuMilli() == 0 || devicesTake(pod.gpuMilli()))
                && pod.allows(node);
    }

    private boolean devicesTake(int gpuMilli) {
        if (gpuMilli == 0) return true;
        if (gpuMilli < NodePod.DEVICE_MILLI) return fullest(gpuMilli) >= 0;
        return emptyDevices() >= gpuMilli / NodePod.DEVICE_MILLI;
    }

    /** The device with the least room that is enough. */
    private int fullest(int gpuMilli) {
        int best = -1;
        for (int device = 0; device < deviceMilli.length; device++)
            if (deviceMilli[device] >= gpuMilli && (best < 0 || deviceMilli[device] < deviceMilli[best])) best = device;
        return best;
    }

    /** @return the devices that it gets */
    int[] take(Moving pod) {
        charge(pod);
        return takeDevices(pod.gpuMilli());
    }

    /** Takes these devices for it. */
    void put(Moving pod, int[] devices) {
        charge(pod);
        for (int device : devices) deviceMilli[device] -= Math.min(pod.gpuMilli(), NodePod.DEVICE_MILLI);
    }

    private void charge(Moving pod) {
        cpuMilli -= pod.cpuMilli();
        memoryBytes -= pod.memoryBytes();
        storageBytes -= pod.storageBytes();
        pods--;
        received++;
        count(pod, 1);
    }

    private void count(Moving pod, int by) {
        pod.pod().budget().ifPresent(budget -> budgets.merge(budget, by, Integer::sum));
    }

    /** How many pods of the disruption budget are here. */
    int pods(String budget) {
        return budgets.getOrDefault(budget, 0);
    }

    private int[] takeDevices(int gpuMilli) {
        if (gpuMilli == 0) return NO_DEVICES;
        if (gpuMilli < NodePod.DEVICE_MILLI) {
            int device = fullest(gpuMilli);
            deviceMilli[device] -= gpuMilli;
            return new int[] {device};
        }
        int[] devices = new int[gpuMilli / NodePod.DEVICE_MILLI];
        int found = 0;
        for (int device = 0; found < devices.length; device++) {
            if (deviceMilli[device] < NodePod.DEVICE_MILLI) continue;
            deviceMilli[device] = 0;
            devices[found++] = device;
        }
        return devices;
    }

    /** Takes back what {@link #take} did. */
    void giveBack(Moving pod, int[] devices) {
        cpuMilli += pod.cpuMilli();
        memoryBytes += pod.memoryBytes();
        storageBytes += pod.storageBytes();
        pods++;
        received--;
        count(pod, -1);
        for (int device : devices) deviceMilli[device] += Math.min(pod.gpuMilli(), NodePod.DEVICE_MILLI);
    }
}
