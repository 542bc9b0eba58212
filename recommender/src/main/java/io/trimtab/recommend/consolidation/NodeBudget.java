package io.trimtab.recommend.consolidation;

import io.trimtab.recommend.cron.CronPeriod;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How many nodes may go at once, as Karpenter's NodePools say it.
 *
 * @param percent whether {@code nodes} is a percentage of all nodes, rounded up
 * @param causes that it is about; empty for all
 * @param period when it holds; empty for always
 * @see "https://karpenter.sh/docs/concepts/disruption/#nodepool-disruption-budgets"
 */
public record NodeBudget(int nodes, boolean percent, Set<Cause> causes, Optional<CronPeriod> period) {
    /** What a NodePool without budgets has. */
    static final NodeBudget USUAL = new NodeBudget(10, true, Set.of(), Optional.empty());

    /** Why a node would go. */
    public enum Cause {
        EMPTY,
        UNDERUTILIZED,
        DRIFTED
    }

    public NodeBudget {
        if (nodes < 0) throw new IllegalArgumentException("nodes (%d) must be >= 0".formatted(nodes));
        causes = Set.copyOf(causes);
    }

    /** The least that the budgets in force allow; without any, a tenth. */
    static int allowed(List<NodeBudget> budgets, Cause cause, int all, Instant now) {
        List<NodeBudget> stated = budgets.isEmpty() ? List.of(USUAL) : budgets;
        return stated.stream()
                .filter(budget -> budget.causes.isEmpty() || budget.causes.contains(cause))
                .filter(budget -> budget.period.isEmpty() || budget.period.get().isOpen(now))
                .mapToInt(budget -> budget.percent ? Math.ceilDiv(all * budget.nodes, 100) : budget.nodes)
                .min()
                .orElse(all);
    }
}
