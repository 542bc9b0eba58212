package io.trimtab.cost.units;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** CPU in thousandths of a core; never negative. */
public record MilliCores(long value) implements Comparable<MilliCores> {
    public static final MilliCores ZERO = new MilliCores(0);

    public MilliCores {
        if (value < 0) throw new IllegalArgumentException("milliCores (%d) must be >= 0".formatted(value));
    }

    /**
     * Reads a Kubernetes quantity and rounds up to a whole millicore, as the API server does.
     *
     * @throws IllegalArgumentException if the text is no quantity, negative or out of range
     */
    public static MilliCores parse(String quantity) {
        return of(Quantity.parse(quantity));
    }

    /**
     * @param cores amount in cores; rounded up to a whole millicore
     * @throws IllegalArgumentException if negative or out of range
     */
    public static MilliCores of(BigDecimal cores) {
        BigDecimal whole = cores.movePointRight(3).setScale(0, RoundingMode.CEILING);
        if (whole.signum() < 0 || whole.toBigInteger().bitLength() > 62)
            throw new IllegalArgumentException("%s is out of range for milliCores".formatted(cores));
        return new MilliCores(whole.longValueExact());
    }

    public MilliCores plus(MilliCores other) {
        return new MilliCores(Math.addExact(value, other.value));
    }

    /** What is left after taking {@code other} away; nothing when it is more than there is. */
    public MilliCores minusOrZero(MilliCores other) {
        return new MilliCores(Math.max(0, value - other.value));
    }

    /** Rounds up, so that a request covers the usage it came from; rejects NaN, infinity and overflow. */
    public MilliCores times(double factor) {
        double scaled = Math.ceil(value * factor);
        if (!(scaled >= 0 && scaled < Long.MAX_VALUE))
            throw new IllegalArgumentException("%s times %s is out of range".formatted(this, factor));
        return new MilliCores((long) scaled);
    }

    public MilliCores clamp(MilliCores min, MilliCores max) {
        return new MilliCores(Math.clamp(value, min.value, max.value));
    }

    public boolean isZero() {
        return value == 0;
    }

    /** The amount in cores, exact. */
    public BigDecimal cores() {
        return BigDecimal.valueOf(value, 3);
    }

    @Override
    public int compareTo(MilliCores other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return value % 1000 == 0 ? Long.toString(value / 1000) : value + "m";
    }
}
