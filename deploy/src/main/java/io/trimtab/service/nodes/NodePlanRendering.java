package io.trimtab.service.nodes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trimtab.cost.units.Resources;
import io.trimtab.recommend.KeptReason;
import io.trimtab.recommend.NodeReason;
import io.trimtab.recommend.consolidation.ClusterNode;
import io.trimtab.recommend.consolidation.ConsolidationPlan.Kept;
import io.trimtab.recommend.consolidation.ConsolidationPlan.Move;
import io.trimtab.recommend.consolidation.ConsolidationPlan.Removal;
import io.trimtab.recommend.consolidation.NodePod;
import io.trimtab.recommend.nodeobjects.NodeObject;
import io.trimtab.recommend.nodeplan.PlannedNodes;
import io.trimtab.recommend.nodes.NodePlan;
import io.trimtab.recommend.nodes.NodeShape;
import io.trimtab.recommend.nodes.Packing.AddedNodes;
import io.trimtab.recommend.nodes.Packing.Place;
import io.trimtab.service.evaluate.KeptReasonWords;
import io.trimtab.service.evaluate.ReasonWords;
import io.trimtab.service.evaluate.Reasons;
import io.trimtab.service.view.MoneyChange;
import io.trimtab.service.view.NodeObjectView;
import io.trimtab.service.view.NodePlanView;
import io.trimtab.service.view.NodePlanView.AddedView;
import io.trimtab.service.view.NodePlanView.BudgetView;
import io.trimtab.service.view.NodePlanView.DrainView;
import io.trimtab.service.view.NodePlanView.KeptView;
import io.trimtab.service.view.NodePlanView.MoveView;
import io.trimtab.service.view.NodePlanView.RepackView;
import io.trimtab.service.view.NodePlanView.WaveView;
import io.trimtab.service.view.ReasonView;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Shows a plan for the nodes. */
final class NodePlanRendering {
    private final PlannedNodes planned;
    private final Map<String, ClusterNode> nodes;
    private final Map<String, NodeShape> shapes;
    private final List<AddedView> added = new ArrayList<>();

    private NodePlanRendering(PlannedNodes planned) {
        this.planned = planned;
        nodes = planned.problem().nodes().stream().collect(Collectors.toMap(ClusterNode::name, Function.identity()));
        shapes = planned.problem().shapes().stream().collect(Collectors.toMap(NodeShape::name, Function.identity()));
        for (AddedNodes group : planned.plan().add())
            for (int i = 0; i < group.count(); i++)
                added.add(new AddedView(
                        "+" + added.size(),
                        group.shape(),
                        group.capacityType().label(),
                        NodePrices.perMonth(shape(group.shape()).offer().paid())));
    }

    static NodePlanView of(PlannedNodes planned, List<NodeObject> objects) {
        return new NodePlanRendering(planned)
                .view(objects.stream().map(NodeObjectForm::of).toList());
    }

    private NodePlanView view(List<NodeObjectView> objects) {
        var plan = planned.plan();
        List<DrainView> drains = new ArrayList<>();
        plan.remove().forEach(removal -> drains.add(drain(drains.size() + 1, removal)));
        Shares shares = shares(plan.reasons());
        NodePlan repack = planned.repack();
        BigDecimal before = NodePrices.perMonth(repack.hourlyNow());
        BigDecimal saving = plan.savingPerMonth();
        return new NodePlanView(
                planned.problem().now(),
                "",
                nodes.size(),
                nodes.size() - drains.size() + added.size(),
                new MoneyChange(before, before.subtract(saving), saving, NodePrices.USD),
                shares.saving(),
                shares.disruption(),
                new RepackView(
                        repack.needed(), repack.lowerBound(), repack.gap(), NodePrices.perMonth(repack.hourlyNeeded())),
                added,
                waves(),
                drains,
                plan.kept().stream().map(NodePlanRendering::kept).toList(),
                objects,
                ReasonWords.of(plan.reasons()));
    }

    private record Shares(double saving, double disruption) {}

    private static Shares shares(List<NodeReason> reasons) {
        for (NodeReason reason : reasons)
            if (reason instanceof NodeReason.Consolidated it) return new Shares(it.savingShare(), it.disruptionShare());
        return new Shares(0, 0);
    }

    private DrainView drain(int order, Removal removal) {
        ClusterNode node = node(removal.node());
        Map<String, NodePod> pods =
                node.pods().stream().collect(Collectors.toMap(NodePlanRendering::id, Function.identity()));
        return new DrainView(
                order,
                removal.wave(),
                node.name(),
                NodePrices.perMonth(node.price()),
                removal.moves().stream().map(move -> move(move, pods)).toList());
    }

    private static String id(NodePod pod) {
        return pod.namespace() + "/" + pod.name();
    }

    private MoveView move(Move move, Map<String, NodePod> pods) {
        Resources asked = Objects.requireNonNull(pods.get(move.namespace() + "/" + move.pod()))
                .requested();
        Resources room;
        String to;
        switch (move.to()) {
            case Place.Running(String name) -> {
                to = name;
                room = node(name).allocatable();
            }
            case Place.Added(int index) -> {
                to = added.get(index).name();
                room = shape(added.get(index).shape()).room();
            }
        }
        return new MoveView(
                move.namespace(),
                move.pod(),
                to,
                asked.cpu().toString(),
                asked.memory().rounded(),
                asked.gpu().toString(),
                NodesRendering.share(asked.cpu().value(), room.cpu().value()),
                NodesRendering.share(asked.memory().value(), room.memory().value()),
                NodesRendering.share(asked.gpu().value(), room.gpu().value()));
    }

    private List<WaveView> waves() {
        Map<Integer, List<Removal>> byWave = planned.plan().remove().stream()
                .collect(Collectors.groupingBy(Removal::wave, TreeMap::new, Collectors.toList()));
        List<WaveView> waves = new ArrayList<>();
        byWave.forEach((wave, removals) -> waves.add(new WaveView(
                wave,
                removals.size(),
                removals.stream().mapToInt(removal -> removal.moves().size()).sum(),
                removals.stream()
                        .map(removal -> NodePrices.perMonth(node(removal.node()).price()))
                        .reduce(BigDecimal.ZERO, BigDecimal::add),
                budgets(removals))));
        return waves;
    }

    private List<BudgetView> budgets(List<Removal> removals) {
        Map<String, Integer> taken = new TreeMap<>();
        for (Removal removal : removals)
            for (NodePod pod : node(removal.node()).pods())
                if (!pod.daemon()) pod.budget().ifPresent(budget -> taken.merge(budget, 1, Integer::sum));
        return taken.entrySet().stream()
                .map(entry -> new BudgetView(
                        entry.getKey(), planned.problem().allowed().getOrDefault(entry.getKey(), 0), entry.getValue()))
                .toList();
    }

    private static KeptView kept(Kept kept) {
        KeptReason reason = kept.reason();
        ReasonView words = ReasonWords.of(List.of(reason)).getFirst();
        ObjectNode encoded = (ObjectNode)
                Reasons.encode(List.of(reason), KeptReasonWords::explain).get(0);
        Map<String, String> numbers = new HashMap<>();
        encoded.without(List.of("code", "message"))
                .properties()
                .forEach(field -> numbers.put(field.getKey(), field.getValue().asText()));
        return new KeptView(kept.node(), words, numbers, kept.savesPerMonth());
    }

    private ClusterNode node(String name) {
        return Objects.requireNonNull(nodes.get(name), name);
    }

    private NodeShape shape(String name) {
        return Objects.requireNonNull(shapes.get(name), name);
    }
}
