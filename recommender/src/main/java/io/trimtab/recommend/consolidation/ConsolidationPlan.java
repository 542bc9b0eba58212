package io.trimtab.recommend.consolidation;

import io.trimtab.recommend.KeptReason;
import io.trimtab.recommend.NodeReason;
import io.trimtab.recommend.nodes.Packing.AddedNodes;
import io.trimtab.recommend.nodes.Packing.Place;
import java.math.BigDecimal;
import java.util.List;

/**
 * Every node is either removed or kept.
 *
 * @param remove in the order in which they are drained
 * @param add before the first wave; a {@link Place.Added} counts through them in this order
 * @param savingPerMonth USD in 730 hours
 * @param reasons the decisive one first
 */
public record ConsolidationPlan(
        List<Removal> remove,
        List<AddedNodes> add,
        List<Kept> kept,
        BigDecimal savingPerMonth,
        List<NodeReason> reasons) {
    public ConsolidationPlan {
        remove = List.copyOf(remove);
        add = List.copyOf(add);
        kept = List.copyOf(kept);
        reasons = List.copyOf(reasons);
    }

    /** @param wave from 1; the nodes of a wave are drained together, after those of the wave before */
    public record Removal(String node, List<Move> moves, int wave) {
        public Removal {
            moves = List.copyOf(moves);
        }
    }

    /** A pod of a removed node and its new place. */
    public record Move(String namespace, String pod, Place to) {}

    /**
     * A node that stays, and the one thing that keeps it.
     *
     * @param savesPerMonth USD in 730 hours that the cheapest fix saves; 0 where that alone frees nothing
     */
    public record Kept(String node, KeptReason reason, BigDecimal savesPerMonth) {}
}
