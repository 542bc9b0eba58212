package io.trimtab.ingest.model;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What we keep of a LimitRange. Answers: which requests would the API server refuse, and which does it fill in?
 *
 * @param container bounds of each container; {@code pod} those of the sums of a pod
 * @param defaultRequest of containers that have none; {@code defaultLimit} likewise
 */
public record LimitRange(
        String namespace,
        String name,
        Bounds container,
        Bounds pod,
        CpuAndMemory defaultRequest,
        CpuAndMemory defaultLimit) {
    /**
     * @param min of requests; {@code max} of limits
     * @param maxCpuRatio how many times its request a limit may be; likewise {@code maxMemoryRatio}
     */
    public record Bounds(
            CpuAndMemory min, CpuAndMemory max, Optional<BigDecimal> maxCpuRatio, Optional<BigDecimal> maxMemoryRatio) {
        public static final Bounds NONE =
                new Bounds(CpuAndMemory.NONE, CpuAndMemory.NONE, Optional.empty(), Optional.empty());
    }
}
