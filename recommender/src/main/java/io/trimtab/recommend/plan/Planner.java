package io.trimtab.recommend.plan;

import io.trimtab.cost.prices.PriceBook;
import io.trimtab.cost.units.Money;
import io.trimtab.forecast.Demand;
import io.trimtab.forecast.Pasts;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.Mode;
import io.trimtab.ingest.model.Node;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.Impact;
import io.trimtab.recommend.Reason;
import io.trimtab.recommend.Recommendation;
import io.trimtab.recommend.nodes.NodePlan;
import io.trimtab.recommend.nodes.NodePlanner;
import io.trimtab.recommend.policy.Governance;
import io.trimtab.recommend.policy.Standing;
import io.trimtab.recommend.policy.Terms;
import io.trimtab.recommend.replicas.Foresights;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Decides requests, then replicas, then nodes for what comes of both, and prices it all from one price book. Remembers from round to round what it has found out
 * about forecasts; used by one thread at a time.
 */
public final class Planner {
    private final PriceBook prices;
    private final Mode most;
    private final Terms defaults;
    private final Foresights foresights = new Foresights();

    /** @param most the mode of workloads without a policy, and the most that a policy can grant */
    public Planner(PriceBook prices, Mode most) {
        this(prices, most, Terms.DEFAULT);
    }

    /** @param defaults the terms of workloads without a policy */
    public Planner(PriceBook prices, Mode most, Terms defaults) {
        this.prices = prices;
        this.most = most;
        this.defaults = defaults;
    }

    /** Without forecasts of replicas. */
    public Plan plan(ClusterSnapshot snapshot, List<Demand> demands) {
        return plan(snapshot, demands, Pasts.NONE);
    }

    /** @param pasts what forecasts of replicas start from */
    public Plan plan(ClusterSnapshot snapshot, List<Demand> demands, Pasts pasts) {
        UnitPrices unitPrices = UnitPrices.of(snapshot.nodes(), this::price);
        Governance governance = Governance.of(snapshot, most, defaults);
        List<Recommendation> decided =
                new ArrayList<>(new RequestPlans(snapshot, demands, governance, unitPrices).decide());
        decided.addAll(new ReplicaPlans(snapshot, governance, unitPrices).decide(demands, foresights, pasts));
        decided.sort(Comparator.comparing(Recommendation::workload));
        NodePlan nodes = NodePlanner.plan(snapshot.nodes(), After.loads(snapshot, decided), this::price);
        Impact cluster = new Impact(perMonth(nodes.hourlyNow()), perMonth(nodes.hourlyNeeded()));
        return new Plan(snapshot.at(), decided, nodes, Costs.lastHour(snapshot, demands, this::price), cluster);
    }

    private BigDecimal price(Node node) {
        return prices.price(Machines.of(node)).perHour();
    }

    private static Money perMonth(BigDecimal hourly) {
        return Money.of(hourly.multiply(UnitPrices.HOURS_PER_MONTH), Money.USD, RoundingMode.CEILING);
    }

    static Recommendation held(Standing standing, WorkloadId workload, String subject) {
        return new Recommendation.Hold(
                workload,
                subject,
                standing.hold().<Reason>map(why -> why).stream().toList());
    }
}
