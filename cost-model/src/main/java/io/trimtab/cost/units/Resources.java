package io.trimtab.cost.units;

/** An amount of each resource that nodes offer and pods ask for. */
public record Resources(MilliCores cpu, Bytes memory, GpuMilli gpu) {
    public static final Resources ZERO = new Resources(MilliCores.ZERO, Bytes.ZERO, GpuMilli.ZERO);

    public Resources plus(Resources other) {
        return new Resources(cpu.plus(other.cpu), memory.plus(other.memory), gpu.plus(other.gpu));
    }

    /** What is left of each resource; none where {@code other} has more. */
    public Resources minusOrZero(Resources other) {
        return new Resources(cpu.minusOrZero(other.cpu), memory.minusOrZero(other.memory), gpu.minusOrZero(other.gpu));
    }

    public boolean fitsIn(Resources room) {
        return cpu.compareTo(room.cpu) <= 0 && memory.compareTo(room.memory) <= 0 && gpu.compareTo(room.gpu) <= 0;
    }
}
