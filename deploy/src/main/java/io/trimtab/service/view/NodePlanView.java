package io.trimtab.service.view;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How the nodes become fewer or cheaper ones: every node that runs is in {@code drains} or in {@code kept}. The pods ask for what they ask for now, whatever is recommended.
 *
 * @param at the round whose cluster is planned for; null where there is no plan
 * @param trouble why there is no plan, or not yet, and what to do; empty where there is one
 * @param savingShare of what the nodes cost, 0.1 is 10 %
 * @param disruptionShare of the disruption that moving every pod would be
 * @param add nodes that are added before the first wave
 * @param drains in the order in which the nodes are drained
 * @param objects what Cluster Autoscaler, Karpenter and Cluster API would have to be told, in their own form
 */
public record NodePlanView(
        @Nullable Instant at,
        String trouble,
        int nodesNow,
        int nodesAfter,
        MoneyChange perMonth,
        double savingShare,
        double disruptionShare,
        RepackView repack,
        List<AddedView> add,
        List<WaveView> waves,
        List<DrainView> drains,
        List<KeptView> kept,
        List<NodeObjectView> objects,
        List<ReasonView> reasons) {
    /**
     * The same pods packed from nothing, each onto a node of the shape that it is on, whatever holds it where it is.
     *
     * @param lowerBoundNodes no such packing needs fewer
     * @param gap of {@code nodes} to that bound, 0.1 is 10 %
     */
    public record RepackView(int nodes, int lowerBoundNodes, double gap, BigDecimal costPerMonth) {}

    /** @param name by which moves mean it, such as {@code +0} */
    public record AddedView(String name, String shape, String capacityType, BigDecimal costPerMonth) {}

    /**
     * Nodes that are drained together, after those of the wave before.
     *
     * @param pods that move
     * @param costPerMonth of its nodes
     * @param disruptionBudgets those that cover any of the pods
     */
    public record WaveView(
            int wave, int nodes, int pods, BigDecimal costPerMonth, List<BudgetView> disruptionBudgets) {}

    /** @param allowed how many of its pods may be away at once; {@code taken} how many the wave takes away */
    public record BudgetView(String name, int allowed, int taken) {}

    /** @param order from 1, over all waves */
    public record DrainView(int order, int wave, String node, BigDecimal costPerMonth, List<MoveView> moves) {}

    /** @param to a node that runs, or one that is added; shares are of what it has for pods */
    public record MoveView(
            String namespace,
            String pod,
            String to,
            String cpu,
            String memory,
            String gpu,
            double cpuShare,
            double memoryShare,
            double gpuShare) {}

    /**
     * A node that stays, and the one thing that keeps it.
     *
     * @param numbers of the reason, by name
     * @param savesPerMonth what the cheapest fix of that saves; 0 where that alone frees nothing
     */
    public record KeptView(String node, ReasonView reason, Map<String, String> numbers, BigDecimal savesPerMonth) {
        public KeptView {
            // In the order of names, so that the same plan is the same bytes.
            numbers = Collections.unmodifiableMap(new TreeMap<>(numbers));
        }
    }

    /** Where there is none. */
    public static NodePlanView none(String trouble) {
        var nothing = new MoneyChange(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, "USD");
        var repack = new RepackView(0, 0, 0, BigDecimal.ZERO);
        return new NodePlanView(
                null, trouble, 0, 0, nothing, 0, 0, repack, List.of(), List.of(), List.of(), List.of(), List.of(),
                List.of());
    }
}
