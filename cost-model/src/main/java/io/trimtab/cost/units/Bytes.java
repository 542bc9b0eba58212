package io.trimtab.cost.units;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Memory or storage in bytes; never negative. */
public record Bytes(long value) implements Comparable<Bytes> {
    public static final Bytes ZERO = new Bytes(0);

    public Bytes {
        if (value < 0) throw new IllegalArgumentException("bytes (%d) must be >= 0".formatted(value));
    }

    /**
     * Reads a Kubernetes quantity and rounds up to a whole byte, as the API server does.
     *
     * @throws IllegalArgumentException if the text is no quantity, negative or out of range
     */
    public static Bytes parse(String quantity) {
        return of(Quantity.parse(quantity));
    }

    /**
     * @param amount amount in bytes; rounded up to a whole byte
     * @throws IllegalArgumentException if negative or out of range
     */
    public static Bytes of(BigDecimal amount) {
        BigDecimal whole = amount.setScale(0, RoundingMode.CEILING);
        if (whole.signum() < 0 || whole.toBigInteger().bitLength() > 62)
            throw new IllegalArgumentException("%s is out of range for bytes".formatted(amount));
        return new Bytes(whole.longValueExact());
    }

    public Bytes plus(Bytes other) {
        return new Bytes(Math.addExact(value, other.value));
    }

    /** What is left after taking {@code other} away; nothing when it is more than there is. */
    public Bytes minusOrZero(Bytes other) {
        return new Bytes(Math.max(0, value - other.value));
    }

    /** Rounds up, so that a request covers the usage it came from; rejects NaN, infinity and overflow. */
    public Bytes times(double factor) {
        double scaled = Math.ceil(value * factor);
        if (!(scaled >= 0 && scaled < Long.MAX_VALUE))
            throw new IllegalArgumentException("%s times %s is out of range".formatted(this, factor));
        return new Bytes((long) scaled);
    }

    public Bytes clamp(Bytes min, Bytes max) {
        return new Bytes(Math.clamp(value, min.value, max.value));
    }

    public boolean isZero() {
        return value == 0;
    }

    /** The amount in bytes, exact. */
    public BigDecimal amount() {
        return BigDecimal.valueOf(value);
    }

    @Override
    public int compareTo(Bytes other) {
        return Long.compare(value, other.value);
    }

    private static final String[] BINARY = {"", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};

    /** The shortest exact Kubernetes quantity: {@code 1536Mi}, not {@code 1610612736}. */
    private static String format(long bytes) {
        long rest = bytes;
        int power = 0;
        while (rest != 0 && rest % 1024 == 0) {
            rest /= 1024;
            power++;
        }
        return rest + BINARY[power];
    }

    @Override
    public String toString() {
        return format(value);
    }

    /** For people: exact where it is whole MiB or below one, else to a tenth of a MiB, such as {@code 640.5Mi}. */
    public String rounded() {
        long mebi = 1L << 20;
        return value % mebi == 0 || value < mebi
                ? toString()
                : String.format(Locale.ROOT, "%.1fMi", (double) value / mebi);
    }
}
