package io.trimtab.actuate.guard;

import io.trimtab.cost.units.Money;
import io.trimtab.recommend.cron.CronPeriod;
import io.trimtab.recommend.policy.ActTerms;
import java.util.List;

/**
 * How much may be done, and when.
 *
 * @param windows when; empty: at any time
 * @param minSavingPerMonth an act that raises nothing and saves less is not done
 * @param podsPer10Minutes share of the cluster's pods that acts of ten minutes may touch, in 0..1
 * @param perWorkloadPerDay acts on one subject (a container, or the replica count) of one workload within 24 hours
 */
public record GuardLimits(
        List<CronPeriod> windows, Money minSavingPerMonth, double podsPer10Minutes, int perWorkloadPerDay) {
    /** The defaults of a ScalingPolicy: 5 % and 2, at any time, for any saving. */
    public static final GuardLimits DEFAULT = of(ActTerms.DEFAULT);

    public GuardLimits {
        windows = List.copyOf(windows);
        if (!(podsPer10Minutes >= 0 && podsPer10Minutes <= 1)) {
            throw new IllegalArgumentException(
                    "pods per 10 minutes (%s) must be a share in 0..1".formatted(podsPer10Minutes));
        }
        if (perWorkloadPerDay < 0)
            throw new IllegalArgumentException(
                    "acts per workload per day (%d) must be >= 0".formatted(perWorkloadPerDay));
    }

    /** At any time and for any saving. */
    public GuardLimits(double podsPer10Minutes, int perWorkloadPerDay) {
        this(List.of(), Money.zero(Money.USD), podsPer10Minutes, perWorkloadPerDay);
    }

    /** As a policy has them. */
    public static GuardLimits of(ActTerms terms) {
        return new GuardLimits(
                terms.windows(), terms.minSavingPerMonth(), terms.podsPer10Minutes(), terms.perWorkloadPerDay());
    }
}
