package io.trimtab.recommend.consolidation;

import io.trimtab.ingest.model.NodeDisruption.Consolidation;
import io.trimtab.recommend.KeptReason;
import io.trimtab.recommend.KeptReason.LowScore;
import io.trimtab.recommend.KeptReason.PoolKeeps;
import io.trimtab.recommend.KeptReason.PoolRule;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What nodes' pools keep of them, budgets apart.
 *
 * @see "https://karpenter.sh/docs/concepts/disruption/#consolidation"
 */
final class PoolRules {
    /** Of {@code consolidationPolicy: Balanced}: what is saved is worth at most twice its share in disruption. */
    private static final double BALANCED_SCORE = 0.5;

    /** Of draining a node, beside its pods; for Balanced alone. */
    private static final double DRAINING = 1;

    private final Map<String, PoolTerms> pools;
    private final Map<String, Double> prices = new HashMap<>();
    private final Map<String, Double> disruptions = new HashMap<>();

    PoolRules(Cluster cluster) {
        pools = cluster.problem().pools();
        for (Host host : cluster.hosts()) {
            String pool = host.node().lifecycle().pool();
            prices.merge(pool, host.price(), Double::sum);
            disruptions.merge(pool, disruption(host), Double::sum);
        }
    }

    Optional<PoolTerms> terms(Host host) {
        return Optional.ofNullable(pools.get(host.node().lifecycle().pool()));
    }

    /** Why its pool does not let it go at all. */
    Optional<KeptReason> keeps(Host host) {
        String pool = host.node().lifecycle().pool();
        // What its owner forbids of it cannot be known. Where no NodePool is known at all, the label is somebody
        // else's.
        Optional<PoolRule> rule = !pools.isEmpty() && !pool.isEmpty() && !pools.containsKey(pool)
                ? Optional.of(PoolRule.UNKNOWN)
                : terms(host).flatMap(terms -> rule(terms, host));
        return rule.map(its -> new PoolKeeps(pool, its, host.moving().size()));
    }

    private static Optional<PoolRule> rule(PoolTerms terms, Host host) {
        if (terms.fixed()) return Optional.of(PoolRule.FIXED_REPLICAS);
        if (terms.after().isEmpty()) return Optional.of(PoolRule.NEVER);
        boolean onlyEmpty = terms.consolidation() == Consolidation.WHEN_EMPTY;
        return onlyEmpty && !host.isEmpty() ? Optional.of(PoolRule.ONLY_EMPTY) : Optional.empty();
    }

    /** Of a pool with {@code Balanced}: even if nothing had to be added for its pods, it would save too little for its disruption. */
    Optional<KeptReason> tooLittleForBalanced(Host host) {
        if (host.isEmpty()
                || terms(host)
                        .filter(terms -> terms.consolidation() == Consolidation.BALANCED)
                        .isEmpty()) return Optional.empty();
        String pool = host.node().lifecycle().pool();
        double price = Objects.requireNonNull(prices.get(pool));
        double saved = price == 0 ? 0 : host.price() / price;
        double score = saved * Objects.requireNonNull(disruptions.get(pool)) / disruption(host);
        return score < BALANCED_SCORE ? Optional.of(new LowScore(score, BALANCED_SCORE)) : Optional.empty();
    }

    private static double disruption(Host host) {
        return DRAINING
                + host.moving().stream().mapToDouble(Moving::evictionCost).sum();
    }
}
