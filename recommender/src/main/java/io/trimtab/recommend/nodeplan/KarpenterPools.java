package io.trimtab.recommend.nodeplan;

import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.Node;
import io.trimtab.ingest.model.NodeClaim;
import io.trimtab.ingest.model.NodePool;
import io.trimtab.recommend.consolidation.ClusterNode.Lifecycle;
import io.trimtab.recommend.consolidation.Consolidator;
import io.trimtab.recommend.consolidation.NodeBudget;
import io.trimtab.recommend.consolidation.PoolTerms;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What Karpenter's NodePools and NodeClaims say of nodes. */
final class KarpenterPools {
    /** The taint of a node that Karpenter is about to remove. */
    private static final String DISRUPTED = "karpenter.sh/disrupted";

    private final Instant now;
    private final Map<String, NodeClaim> claims = new HashMap<>();
    private final Map<String, PoolTerms> terms;

    KarpenterPools(ClusterSnapshot snapshot) {
        now = snapshot.at();
        for (NodeClaim claim : snapshot.supply().claims()) if (!claim.node().isEmpty()) claims.put(claim.node(), claim);
        Map<String, Integer> away = new HashMap<>();
        for (Node node : snapshot.nodes()) if (isAway(node)) away.merge(pool(node), 1, Integer::sum);
        terms = snapshot.supply().pools().stream()
                .filter(pool -> pool.kind().equals(NodePool.KARPENTER))
                .collect(Collectors.toUnmodifiableMap(
                        NodePool::name, pool -> terms(pool, away.getOrDefault(pool.name(), 0))));
    }

    private static boolean isAway(Node node) {
        return !node.ready()
                || node.taints().stream().anyMatch(taint -> taint.key().equals(DISRUPTED));
    }

    private static PoolTerms terms(NodePool pool, int away) {
        return new PoolTerms(
                pool.disruption().consolidation(),
                pool.replicas().isPresent(),
                pool.disruption().after(),
                NodeBudget.of(pool.disruption().budgets()),
                away);
    }

    private static String pool(Node node) {
        return node.labels().getOrDefault(Node.KARPENTER_POOL, "");
    }

    Map<String, PoolTerms> terms() {
        return terms;
    }

    Optional<Instant> settledAt(Node node) {
        return life(node).flatMap(NodeClaim.Life::settledAt);
    }

    private Optional<NodeClaim.Life> life(Node node) {
        return Optional.ofNullable(claims.get(node.name())).map(NodeClaim::life);
    }

    Lifecycle lifecycle(Node node) {
        return new Lifecycle(pool(node), life(node).map(this::left).orElse(1.0));
    }

    private double left(NodeClaim.Life life) {
        if (life.expiresAt().isEmpty()) return 1;
        Duration all = Duration.between(life.createdAt(), life.expiresAt().get());
        if (!all.isPositive()) return 0;
        double left = (double) Duration.between(now, life.expiresAt().get()).toMillis() / Math.max(1, all.toMillis());
        return Math.clamp(left, 0, 1);
    }

    /** Nodes that expire before a pod that moved there might move again. */
    Set<String> leaving() {
        Instant soon = now.plus(Consolidator.SETTLED);
        return claims.entrySet().stream()
                .filter(claim -> claim.getValue()
                        .life()
                        .expiresAt()
                        .filter(end -> end.isBefore(soon))
                        .isPresent())
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }
}
