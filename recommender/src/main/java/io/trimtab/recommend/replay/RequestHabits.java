package io.trimtab.recommend.replay;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.Requirements;
import java.util.Optional;
import java.util.SplittableRandom;

/** How teams set requests and limits: often far too high, sometimes too low, sometimes not at all, and in round numbers. */
final class RequestHabits {
    private static final long MIB = 1L << 20;
    private static final long CPU_GRAIN_MILLI = 50;
    private static final long MEMORY_GRAIN_BYTES = 64 * MIB;

    /** Above these a pod fits on few nodes, and people notice. */
    private static final double MOST_CPU_MILLI = 3_000;

    private static final double MOST_MEMORY_BYTES = 10.0 * 1024 * MIB;

    private final SplittableRandom random;
    private final WorkloadKind kind;
    private final boolean scaled;

    /** @param scaled whether an autoscaler on CPU utilisation stands on the request, so that it is there and not far off */
    RequestHabits(SplittableRandom random, WorkloadKind kind, boolean scaled) {
        this.random = random;
        this.kind = kind;
        this.scaled = scaled;
    }

    /**
     * @param peakMilli CPU of one pod at its usual peak
     * @param peakBytes memory of one pod at its usual peak
     */
    Requirements requirements(double peakMilli, double peakBytes) {
        double cpuFactor = cpuFactor();
        MilliCores cpu = new MilliCores(
                round(Math.min(MOST_CPU_MILLI, peakMilli * cpuFactor), kind.isDaemon() ? 10 : CPU_GRAIN_MILLI));
        Bytes memory = new Bytes(round(Math.min(MOST_MEMORY_BYTES, peakBytes * memoryFactor()), MEMORY_GRAIN_BYTES));
        boolean leaves = !scaled && !kind.usesGpu() && random.nextDouble() < 0.08;
        return new Requirements(
                leaves ? Optional.empty() : Optional.of(cpu),
                leaves ? Optional.empty() : Optional.of(memory),
                cpuLimit(leaves ? 0 : cpu.value(), peakMilli),
                memoryLimit(leaves ? 0 : memory.value(), peakBytes),
                kind.usesGpu() ? new GpuMilli(1_000) : GpuMilli.ZERO);
    }

    private double cpuFactor() {
        double luck = random.nextDouble();
        double within = random.nextDouble();
        if (scaled) return 0.9 + 0.9 * within;
        if (kind == WorkloadKind.DEVELOPMENT) return 3 + 4 * within;
        if (luck < 0.5) return 2 + 3 * within;
        if (luck < 0.75) return 0.9 + 0.6 * within;
        return 0.35 + 0.4 * within;
    }

    private double memoryFactor() {
        double luck = random.nextDouble();
        double within = random.nextDouble();
        if (luck < 0.5) return 1.5 + 1.5 * within;
        if (luck < 0.85) return 1 + 0.4 * within;
        return 0.5 + 0.4 * within;
    }

    private Optional<MilliCores> cpuLimit(long requestMilli, double peakMilli) {
        double luck = random.nextDouble();
        if (luck < 0.45) return Optional.empty();
        double limit = luck < 0.8 ? Math.max(2.0 * requestMilli, peakMilli) : Math.max(requestMilli, 0.9 * peakMilli);
        return Optional.of(new MilliCores(round(limit, CPU_GRAIN_MILLI)));
    }

    /** A leak is always cut off somewhere; few other limits lie so low that a busy day is enough. */
    private Optional<Bytes> memoryLimit(long requestBytes, double peakBytes) {
        double luck = random.nextDouble();
        double within = random.nextDouble();
        boolean leaks = kind == WorkloadKind.LEAKING_SERVICE;
        if (luck < 0.25 && !leaks) return Optional.empty();
        boolean tight = luck > 0.94 && kind != WorkloadKind.STATEFUL_STORE && !kind.usesGpu();
        double limit =
                tight ? Math.max(requestBytes, 0.98 * peakBytes) : Math.max(requestBytes, peakBytes * (1.25 + within));
        return Optional.of(new Bytes(round(limit, leaks || !tight ? MEMORY_GRAIN_BYTES : 4 * MIB)));
    }

    static ContainerSpec sidecar() {
        Requirements requirements = new Requirements(
                Optional.of(new MilliCores(100)),
                Optional.of(new Bytes(128 * MIB)),
                Optional.of(new MilliCores(2_000)),
                Optional.of(new Bytes(1024 * MIB)),
                GpuMilli.ZERO);
        return new ContainerSpec("istio-proxy", "registry.example.com/istio-proxy:1.30.0", requirements);
    }

    /** To the next multiple up, so that a request of nothing cannot come out of it. */
    private static long round(double amount, long grain) {
        return Math.max(1, (long) Math.ceil(amount / grain)) * grain;
    }
}
