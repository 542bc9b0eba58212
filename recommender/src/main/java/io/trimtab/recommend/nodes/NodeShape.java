package io.trimtab.recommend.nodes;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Resources;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A kind of node that runs or can be added.
 *
 * @param cpu that pods and daemons may ask for in sum; likewise memory
 * @param devices its GPUs
 * @param daemonCpu reserved on each node; likewise memory
 * @param pods how many it takes, daemons apart
 * @param max how many may be added; empty for no limit
 */
public record NodeShape(
        String name,
        MilliCores cpu,
        Bytes memory,
        Devices devices,
        int pods,
        MilliCores daemonCpu,
        Bytes daemonMemory,
        Optional<String> zone,
        Offer offer,
        OptionalInt max) {
    public NodeShape {
        if (pods < 0) throw new IllegalArgumentException("pods (%d) of %s must be >= 0".formatted(pods, name));
        if (max.isPresent() && max.getAsInt() < 0)
            throw new IllegalArgumentException("max (%d) of %s must be >= 0".formatted(max.getAsInt(), name));
    }

    /** What pods may have of it once its daemons are there. */
    public Resources room() {
        return new Resources(
                cpu.minusOrZero(daemonCpu),
                memory.minusOrZero(daemonMemory),
                new GpuMilli(devices.advertised() * PodGroup.DEVICE_MILLI));
    }

    /**
     * The GPUs of a node.
     *
     * @param replicas how many devices each GPU is advertised as; a pod's device is one of these
     */
    public record Devices(int gpus, Optional<String> model, int replicas) {
        public static final Devices NONE = new Devices(0, Optional.empty(), 1);
        private static final int MOST = 4096;

        public Devices {
            if (gpus < 0 || replicas < 1 || (long) gpus * replicas > MOST)
                throw new IllegalArgumentException(
                        "%d gpus of %d replicas must be 0..%d devices".formatted(gpus, replicas, MOST));
        }

        /** How many devices are advertised. */
        public int advertised() {
            return gpus * replicas;
        }
    }
}
