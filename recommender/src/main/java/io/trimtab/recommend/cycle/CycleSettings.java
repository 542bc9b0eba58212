package io.trimtab.recommend.cycle;

import java.time.Duration;

/**
 * @param history how far back the first round reads
 * @param step between samples
 * @param slice the longest span that is asked for at once
 */
public record CycleSettings(Duration history, Duration step, Duration slice) {
    public static final CycleSettings DEFAULT =
            new CycleSettings(Duration.ofDays(8), Duration.ofMinutes(1), Duration.ofHours(6));

    public CycleSettings {
        if (history.isNegative() || history.isZero())
            throw new IllegalArgumentException("history (%s) must be positive".formatted(history));
        if (step.compareTo(Duration.ofSeconds(1)) < 0)
            throw new IllegalArgumentException("step (%s) must be at least 1 s".formatted(step));
        if (slice.compareTo(step) < 0)
            throw new IllegalArgumentException("slice (%s) must not be shorter than step (%s)".formatted(slice, step));
    }
}
