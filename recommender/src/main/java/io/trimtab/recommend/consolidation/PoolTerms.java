package io.trimtab.recommend.consolidation;

import io.trimtab.ingest.model.NodeDisruption.Consolidation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a pool says of how its nodes may go, as Karpenter reads it.
 *
 * @param fixed whether it keeps a number of nodes, so that for one that goes another comes
 * @param after how long a node's pods must have stayed as they are; empty where none of its nodes goes
 * @param budgets that all hold; none sets no bound
 * @param away how many of its nodes are not ready or going already, which the budgets count
 */
public record PoolTerms(
        Consolidation consolidation, boolean fixed, Optional<Duration> after, List<NodeBudget> budgets, int away) {
    public PoolTerms {
        budgets = List.copyOf(budgets);
    }
}
