package io.trimtab.forecast.starts;

import java.time.Duration;

/**
 * What a container of a workload used while its newest pods started: three of four starts used no more, and were no longer.
 *
 * @param starts that were seen, at most {@value Starts#MOST}
 * @param cores the highest mean from a start on, or over a sample's window within it; not less than this is wanted
 * @param lasts from when the kubelet took the pod until it was ready
 * @param atLimit how many of the starts used what the CPU limit allows, and so may have wanted more
 */
public record StartUse(int starts, double cores, Duration lasts, int atLimit) {
    public StartUse {
        if (!(cores >= 0 && cores < Double.POSITIVE_INFINITY))
            throw new IllegalArgumentException("cores (%s) must be finite and >= 0".formatted(cores));
        if (lasts.isNegative()) throw new IllegalArgumentException("lasts (%s) must be >= 0".formatted(lasts));
        if (atLimit < 0 || atLimit > starts)
            throw new IllegalArgumentException("atLimit (%d) must be in 0..%d".formatted(atLimit, starts));
    }

    /** Whether most of the starts may have wanted more than is known. */
    public boolean isCutOff() {
        return 2 * atLimit > starts;
    }
}
