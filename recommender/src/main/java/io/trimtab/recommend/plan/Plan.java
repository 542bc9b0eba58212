package io.trimtab.recommend.plan;

import io.trimtab.cost.allocation.Allocation;
import io.trimtab.recommend.Impact;
import io.trimtab.recommend.Recommendation;
import io.trimtab.recommend.nodes.NodePlan;
import java.time.Instant;
import java.util.List;

/**
 * Everything that one round decided; its parts agree with each other.
 *
 * @param recommendations by workload, containers before replicas
 * @param nodes for the pods as they would be after the recommendations
 * @param costs of the hour before {@code at}, per namespace
 * @param cluster money of the nodes now, and of those that would do
 */
public record Plan(Instant at, List<Recommendation> recommendations, NodePlan nodes, Allocation costs, Impact cluster) {
    public Plan {
        recommendations = List.copyOf(recommendations);
    }
}
