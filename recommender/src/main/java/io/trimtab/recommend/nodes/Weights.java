package io.trimtab.recommend.nodes;

/**
 * What a unit of each resource is worth, as a share of all that is asked for.
 *
 * @param following whether a copy suits a node by the room that is left of each resource, instead of by its own worth alone
 */
record Weights(double perCpuMilli, double perMemoryByte, double perGpuMilli, double perPod, boolean following) {

    /** Each resource by how scarce it is: one over what would be asked for of it in all. */
    static Weights byDemand(Instance instance, boolean following) {
        double cpu = 0;
        double memory = 0;
        double gpu = 0;
        double pods = 0;
        for (PodKind kind : instance.kinds()) {
            cpu += (double) kind.copies() * kind.cpuMilli();
            memory += (double) kind.copies() * kind.memoryBytes();
            gpu += (double) kind.copies() * kind.gpuMilli();
            pods += kind.copies();
        }
        return new Weights(inverse(cpu), inverse(memory), inverse(gpu), inverse(pods), following);
    }

    private static double inverse(double sum) {
        return sum == 0 ? 0 : 1 / sum;
    }

    Weights following(boolean follow) {
        return new Weights(perCpuMilli, perMemoryByte, perGpuMilli, perPod, follow);
    }

    double of(PodKind kind) {
        return perCpuMilli * kind.cpuMilli()
                + perMemoryByte * kind.memoryBytes()
                + perGpuMilli * kind.gpuMilli()
                + perPod;
    }

    double fit(PodKind kind, NodeState node) {
        if (!following) return of(kind);
        Machine machine = node.machine();
        return perCpuMilli * kind.cpuMilli() * part((double) node.cpuMilli(), (double) machine.cpuMilli())
                + perMemoryByte * kind.memoryBytes() * part((double) node.memoryBytes(), (double) machine.memoryBytes())
                + perGpuMilli
                        * kind.gpuMilli()
                        * part(node.gpuMilli(), (double) machine.devices() * PodGroup.DEVICE_MILLI)
                + perPod * part(node.podsLeft(), machine.shape().pods());
    }

    private static double part(double left, double whole) {
        return whole == 0 ? 0 : left / whole;
    }
}
