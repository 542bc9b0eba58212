package io.trimtab.recommend.consolidation;

import io.trimtab.recommend.consolidation.NodeBudget.Cause;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/** How many nodes go at once: of each pool that says so itself, and of all others together. */
record Limits(AtOnce others, Map<String, AtOnce> pools) {
    private static final String OTHERS = "";

    /**
     * Of one group of nodes.
     *
     * @param empty nodes without pods to move
     * @param used nodes with such pods
     */
    record AtOnce(int empty, int used, int together) {
        /** @param away how many count as gone already */
        private static AtOnce of(List<NodeBudget> budgets, int nodes, int away, ConsolidationProblem problem) {
            int empty = Math.max(0, NodeBudget.allowed(budgets, Cause.EMPTY, nodes, problem.now()) - away);
            int used = Math.max(0, NodeBudget.allowed(budgets, Cause.UNDERUTILIZED, nodes, problem.now()) - away);
            return new AtOnce(empty, used, Math.max(empty, used));
        }
    }

    static Limits of(ConsolidationProblem problem) {
        Map<String, Integer> nodes = new HashMap<>();
        for (ClusterNode node : problem.nodes()) {
            String pool = node.lifecycle().pool();
            nodes.merge(problem.pools().containsKey(pool) ? pool : OTHERS, 1, Integer::sum);
        }
        Map<String, AtOnce> pools = new HashMap<>();
        problem.pools()
                .forEach((pool, terms) -> pools.put(
                        pool, AtOnce.of(terms.budgets(), nodes.getOrDefault(pool, 0), terms.away(), problem)));
        List<NodeBudget> stated = problem.terms().budgets();
        List<NodeBudget> budgets = stated.isEmpty() ? List.of(NodeBudget.USUAL) : stated;
        return new Limits(AtOnce.of(budgets, nodes.getOrDefault(OTHERS, 0), 0, problem), pools);
    }

    /** The pool whose limit counts for it. */
    String group(Host host) {
        String pool = host.node().lifecycle().pool();
        return pools.containsKey(pool) ? pool : OTHERS;
    }

    AtOnce of(Host host) {
        return Objects.requireNonNullElse(pools.get(host.node().lifecycle().pool()), others);
    }

    /** Over all groups. */
    int sum(ToIntFunction<AtOnce> part) {
        long sum = Stream.concat(Stream.of(others), pools.values().stream())
                .mapToLong(part::applyAsInt)
                .sum();
        return Math.clamp(sum, 0, Integer.MAX_VALUE);
    }
}
