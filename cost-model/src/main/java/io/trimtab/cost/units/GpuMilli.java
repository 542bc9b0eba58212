package io.trimtab.cost.units;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** GPUs in thousandths of a device; never negative. */
public record GpuMilli(long value) implements Comparable<GpuMilli> {
    public static final GpuMilli ZERO = new GpuMilli(0);

    public GpuMilli {
        if (value < 0) throw new IllegalArgumentException("gpuMilli (%d) must be >= 0".formatted(value));
    }

    /**
     * Reads a Kubernetes quantity and rounds up to a thousandth of a device, as the API server does.
     *
     * @throws IllegalArgumentException if the text is no quantity, negative or out of range
     */
    public static GpuMilli parse(String quantity) {
        return of(Quantity.parse(quantity));
    }

    /**
     * @param gpus amount in devices; rounded up to a thousandth of a device
     * @throws IllegalArgumentException if negative or out of range
     */
    public static GpuMilli of(BigDecimal gpus) {
        BigDecimal whole = gpus.movePointRight(3).setScale(0, RoundingMode.CEILING);
        if (whole.signum() < 0 || whole.toBigInteger().bitLength() > 62)
            throw new IllegalArgumentException("%s is out of range for gpuMilli".formatted(gpus));
        return new GpuMilli(whole.longValueExact());
    }

    public GpuMilli plus(GpuMilli other) {
        return new GpuMilli(Math.addExact(value, other.value));
    }

    /** What is left after taking {@code other} away; nothing when it is more than there is. */
    public GpuMilli minusOrZero(GpuMilli other) {
        return new GpuMilli(Math.max(0, value - other.value));
    }

    /** Rounds up, so that a request covers the usage it came from; rejects NaN, infinity and overflow. */
    public GpuMilli times(double factor) {
        double scaled = Math.ceil(value * factor);
        if (!(scaled >= 0 && scaled < Long.MAX_VALUE))
            throw new IllegalArgumentException("%s times %s is out of range".formatted(this, factor));
        return new GpuMilli((long) scaled);
    }

    public GpuMilli clamp(GpuMilli min, GpuMilli max) {
        return new GpuMilli(Math.clamp(value, min.value, max.value));
    }

    public boolean isZero() {
        return value == 0;
    }

    /** The amount in devices, exact. */
    public BigDecimal gpus() {
        return BigDecimal.valueOf(value, 3);
    }

    @Override
    public int compareTo(GpuMilli other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return value % 1000 == 0 ? Long.toString(value / 1000) : value + "m";
    }
}
