package io.trimtab.recommend.nodeplan;

import io.trimtab.recommend.consolidation.ConsolidationPlan;
import io.trimtab.recommend.consolidation.ConsolidationProblem;
import io.trimtab.recommend.nodes.NodePlan;

/**
 * What became of a cluster's nodes.
 *
 * @param problem as it was put; its pods ask for what they ask for now
 * @param repack of the same pods from nothing, each onto a node of the shape that it is on, whatever holds it there; with its bound
 */
public record PlannedNodes(ConsolidationProblem problem, ConsolidationPlan plan, NodePlan repack) {}
