package io.trimtab.service.view;

import io.trimtab.service.view.BasisView.AcceptedView;
import io.trimtab.service.view.BasisView.AmountsView;
import io.trimtab.service.view.BasisView.ConfidenceView;
import io.trimtab.service.view.BasisView.RiskChange;
import io.trimtab.service.view.BasisView.RiskView;
import io.trimtab.service.view.BasisView.SourceView;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Recommendations for tests. */
public final class MadeRecommendation {
    private static final Instant FIRST = Instant.parse("2026-11-01T00:00:00Z");

    private MadeRecommendation() {}

    /**
     * @param killedBefore below 0: nothing is known of its risk
     * @param day of November since which it is given
     */
    public static RecommendationView of(
            String id, String kind, int saving, double killedBefore, double killedAfter, int day) {
        String[] parts = id.split("/");
        boolean stays = kind.equals("Hold");
        return new RecommendationView(
                id,
                parts[0],
                parts[1],
                parts[2],
                kind,
                parts[3],
                stays ? List.of() : List.of(new Change("cpu request", "500m", "120m")),
                new MoneyChange(BigDecimal.TEN, BigDecimal.valueOf(10L - saving), BigDecimal.valueOf(saving), "USD"),
                List.of(
                        new ReasonView("CpuByRisk", "the reason of " + parts[2]),
                        new ReasonView("StockVpaAsks", "the stock VPA asks for 587m CPU")),
                FIRST.plusSeconds(86_400L * (day - 1)),
                "",
                stays ? "" : "spec: {}\n",
                "ScalingPolicy " + parts[0] + "/" + parts[2],
                null,
                killedBefore < 0 ? null : basis(killedBefore, killedAfter));
    }

    /** @param previous null where nothing is remembered */
    public static RecommendationView resize(@Nullable PreviousView previous) {
        RecommendationView it = of("shop/Deployment/web/app", "Resize", 9, 0.2, 0.00001, 3);
        return new RecommendationView(
                it.id(),
                it.namespace(),
                it.workloadKind(),
                it.workload(),
                it.kind(),
                it.subject(),
                it.changes(),
                it.perMonth(),
                it.reasons(),
                it.since(),
                "skipped: the mode is Recommend",
                it.patch(),
                it.policy(),
                previous,
                it.basis());
    }

    private static BasisView basis(double killedBefore, double killedAfter) {
        return new BasisView(
                FIRST,
                6,
                8640,
                12,
                1,
                new AcceptedView(0.01, 5),
                93.0555,
                List.of(new ReasonView("AtBound", "memory is at the bound that was set")),
                new SourceView("http://prometheus:9090", "cAdvisor: cpu", "cAdvisor: memory", null),
                new AmountsView("500m", "512Mi"),
                new AmountsView("120m", "512Mi"),
                new AmountsView("587m", null),
                new AmountsView("110m", "600Mi"),
                new RiskView(
                        new RiskChange(killedBefore, killedAfter),
                        new RiskChange(0, 3.25),
                        new RiskChange(0.5, 0.5),
                        null),
                new ConfidenceView("MEDIUM", "DAYS", "less than a week is known"),
                null,
                null);
    }
}
