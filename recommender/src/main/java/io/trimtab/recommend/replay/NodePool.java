package io.trimtab.recommend.replay;

import io.trimtab.ingest.model.CapacityType;
import java.util.ArrayList;
import java.util.List;

/**
 * Nodes of one shape that are bought alike.
 *
 * @param nodes how many stand at the start
 * @param maxNodes how many there may be
 * @param bootSeconds from launch to ready, at least; half as much again at most
 * @param meanLifeHours how long a spot node lives on average; unused for others
 */
record NodePool(
        String name,
        Shape shape,
        CapacityType capacityType,
        int nodes,
        int maxNodes,
        int bootSeconds,
        double meanLifeHours) {
    private static final long MIB = 1L << 20;

    /** A machine; AWS's published sizes. */
    record Shape(String instanceType, long cpuMilli, long memoryBytes, long gpuMilli, int maxPods) {
        /** Kubelet's reserve as Amazon EKS sets it: 6 % of the first core, 1 % of the second, 0.5 % of the next two, 0.25 % of the rest. */
        long allocatableCpuMilli() {
            long cores = cpuMilli / 1000;
            return cpuMilli - (60 + 10 + 5 * Math.min(2, cores - 2) + (long) Math.ceil(2.5 * Math.max(0, cores - 4)));
        }

        /** Amazon EKS's reserve: 255 MiB and 11 MiB a pod, and the kubelet's eviction threshold of 100 MiB. */
        long allocatableMemoryBytes() {
            return memoryBytes - (255 + 11L * maxPods + 100) * MIB;
        }
    }

    /** On what the first nodes of a cluster are spent: the share of each pool. */
    private record Share(String name, Shape shape, CapacityType capacityType, double share, int bootSeconds) {}

    private static final Shape M5_XLARGE = new Shape("m5.xlarge", 4_000, 16 * 1024 * MIB, 0, 58);
    private static final Shape M5_2XLARGE = new Shape("m5.2xlarge", 8_000, 32 * 1024 * MIB, 0, 58);
    private static final Shape C5_2XLARGE = new Shape("c5.2xlarge", 8_000, 16 * 1024 * MIB, 0, 58);
    private static final Shape R5_XLARGE = new Shape("r5.xlarge", 4_000, 32 * 1024 * MIB, 0, 58);
    private static final Shape G4DN_XLARGE = new Shape("g4dn.xlarge", 4_000, 16 * 1024 * MIB, 1_000, 29);

    private static final List<Share> SHARES = List.of(
            new Share("general", M5_2XLARGE, CapacityType.ON_DEMAND, 0.28, 75),
            new Share("general-small", M5_XLARGE, CapacityType.ON_DEMAND, 0.20, 65),
            new Share("memory", R5_XLARGE, CapacityType.ON_DEMAND, 0.12, 70),
            new Share("compute-spot", C5_2XLARGE, CapacityType.SPOT, 0.16, 70),
            new Share("general-spot", M5_XLARGE, CapacityType.SPOT, 0.12, 65),
            new Share("gpu", G4DN_XLARGE, CapacityType.ON_DEMAND, 0.08, 170),
            new Share("gpu-spot", G4DN_XLARGE, CapacityType.SPOT, 0.04, 170));

    private static final double MEAN_SPOT_LIFE_HOURS = 96;

    boolean hasGpu() {
        return shape.gpuMilli() > 0;
    }

    /** Shares {@code nodes} out among the pools; what rounding leaves goes to the first. */
    static List<NodePool> forCluster(int nodes) {
        List<NodePool> pools = new ArrayList<>();
        int left = nodes;
        for (int i = SHARES.size() - 1; i >= 0; i--) {
            Share share = SHARES.get(i);
            int count = i == 0 ? left : Math.min((int) Math.round(nodes * share.share()), left - 1);
            left -= count;
            int max = Math.max(2, count + (count + 1) / 2);
            pools.add(new NodePool(
                    share.name(),
                    share.shape(),
                    share.capacityType(),
                    count,
                    max,
                    share.bootSeconds(),
                    MEAN_SPOT_LIFE_HOURS));
        }
        return pools.reversed();
    }
}
