package io.trimtab.recommend.feasible;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.ingest.model.CpuAndMemory;
import io.trimtab.ingest.model.LimitRange;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.Resource;
import io.trimtab.recommend.PodReason;
import io.trimtab.recommend.PodReason.RangeBound;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The LimitRanges of a namespace, as the API server's admission reads them. Where several have a default, it depends on their order which counts; here the least limit and the largest request do.
 *
 * @see "Kubernetes 1.37, plugin/pkg/admission/limitranger/admission.go"
 */
record Ranges(List<LimitRange> all) {
    /** A bound and the object that has it. */
    record Bound(String name, RangeBound kind, long amount) {}

    Requirements filled(Requirements asked) {
        if (all.isEmpty()) return asked;
        Optional<MilliCores> cpuLimit = asked.cpuLimit()
                .or(() -> defaults(LimitRange::defaultLimit, CpuAndMemory::cpu).min(Comparator.naturalOrder()));
        Optional<Bytes> memoryLimit = asked.memoryLimit()
                .or(() ->
                        defaults(LimitRange::defaultLimit, CpuAndMemory::memory).min(Comparator.naturalOrder()));
        Optional<MilliCores> cpuRequest = asked.cpuRequest()
                .or(asked::cpuLimit)
                .or(() ->
                        defaults(LimitRange::defaultRequest, CpuAndMemory::cpu).max(Comparator.naturalOrder()));
        Optional<Bytes> memoryRequest = asked.memoryRequest()
                .or(asked::memoryLimit)
                .or(() -> defaults(LimitRange::defaultRequest, CpuAndMemory::memory)
                        .max(Comparator.naturalOrder()));
        return new Requirements(cpuRequest, memoryRequest, cpuLimit, memoryLimit, asked.gpu());
    }

    private <T> Stream<T> defaults(
            Function<LimitRange, CpuAndMemory> which, Function<CpuAndMemory, Optional<T>> resource) {
        return all.stream().flatMap(range -> resource.apply(which.apply(range)).stream());
    }

    /** The largest of what a container must request at least. */
    Optional<Bound> min(Resource resource) {
        return bounds(
                        RangeBound.CONTAINER_MIN,
                        range -> Entry.amount(range.container().min(), resource))
                .max(Comparator.comparingLong(Bound::amount));
    }

    /** The least of what a container's limit may be. */
    Optional<Bound> max(Resource resource) {
        return bounds(
                        RangeBound.CONTAINER_MAX,
                        range -> Entry.amount(range.container().max(), resource))
                .min(Comparator.comparingLong(Bound::amount));
    }

    /** The least limit of a container that names none. */
    Optional<Bound> defaultLimit(Resource resource) {
        return bounds(RangeBound.DEFAULT_LIMIT, range -> Entry.amount(range.defaultLimit(), resource))
                .min(Comparator.comparingLong(Bound::amount));
    }

    private Stream<Bound> bounds(RangeBound kind, Function<LimitRange, Optional<Long>> amount) {
        return all.stream().flatMap(range -> amount.apply(range).map(it -> new Bound(range.name(), kind, it)).stream());
    }

    /** The least of how many times its request a container's limit may be. */
    Optional<BigDecimal> maxRatio(Resource resource) {
        return all.stream()
                .flatMap(range -> ratio(range.container(), resource).stream())
                .min(Comparator.naturalOrder());
    }

    private static Optional<BigDecimal> ratio(LimitRange.Bounds bounds, Resource resource) {
        return switch (resource) {
            case CPU -> bounds.maxCpuRatio();
            case MEMORY -> bounds.maxMemoryRatio();
            case GPU -> Optional.empty();
        };
    }

    /** A request above its limit, or above the one that it would get. */
    Optional<PodReason> aboveLimit(PodShape asked) {
        return asked.all()
                .flatMap(container ->
                        Resource.SIZED.stream().flatMap(resource -> aboveLimit(container, resource).stream()))
                .findFirst();
    }

    private Optional<PodReason> aboveLimit(Requirements asked, Resource resource) {
        Requirements filled = filled(asked);
        long request = Entry.request(resource).of(filled).orElse(0L);
        Optional<Long> limit = Entry.limit(resource).of(filled);
        if (request <= limit.orElse(Long.MAX_VALUE)) return Optional.empty();
        boolean own = Entry.limit(resource).of(asked).isPresent();
        return own
                ? Optional.of(new PodReason.AtLimit(resource))
                : defaultLimit(resource).map(it -> outside(it.name(), it.kind(), resource, request, it.amount()));
    }

    /** @param filled with the defaults in place */
    Optional<PodReason> refusal(PodShape filled) {
        for (LimitRange range : all) {
            for (Resource resource : Resource.SIZED) {
                Optional<PodReason> refusal = filled.all()
                        .flatMap(container -> refusal(
                                range.name(),
                                range.container(),
                                resource,
                                Entry.request(resource).of(container),
                                Entry.limit(resource).of(container),
                                RangeBound.CONTAINER_MIN,
                                RangeBound.CONTAINER_MAX)
                                .stream())
                        .findFirst()
                        .or(() -> refusal(
                                range.name(),
                                range.pod(),
                                resource,
                                positive(filled.sum(Entry.request(resource))),
                                positive(filled.sum(Entry.limit(resource))),
                                RangeBound.POD_MIN,
                                RangeBound.POD_MAX));
                if (refusal.isPresent()) return refusal;
            }
        }
        return Optional.empty();
    }

    private static Optional<Long> positive(long sum) {
        return sum > 0 ? Optional.of(sum) : Optional.empty();
    }

    /** A request or limit that must have a bound and is not there is refused like one of 0, or without end. */
    private static Optional<PodReason> refusal(
            String name,
            LimitRange.Bounds bounds,
            Resource resource,
            Optional<Long> request,
            Optional<Long> limit,
            RangeBound atLeast,
            RangeBound atMost) {
        Optional<Long> min = Entry.amount(bounds.min(), resource);
        if (min.isPresent()) {
            long least = Math.min(request.orElse(0L), limit.orElse(Long.MAX_VALUE));
            if (least < min.get()) return Optional.of(outside(name, atLeast, resource, least, min.get()));
        }
        Optional<Long> max = Entry.amount(bounds.max(), resource);
        if (max.isPresent()) {
            long most = Math.max(limit.orElse(Long.MAX_VALUE), request.orElse(0L));
            if (most > max.get()) return Optional.of(outside(name, atMost, resource, most, max.get()));
        }
        return ratio(bounds, resource)
                .filter(ratio -> limit.isEmpty()
                        || request.isEmpty()
                        || BigDecimal.valueOf(limit.get()).compareTo(ratio.multiply(BigDecimal.valueOf(request.get())))
                                > 0)
                .map(ratio -> new PodReason.AboveLimitRatio(
                        name,
                        resource,
                        Entry.amounts(resource, request.orElse(0L)),
                        limit.map(it -> Entry.amounts(resource, it)).orElse(CpuAndMemory.NONE),
                        ratio));
    }

    static PodReason outside(String name, RangeBound bound, Resource resource, long asked, long allowed) {
        return new PodReason.OutsideLimitRange(
                name, bound, Entry.amounts(resource, asked), Entry.amounts(resource, allowed));
    }

    static long times(long request, BigDecimal ratio, RoundingMode rounding) {
        BigDecimal product = BigDecimal.valueOf(request).multiply(ratio).setScale(0, rounding);
        return product.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValueExact();
    }
}
