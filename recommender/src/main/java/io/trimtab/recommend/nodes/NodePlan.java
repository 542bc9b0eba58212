package io.trimtab.recommend.nodes;

import io.trimtab.ingest.model.CapacityType;
import io.trimtab.recommend.NodeReason;
import java.math.BigDecimal;
import java.util.List;

/**
 * How many nodes of each shape run now and would do.
 *
 * @param hourlyNow USD of the nodes that run; {@code hourlyNeeded} of those that would do
 * @param lowerBound fewer nodes cannot carry the pods, each pool's on nodes of its own shape
 * @param gap of the needed count to the bound; 0.1 is 10 %
 */
public record NodePlan(
        List<ShapeCount> shapes,
        BigDecimal hourlyNow,
        BigDecimal hourlyNeeded,
        int lowerBound,
        double gap,
        List<String> unplaced,
        List<NodeReason> reasons) {
    public NodePlan {
        shapes = List.copyOf(shapes);
        unplaced = List.copyOf(unplaced);
        reasons = List.copyOf(reasons);
    }

    /** @param price USD per hour of one node */
    public record ShapeCount(String instanceType, CapacityType capacityType, int now, int needed, BigDecimal price) {}

    public int needed() {
        return shapes.stream().mapToInt(ShapeCount::needed).sum();
    }
}
