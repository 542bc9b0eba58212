package io.trimtab.recommend.nodes;

import java.util.List;

/** The sum of what waits for a place. */
final class Rest {
    private double cpuMilli;
    private double memoryBytes;
    private double gpuMilli;
    private long copies;

    private Rest() {}

    /** @param waiting copies by the index of their kind */
    static Rest of(List<PodKind> kinds, int[] waiting) {
        var rest = new Rest();
        kinds.forEach(kind -> rest.add(kind, waiting[kind.index()]));
        return rest;
    }

    private void add(PodKind kind, int count) {
        cpuMilli += (double) count * kind.cpuMilli();
        memoryBytes += (double) count * kind.memoryBytes();
        gpuMilli += (double) count * kind.gpuMilli();
        copies += count;
    }

    void remove(PodKind kind) {
        add(kind, -1);
    }

    long copies() {
        return copies;
    }

    /** What nodes of this one shape would count that carried everything in fractions. Devices matter only where there are some: the others' pods go elsewhere. */
    double valueOn(Machine machine) {
        double nodes = Math.max(1, (double) copies / Math.max(1, machine.shape().pods()));
        nodes = Math.max(nodes, parts(cpuMilli, (double) machine.cpuMilli()));
        nodes = Math.max(nodes, parts(memoryBytes, (double) machine.memoryBytes()));
        nodes = Math.max(nodes, parts(gpuMilli, (double) machine.devices() * PodGroup.DEVICE_MILLI));
        return nodes * machine.worth();
    }

    private static double parts(double amount, double each) {
        return each == 0 ? 0 : amount / each;
    }
}
