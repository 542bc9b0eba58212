package io.trimtab.recommend.nodes;

import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.Resources;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Equal copies of one pod.
 *
 * @param requested of one copy; its GPU is whole devices, or a share of one device below 1
 * @param gpuModels that it accepts; empty for any
 * @param priority higher is placed first when not all can be placed
 */
public record PodGroup(
        String name,
        int count,
        Resources requested,
        Set<String> gpuModels,
        OptionalInt hostPort,
        int priority,
        Optional<Spread> spread) {
    public PodGroup {
        if (count < 0) throw new IllegalArgumentException("count (%d) of %s must be >= 0".formatted(count, name));
        long gpuMilli = requested.gpu().value();
        if (gpuMilli > DEVICE_MILLI && gpuMilli % DEVICE_MILLI != 0)
            throw new IllegalArgumentException(
                    "gpu (%s) of %s must be whole devices, or a share below 1".formatted(requested.gpu(), name));
        gpuModels = Set.copyOf(gpuModels);
    }

    /** One device in thousandths. */
    static final long DEVICE_MILLI = 1000;

    /** Copies without models, port, priority or spread. */
    public static PodGroup plain(String name, int count, Resources requested) {
        return new PodGroup(name, count, requested, Set.of(), OptionalInt.empty(), 0, Optional.empty());
    }

    /** What tells two groups apart for placing; groups that spread are never merged, for each counts its own copies. */
    record Likeness(
            Resources requested,
            Set<String> gpuModels,
            OptionalInt hostPort,
            int priority,
            Optional<String> spreadAlone) {}

    Likeness likeness() {
        return new Likeness(requested, gpuModels, hostPort, priority, spread.map(rule -> name));
    }

    boolean wantsShare() {
        return !requested.gpu().equals(GpuMilli.ZERO) && requested.gpu().value() < DEVICE_MILLI;
    }

    int wholeDevices() {
        return Math.toIntExact(wantsShare() ? 0 : requested.gpu().value() / DEVICE_MILLI);
    }
}
