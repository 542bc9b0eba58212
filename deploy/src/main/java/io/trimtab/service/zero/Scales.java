package io.trimtab.service.zero;

import io.trimtab.cost.units.Money;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.Impact;
import io.trimtab.recommend.Recommendation;
import io.trimtab.recommend.plan.UnitPrices;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Turns a decision into what the actuator writes. */
final class Scales {
    private Scales() {}

    /** @param podPricePerHour in USD */
    static Recommendation.Scale of(WorkloadId workload, ScaledTarget.Decided decided, BigDecimal podPricePerHour) {
        int from = decided.current();
        int to = decided.steady().replicas();
        Impact impact = new Impact(perMonth(from, podPricePerHour), perMonth(to, podPricePerHour));
        return new Recommendation.Scale(
                workload, from, to, impact, decided.steady().reasons());
    }

    private static Money perMonth(int pods, BigDecimal pricePerHour) {
        return Money.of(
                pricePerHour.multiply(BigDecimal.valueOf(pods)).multiply(UnitPrices.HOURS_PER_MONTH),
                Money.USD,
                RoundingMode.CEILING);
    }
}
