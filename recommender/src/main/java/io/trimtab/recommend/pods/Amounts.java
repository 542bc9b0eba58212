package io.trimtab.recommend.pods;

/** What a container should request of one resource: the target, and the band in which a live pod is left alone. In millicores or bytes. */
public record Amounts(long target, long lower, long upper) {
    /** @throws IllegalArgumentException if min is above max */
    public Amounts within(long min, long max) {
        if (min > max) throw new IllegalArgumentException("min (%d) must not be above max (%d)".formatted(min, max));
        return new Amounts(Math.clamp(target, min, max), Math.clamp(lower, min, max), Math.clamp(upper, min, max));
    }
}
