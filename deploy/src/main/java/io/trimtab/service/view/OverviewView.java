package io.trimtab.service.view;

import java.time.Instant;
import java.util.List;

/**
 * The first page.
 *
 * @param cluster the bill now and after all recommendations, by the nodes that would really go
 * @param requests what the resizes ask for before and after, at list price; likewise {@code replicas} and {@code nodes}
 * @param top the largest savings
 * @param namespaces cost per namespace
 * @param notices what is stale, partial or paused, one line each
 */
public record OverviewView(
        Instant at,
        MoneyChange cluster,
        Tile requests,
        Tile replicas,
        Tile nodes,
        int workloadCount,
        int podCount,
        int nodeCount,
        List<RecommendationView> top,
        List<CostsView.CostRow> namespaces,
        List<String> notices) {
    /** One lever: how many changes, and their money. */
    public record Tile(int changes, MoneyChange perMonth) {}
}
