package io.trimtab.ingest.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a Karpenter NodePool says of how its nodes may go. Answers: which of them, after how long, how many at once?
 *
 * @param after how long a node's pods must have stayed as they are; empty where its nodes never go
 * @param budgets that all hold; none sets no bound
 */
public record NodeDisruption(Consolidation consolidation, Optional<Duration> after, List<Budget> budgets) {
    /** What a budget without a number allows, and a pool without budgets. */
    public static final String USUAL_NODES = "10%";

    /** A pool that says nothing. */
    public static final NodeDisruption USUAL = new NodeDisruption(
            Consolidation.WHEN_EMPTY_OR_UNDERUTILIZED,
            Optional.of(Duration.ZERO),
            List.of(new Budget(USUAL_NODES, Set.of(), Optional.empty(), Optional.empty())));

    /** Which nodes may go. */
    public enum Consolidation {
        WHEN_EMPTY,
        WHEN_EMPTY_OR_UNDERUTILIZED,
        BALANCED
    }

    public NodeDisruption {
        budgets = List.copyOf(budgets);
    }

    /**
     * As it is written; what it means is for whoever plans by it.
     *
     * @param nodes a count or a percentage
     * @param reasons that it is about; empty for all
     * @param schedule a cron line from whose moments on it holds for {@code duration}; empty for always
     */
    public record Budget(String nodes, Set<String> reasons, Optional<String> schedule, Optional<Duration> duration) {
        public Budget {
            reasons = Set.copyOf(reasons);
        }
    }
}
