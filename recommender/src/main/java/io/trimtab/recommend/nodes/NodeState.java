package io.trimtab.recommend.nodes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One node while it is being filled: the room that is left and the copies placed so far. Arrays, because every placement tries thousands of these. */
final class NodeState {
    private static final int FULL_DEVICE = (int) PodGroup.DEVICE_MILLI;

    /** One placed copy and the devices that it has. */
    record Placed(PodKind kind, int[] devices) {}

    private final Machine machine;
    private final Optional<String> name;
    private long cpuMilli;
    private long memoryBytes;
    private int pods;
    private final int[] deviceMilli;
    private int emptyDevices;
    private final BitSet ports;
    private final Map<Integer, Integer> copiesBefore;
    private final List<Placed> placed;

    private NodeState(Machine machine, Optional<String> name) {
        this.machine = machine;
        this.name = name;
        cpuMilli = machine.cpuMilli();
        memoryBytes = machine.memoryBytes();
        pods = machine.shape().pods();
        deviceMilli = new int[machine.devices()];
        Arrays.fill(deviceMilli, FULL_DEVICE);
        emptyDevices = deviceMilli.length;
        ports = new BitSet();
        copiesBefore = new TreeMap<>();
        placed = new ArrayList<>();
    }

    private NodeState(NodeState other) {
        machine = other.machine;
        name = other.name;
        cpuMilli = other.cpuMilli;
        memoryBytes = other.memoryBytes;
        pods = other.pods;
        deviceMilli = other.deviceMilli.clone();
        emptyDevices = other.emptyDevices;
        ports = (BitSet) other.ports.clone();
        copiesBefore = other.copiesBefore;
        placed = new ArrayList<>(other.placed);
    }

    static NodeState empty(Machine machine) {
        return new NodeState(machine, Optional.empty());
    }

    /**
     * @param spreading the kinds that are counted by node or zone, by the name of their pods
     * @throws IllegalArgumentException if its pods exceed it
     */
    static NodeState running(RunningNode node, Machine machine, Map<String, PodKind> spreading) {
        NodeState state = new NodeState(machine, Optional.of(node.name()));
        // The daemons' reserve may already be inside what its pods ask for, so only the bare shape is a limit for them.
        state.cpuMilli = machine.shape().cpu().value();
        state.memoryBytes = machine.shape().memory().value();
        node.pods().stream()
                .sorted(Comparator.comparing(
                        (RunningNode.RunningPod pod) -> pod.device().isEmpty()))
                .forEach(pod -> state.occupy(node.name(), pod, spreading));
        state.cpuMilli =
                Math.max(0, state.cpuMilli - machine.shape().daemonCpu().value());
        state.memoryBytes =
                Math.max(0, state.memoryBytes - machine.shape().daemonMemory().value());
        return state;
    }

    private void occupy(String node, RunningNode.RunningPod running, Map<String, PodKind> spreading) {
        PodGroup pod = running.pod();
        for (int copy = 0; copy < pod.count(); copy++) {
            cpuMilli = less(node, "cpu", cpuMilli, pod.requested().cpu().value());
            memoryBytes =
                    less(node, "memory", memoryBytes, pod.requested().memory().value());
            pods = (int) less(node, "pods", pods, 1);
            if (running.device().isPresent()) {
                int device = running.device().getAsInt();
                if (device < 0 || device >= deviceMilli.length)
                    throw new IllegalArgumentException("device (%d) of %s must be in 0..%d on node %s"
                            .formatted(device, pod.name(), deviceMilli.length - 1, node));
                long left = less(
                        node,
                        "device " + device,
                        deviceMilli[device],
                        pod.requested().gpu().value());
                take(device, deviceMilli[device] - (int) left);
            } else {
                less(node, "gpu", emptyDevices, pod.wholeDevices());
                takeWhole(pod.wholeDevices());
            }
            if (pod.hostPort().isPresent()) {
                if (ports.get(pod.hostPort().getAsInt()))
                    throw new IllegalArgumentException("node %s has two pods on host port %d"
                            .formatted(node, pod.hostPort().getAsInt()));
                ports.set(pod.hostPort().getAsInt());
            }
            PodKind kind = spreading.get(pod.name());
            if (kind != null) copiesBefore.merge(kind.index(), 1, Integer::sum);
        }
    }

    private static long less(String node, String what, long room, long amount) {
        if (amount > room)
            throw new IllegalArgumentException(
                    "node %s holds more %s than it has: %d more on %d left".formatted(node, what, amount, room));
        return room - amount;
    }

    Machine machine() {
        return machine;
    }

    /** Its name; none for an added one. */
    Optional<String> name() {
        return name;
    }

    List<Placed> placed() {
        return placed;
    }

    long cpuMilli() {
        return cpuMilli;
    }

    long memoryBytes() {
        return memoryBytes;
    }

    int podsLeft() {
        return pods;
    }

    int deviceMilli(int device) {
        return deviceMilli[device];
    }

    int usedDevices() {
        return deviceMilli.length - emptyDevices;
    }

    boolean hasPort(int port) {
        return ports.get(port);
    }

    int gpuMilli() {
        int sum = 0;
        for (int milli : deviceMilli) sum += milli;
        return sum;
    }

    /** Whether one copy more has a place here, zones apart. */
    boolean takes(PodKind kind) {
        return hasRoom(kind) && (!kind.limitedPerNode() || copies(kind) < kind.perNode());
    }

    boolean hasRoom(PodKind kind) {
        return kind.cpuMilli() <= cpuMilli
                && kind.memoryBytes() <= memoryBytes
                && pods > 0
                && kind.fits()[machine.index()]
                && kind.devices() <= emptyDevices
                && (kind.shareMilli() == 0 || deviceFor(kind.shareMilli()) >= 0)
                && (kind.port() < 0 || !ports.get(kind.port()));
    }

    int copies(PodKind kind) {
        int count = copiesBefore.getOrDefault(kind.index(), 0);
        for (Placed one : placed) if (one.kind().index() == kind.index()) count++;
        return count;
    }

    /** The fullest device that has room for the share; -1 for none. */
    private int deviceFor(int shareMilli) {
        int best = -1;
        for (int device = 0; device < deviceMilli.length; device++) {
            if (deviceMilli[device] < shareMilli) continue;
            if (best < 0 || deviceMilli[device] < deviceMilli[best]) best = device;
        }
        return best;
    }

    void place(PodKind kind) {
        cpuMilli -= kind.cpuMilli();
        memoryBytes -= kind.memoryBytes();
        pods--;
        if (kind.port() >= 0) ports.set(kind.port());
        int[] devices;
        if (kind.shareMilli() > 0) {
            devices = new int[] {deviceFor(kind.shareMilli())};
            take(devices[0], kind.shareMilli());
        } else {
            devices = takeWhole(kind.devices());
        }
        placed.add(new Placed(kind, devices));
    }

    private void take(int device, int milli) {
        if (deviceMilli[device] == FULL_DEVICE && milli > 0) emptyDevices--;
        deviceMilli[device] -= milli;
    }

    private int[] takeWhole(int count) {
        int[] devices = new int[count];
        int found = 0;
        for (int device = 0; found < count; device++) {
            if (deviceMilli[device] < FULL_DEVICE) continue;
            take(device, FULL_DEVICE);
            devices[found++] = device;
        }
        return devices;
    }

    NodeState copy() {
        return new NodeState(this);
    }
}
