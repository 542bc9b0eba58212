package io.trimtab.recommend.pods;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.ingest.model.LimitRule;
import io.trimtab.ingest.model.Requirements;
import java.math.BigInteger;
import java.util.Optional;

/**
 * What becomes of both limits.
 *
 * @see "k8s.io/autoscaler vertical-pod-autoscaler 1.8.1, pkg/utils/vpa/limit_and_request_scaling.go and capping.go"
 */
public record LimitRules(LimitRule cpu, LimitRule memory) {
    public static final LimitRules RATIO = new LimitRules(new LimitRule.Ratio(), new LimitRule.Ratio());
    public static final LimitRules KEEP = new LimitRules(new LimitRule.Keep(), new LimitRule.Keep());

    public LimitRules {
        if (cpu instanceof LimitRule.Plus)
            throw new IllegalArgumentException("a CPU limit cannot be request plus bytes");
    }

    /**
     * What becomes of requirements when a request changes; a resource without a new request stays.
     *
     * @param now in force
     */
    public Requirements applied(Requirements now, Optional<MilliCores> cpu, Optional<Bytes> memory) {
        return new Requirements(
                cpu.or(now::cpuRequest),
                memory.or(now::memoryRequest),
                cpu.map(request -> cpuLimit(now, request)).orElse(now.cpuLimit()),
                memory.map(request -> memoryLimit(now, request)).orElse(now.memoryLimit()),
                now.gpu());
    }

    /** Keeps requests at or below the limits that stay. */
    Sizing cap(Sizing sizing, Requirements now) {
        return new Sizing(
                sizing.cpu().map(range -> range.map(amount -> capped(cpu, amount, now.cpuLimit()))),
                sizing.memory().map(range -> range.map(amount -> capped(memory, amount, now.memoryLimit()))));
    }

    /**
     * @param now requests and limits in force
     * @param request that is to come
     */
    Optional<MilliCores> cpuLimit(Requirements now, MilliCores request) {
        return switch (cpu) {
            case LimitRule.None() -> Optional.empty();
            case LimitRule.Keep() -> now.cpuLimit();
            case LimitRule.Plus(Bytes headroom) -> throw new IllegalStateException("no CPU limit has " + headroom);
            case LimitRule.Ratio() ->
                now.cpuLimit()
                        .map(MilliCores::value)
                        .filter(limit -> limit > 0)
                        .map(limit -> scaled(limit, now.cpuRequest().map(MilliCores::value), request.value()))
                        .map(MilliCores::new);
        };
    }

    /** How many times the CPU request its limit is to be; empty where the limit does not follow the request. */
    Optional<Double> cpuLimitPerRequest(Requirements now) {
        if (!(cpu instanceof LimitRule.Ratio)) return Optional.empty();
        return now.cpuLimit()
                .map(MilliCores::value)
                .filter(limit -> limit > 0)
                .map(limit -> (double) limit
                        / now.cpuRequest()
                                .map(MilliCores::value)
                                .filter(amount -> amount > 0)
                                .orElse(limit));
    }

    /** As {@link #cpuLimit}. */
    Optional<Bytes> memoryLimit(Requirements now, Bytes request) {
        return switch (memory) {
            case LimitRule.None() -> Optional.empty();
            case LimitRule.Keep() -> now.memoryLimit();
            case LimitRule.Plus(Bytes headroom) -> Optional.of(request.plus(headroom));
            case LimitRule.Ratio() ->
                now.memoryLimit()
                        .map(Bytes::value)
                        .filter(limit -> limit > 0)
                        .map(limit -> scaled(limit, now.memoryRequest().map(Bytes::value), request.value()))
                        .map(Bytes::new);
        };
    }

    /** Rounds down; without a request Kubernetes takes the limit for one, so the ratio is 1. */
    private static long scaled(long limit, Optional<Long> request, long target) {
        long base = request.filter(amount -> amount > 0).orElse(limit);
        BigInteger scaled =
                BigInteger.valueOf(limit).multiply(BigInteger.valueOf(target)).divide(BigInteger.valueOf(base));
        return scaled.bitLength() > 63 ? Long.MAX_VALUE : scaled.longValueExact();
    }

    private static <T extends Comparable<T>> T capped(LimitRule rule, T amount, Optional<T> limit) {
        if (!(rule instanceof LimitRule.Keep)) return amount;
        return limit.filter(most -> most.compareTo(amount) < 0).orElse(amount);
    }
}
