package io.trimtab.recommend.pods;

import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Money;
import io.trimtab.forecast.Demand;
import io.trimtab.forecast.groups.UsageGroups;
import io.trimtab.forecast.sketch.EvenHistogram;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.recommend.Impact;
import io.trimtab.recommend.PodReason.GroupLabel;
import io.trimtab.recommend.PodReason.PodGroup;
import io.trimtab.recommend.PodReason.TwoGroups;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Two groups of pods that need different requests of CPU. Their template gives both the same, so it is the busier ones' that counts: of all samples together theirs may be too few to be seen.
 *
 * @param busier what each of the busier pods needs, {@code quieter} likewise
 */
record GroupSizing(UsageGroups groups, Range<MilliCores> busier, Range<MilliCores> quieter) {
    /** What differs by less is not worth two workloads: so much, and a quarter. */
    private static final long LEAST_MILLI = 20;

    private static final double LEAST_SHARE = 0.25;
    private static final int MOST_NAMES = 3;

    /** Empty where the pods are alike, or what they need is. */
    static Optional<GroupSizing> of(Demand demand, PodPolicy policy) {
        return demand.groups()
                .map(groups -> new GroupSizing(
                        groups,
                        range(groups.busier().cpu(), demand, policy),
                        range(groups.quieter().cpu(), demand, policy)))
                .filter(GroupSizing::matters);
    }

    private static Range<MilliCores> range(EvenHistogram cpu, Demand demand, PodPolicy policy) {
        return RiskSizing.cpu(
                cpu, demand.recent().days(), demand.container().requirements(), policy.limits(), policy.risk());
    }

    private boolean matters() {
        long more = busier.target().value() - quieter.target().value();
        return more >= LEAST_MILLI && more >= LEAST_SHARE * busier.target().value();
    }

    /**
     * What there is to say of it.
     *
     * @param to requirements to come of each pod
     * @param impact as that of {@link PodRecommender#decide}, over {@code pods}
     */
    TwoGroups reason(Requirements to, int pods, BiFunction<Requirements, Requirements, Impact> impact) {
        Requirements own = new Requirements(
                to.cpuRequest().map(all -> all.clamp(MilliCores.ZERO, quieter.target())),
                to.memoryRequest(),
                to.cpuLimit(),
                to.memoryLimit(),
                to.gpu());
        Money ofAll = impact.apply(to, own).saving();
        // Savings round down.
        Money saving = new Money(
                ofAll.micros() / Math.max(1, pods) * groups.quieter().pods().size(), ofAll.currency());
        return new TwoGroups(
                group(groups.busier(), busier),
                group(groups.quieter(), quieter),
                groups.by()
                        .map(label -> new GroupLabel(
                                label.key(),
                                label.busier().stream().sorted().toList(),
                                label.quieter().stream().sorted().toList())),
                saving.micros() > 0 ? Optional.of(saving) : Optional.empty());
    }

    private static PodGroup group(UsageGroups.Group group, Range<MilliCores> needed) {
        return new PodGroup(
                group.pods().size(),
                group.pods().stream().limit(MOST_NAMES).map(PodId::name).toList(),
                new MilliCores((long) Math.ceil(1000 * group.cpu().quantile(0.5))),
                needed.target());
    }
}
