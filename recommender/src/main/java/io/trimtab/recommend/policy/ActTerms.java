package io.trimtab.recommend.policy;

import io.trimtab.cost.units.Money;
import io.trimtab.ingest.model.Policy;
import io.trimtab.recommend.cron.CronPeriod;
import java.util.List;

/**
 * When, how often and for what acts may be done.
 *
 * @param windows empty: at any time
 * @param podsPer10Minutes share of the cluster's pods that acts of ten minutes may touch, in 0..1
 * @param perWorkloadPerDay acts on one subject (a container, or the replica count) of one workload within 24 hours
 * @param minSavingPerMonth an act that saves less, and raises nothing, is not done
 */
public record ActTerms(
        List<CronPeriod> windows, double podsPer10Minutes, int perWorkloadPerDay, Money minSavingPerMonth) {
    /** The defaults of a policy. */
    public static final ActTerms DEFAULT = new ActTerms(
            List.of(),
            Policy.Acts.DEFAULT.podsPer10Minutes(),
            Policy.Acts.DEFAULT.perWorkloadPerDay(),
            Money.zero(Money.USD));

    public ActTerms {
        windows = List.copyOf(windows);
        if (!(podsPer10Minutes >= 0 && podsPer10Minutes <= 1))
            throw new IllegalArgumentException(
                    "podsPer10Minutes (%s) must be a share in 0..1".formatted(podsPer10Minutes));
        if (perWorkloadPerDay < 0)
            throw new IllegalArgumentException("perWorkloadPerDay (%d) must be >= 0".formatted(perWorkloadPerDay));
        if (minSavingPerMonth.micros() < 0)
            throw new IllegalArgumentException("minSavingPerMonth (%s) must be >= 0".formatted(minSavingPerMonth));
    }
}
