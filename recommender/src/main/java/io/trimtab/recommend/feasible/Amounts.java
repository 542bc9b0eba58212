package io.trimtab.recommend.feasible;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.ingest.model.LimitRule;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.Resource;
import io.trimtab.recommend.PodReason;
import io.trimtab.recommend.pods.LimitRules;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The amounts that one container may have of one resource, by LimitRanges and floors. */
record Amounts(Resource resource, Ranges ranges, LimitRules rules, boolean guaranteed) {
    private static final long LEAST_MILLI = 1;
    private static final long LEAST_BYTES = 16L << 20;

    /**
     * What a request may be.
     *
     * @param refusal why there is none
     */
    record Span(long least, long most, Optional<PodReason> refusal) {
        long clamp(long amount) {
            return Math.clamp(amount, least, most);
        }
    }

    /** @param now in force */
    Span span(Requirements now) {
        long floor = resource == Resource.CPU ? LEAST_MILLI : LEAST_BYTES;
        Optional<Ranges.Bound> min = ranges.min(resource);
        Optional<Ranges.Bound> max = most(now);
        long least = Math.max(floor, min.map(Ranges.Bound::amount).orElse(floor));
        Optional<Long> fixed = fixedLimit(now);
        Optional<BigDecimal> ratio = ranges.maxRatio(resource);
        if (fixed.isPresent() && ratio.isPresent())
            least = Math.max(
                    least,
                    BigDecimal.valueOf(fixed.get())
                            .divide(ratio.get(), 0, RoundingMode.CEILING)
                            .longValueExact());
        long most = max.map(Ranges.Bound::amount).orElse(Long.MAX_VALUE);
        if (least <= most) return new Span(least, most, Optional.empty());
        return new Span(least, least, max.map(bound -> contradiction(min, bound, floor)));
    }

    private PodReason contradiction(Optional<Ranges.Bound> min, Ranges.Bound max, long floor) {
        return min.filter(it -> it.amount() > max.amount())
                .<PodReason>map(it -> new PodReason.LimitRangesContradict(
                        it.name(),
                        Entry.amounts(resource, it.amount()),
                        max.name(),
                        Entry.amounts(resource, max.amount())))
                .orElseGet(() -> Ranges.outside(max.name(), max.kind(), resource, floor, max.amount()));
    }

    /** What moved a request from what is needed. */
    List<PodReason> moved(Requirements now, long needed, long to) {
        List<PodReason> reasons = new ArrayList<>();
        if (to < needed)
            most(now).ifPresent(it -> reasons.add(Ranges.outside(it.name(), it.kind(), resource, needed, it.amount())));
        if (to > needed)
            ranges.min(resource)
                    .filter(it -> it.amount() > needed)
                    .ifPresent(it -> reasons.add(Ranges.outside(it.name(), it.kind(), resource, needed, it.amount())));
        return reasons;
    }

    private Optional<Ranges.Bound> most(Requirements now) {
        Optional<Ranges.Bound> max = ranges.max(resource);
        if (limit(now, 1).isPresent()) return max;
        return ranges.defaultLimit(resource)
                .filter(it -> it.amount() < max.map(Ranges.Bound::amount).orElse(Long.MAX_VALUE))
                .or(() -> max);
    }

    /** A limit that does not follow the request. */
    private Optional<Long> fixedLimit(Requirements now) {
        if (rule() instanceof LimitRule.Keep && Entry.limit(resource).of(now).isPresent())
            return Entry.limit(resource).of(now);
        return limit(now, 1).isPresent()
                ? Optional.empty()
                : ranges.defaultLimit(resource).map(Ranges.Bound::amount);
    }

    /** What the limit is with such a request: by its rule, as near to it as LimitRanges allow; that of a Guaranteed pod is the request. */
    Optional<Long> limit(Requirements now, long request) {
        if (rule() instanceof LimitRule.Keep) return Entry.limit(resource).of(now);
        if (guaranteed) return Optional.of(request);
        Optional<Long> byRule = Entry.limit(resource)
                .of(
                        resource == Resource.CPU
                                ? rules.applied(now, Optional.of(new MilliCores(request)), Optional.empty())
                                : rules.applied(now, Optional.empty(), Optional.of(new Bytes(request))));
        return byRule.map(limit -> {
            long max = ranges.max(resource).map(Ranges.Bound::amount).orElse(Long.MAX_VALUE);
            long byRatio = ranges.maxRatio(resource)
                    .map(ratio -> Ranges.times(request, ratio, RoundingMode.DOWN))
                    .orElse(Long.MAX_VALUE);
            return Math.max(request, Math.min(limit, Math.min(max, byRatio)));
        });
    }

    private LimitRule rule() {
        return resource == Resource.CPU ? rules.cpu() : rules.memory();
    }

    /** The same requirements with another request of this resource, and the limit that goes with it. */
    Requirements with(Requirements now, Requirements sofar, long request) {
        Optional<Long> limit = limit(now, request);
        return switch (resource) {
            case CPU ->
                new Requirements(
                        Optional.of(new MilliCores(request)),
                        sofar.memoryRequest(),
                        limit.map(MilliCores::new),
                        sofar.memoryLimit(),
                        sofar.gpu());
            case MEMORY ->
                new Requirements(
                        sofar.cpuRequest(),
                        Optional.of(new Bytes(request)),
                        sofar.cpuLimit(),
                        limit.map(Bytes::new),
                        sofar.gpu());
            case GPU -> sofar;
        };
    }
}
