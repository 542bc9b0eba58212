package io.trimtab.service.view;

import io.trimtab.service.view.NodePlanView.DrainView;
import io.trimtab.service.view.NodePlanView.KeptView;
import io.trimtab.service.view.NodePlanView.MoveView;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a plan decides, by node. */
public final class NodeDecisions {
    private final Map<String, DrainView> drains = new HashMap<>();
    private final Map<String, KeptView> kept = new HashMap<>();
    private final Map<String, List<MoveView>> arrivals = new HashMap<>();

    public NodeDecisions(NodePlanView plan) {
        for (DrainView drain : plan.drains()) {
            drains.put(drain.node(), drain);
            for (MoveView move : drain.moves())
                arrivals.computeIfAbsent(move.to(), _ -> new ArrayList<>()).add(move);
        }
        plan.kept().forEach(one -> kept.put(one.node(), one));
    }

    /**
     * Of one node.
     *
     * @param action {@code remove}, which has a wave, an order and moves, or {@code keep}, which has a reason and what its cheapest fix saves
     */
    public record NodeDecisionView(
            String action,
            @Nullable Integer wave,
            @Nullable Integer order,
            List<MoveView> moves,
            @Nullable ReasonView reason,
            Map<String, String> numbers,
            @Nullable BigDecimal savesPerMonth) {}

    public Optional<DrainView> drain(String node) {
        return Optional.ofNullable(drains.get(node));
    }

    public Optional<KeptView> kept(String node) {
        return Optional.ofNullable(kept.get(node));
    }

    /** What moves to it. */
    public List<MoveView> arrivals(String node) {
        return arrivals.getOrDefault(node, List.of());
    }

    /** Empty for a node that the plan does not know, as one that came after it. */
    public Optional<NodeDecisionView> of(String node) {
        return drain(node)
                .map(drain -> new NodeDecisionView(
                        "remove", drain.wave(), drain.order(), drain.moves(), null, Map.of(), null))
                .or(() -> kept(node)
                        .map(one -> new NodeDecisionView(
                                "keep", null, null, List.of(), one.reason(), one.numbers(), one.savesPerMonth())));
    }
}
