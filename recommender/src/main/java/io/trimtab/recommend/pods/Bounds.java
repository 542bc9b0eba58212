package io.trimtab.recommend.pods;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import java.util.Optional;

/** Between what requests must lie; an absent bound, or one of zero as in a VPA, is none. */
public record Bounds(
        Optional<MilliCores> minCpu,
        Optional<MilliCores> maxCpu,
        Optional<Bytes> minMemory,
        Optional<Bytes> maxMemory) {
    public static final Bounds NONE =
            new Bounds(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public Bounds {
        minCpu = minCpu.filter(bound -> !bound.isZero());
        maxCpu = maxCpu.filter(bound -> !bound.isZero());
        minMemory = minMemory.filter(bound -> !bound.isZero());
        maxMemory = maxMemory.filter(bound -> !bound.isZero());
        ordered("cpu", minCpu, maxCpu);
        ordered("memory", minMemory, maxMemory);
    }

    public MilliCores clamp(MilliCores cpu) {
        return atMost(atLeast(cpu, minCpu), maxCpu);
    }

    public Bytes clamp(Bytes memory) {
        return atMost(atLeast(memory, minMemory), maxMemory);
    }

    Sizing clamp(Sizing sizing) {
        return new Sizing(
                sizing.cpu().map(range -> range.map(this::clamp)),
                sizing.memory().map(range -> range.map(this::clamp)));
    }

    private static <T extends Comparable<T>> T atLeast(T value, Optional<T> bound) {
        return bound.filter(min -> min.compareTo(value) > 0).orElse(value);
    }

    private static <T extends Comparable<T>> T atMost(T value, Optional<T> bound) {
        return bound.filter(max -> max.compareTo(value) < 0).orElse(value);
    }

    private static <T extends Comparable<T>> void ordered(String resource, Optional<T> min, Optional<T> max) {
        if (min.isPresent() && max.isPresent() && min.orElseThrow().compareTo(max.orElseThrow()) > 0)
            throw new IllegalArgumentException(
                    "%s: min (%s) must not exceed max (%s)".formatted(resource, min.orElseThrow(), max.orElseThrow()));
    }
}
