package io.trimtab.recommend.consolidation.simulation;

import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.Resources;
import io.trimtab.recommend.consolidation.ClusterNode;
import io.trimtab.recommend.consolidation.ConsolidationPlan;
import io.trimtab.recommend.consolidation.ConsolidationPlan.Kept;
import io.trimtab.recommend.consolidation.ConsolidationPlan.Move;
import io.trimtab.recommend.consolidation.ConsolidationPlan.Removal;
import io.trimtab.recommend.consolidation.ConsolidationProblem;
import io.trimtab.recommend.consolidation.NodePod;
import io.trimtab.recommend.nodes.NodeShape;
import io.trimtab.recommend.nodes.Packing.AddedNodes;
import io.trimtab.recommend.nodes.Packing.Place;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Holds a plan against its problem by what was promised alone; shares no arithmetic with the planner. */
public final class PlanCheck {
    private final ConsolidationProblem problem;
    private final ConsolidationPlan plan;
    private final Map<String, ClusterNode> nodes;
    private final Map<String, NodeShape> shapes;
    private final List<String> faults = new ArrayList<>();

    private PlanCheck(ConsolidationProblem problem, ConsolidationPlan plan) {
        this.problem = problem;
        this.plan = plan;
        nodes = problem.nodes().stream().collect(Collectors.toMap(ClusterNode::name, Function.identity()));
        shapes = problem.shapes().stream().collect(Collectors.toMap(NodeShape::name, Function.identity()));
    }

    /** @return everything that is wrong; empty for a valid plan */
    public static List<String> faults(ConsolidationProblem problem, ConsolidationPlan plan) {
        var check = new PlanCheck(problem, plan);
        check.everyNodeOnce();
        check.everyPodMovesOnce();
        check.budgets();
        check.room();
        check.money();
        return check.faults;
    }

    private ClusterNode node(String name) {
        return Objects.requireNonNull(nodes.get(name), name);
    }

    private NodeShape shape(AddedNodes group) {
        return Objects.requireNonNull(shapes.get(group.shape()), group.shape());
    }

    private void everyNodeOnce() {
        List<String> named = new ArrayList<>();
        plan.remove().forEach(one -> named.add(one.node()));
        plan.kept().forEach(one -> named.add(one.node()));
        if (named.size() != nodes.size() || !nodes.keySet().equals(new HashSet<>(named)))
            faults.add("not every node is removed or kept, once");
        for (Kept kept : plan.kept())
            if (kept.savesPerMonth().signum() < 0) faults.add("a fix that loses money: " + kept);
    }

    private void everyPodMovesOnce() {
        Set<String> drained = plan.remove().stream().map(Removal::node).collect(Collectors.toSet());
        for (Removal removal : plan.remove()) {
            List<String> moved = removal.moves().stream()
                    .map(move -> move.namespace() + "/" + move.pod())
                    .sorted()
                    .toList();
            List<String> pods = node(removal.node()).pods().stream()
                    .filter(pod -> !pod.daemon())
                    .map(pod -> pod.namespace() + "/" + pod.name())
                    .sorted()
                    .toList();
            if (!moved.equals(pods)) faults.add("not the pods of " + removal.node());
            for (Move move : removal.moves())
                if (move.to() instanceof Place.Running(String to) && (drained.contains(to) || !nodes.containsKey(to)))
                    faults.add("%s moves to %s, which goes".formatted(move.pod(), to));
        }
    }

    private void budgets() {
        Map<Integer, Map<String, Integer>> spent = new TreeMap<>();
        for (Removal removal : plan.remove())
            for (NodePod pod : node(removal.node()).pods())
                if (!pod.daemon())
                    pod.budget()
                            .ifPresent(budget -> spent.computeIfAbsent(removal.wave(), key -> new HashMap<>())
                                    .merge(budget, 1, Integer::sum));
        spent.forEach((wave, budgets) -> budgets.forEach((budget, pods) -> {
            if (pods > problem.allowed().getOrDefault(budget, 0))
                faults.add("wave %d takes %d pods of %s".formatted(wave, pods, budget));
        }));
    }

    private void room() {
        Map<Place, List<NodePod>> pods = new HashMap<>();
        for (Removal removal : plan.remove()) {
            Map<String, NodePod> byName = node(removal.node()).pods().stream()
                    .collect(Collectors.toMap(pod -> pod.namespace() + "/" + pod.name(), Function.identity()));
            for (Move move : removal.moves())
                pods.computeIfAbsent(move.to(), key -> new ArrayList<>())
                        .add(Objects.requireNonNull(byName.get(move.namespace() + "/" + move.pod())));
        }
        List<NodeShape> added = new ArrayList<>();
        for (AddedNodes group : plan.add()) for (int i = 0; i < group.count(); i++) added.add(shape(group));
        pods.forEach((place, received) -> {
            switch (place) {
                case Place.Running(String name) -> {
                    ClusterNode node = node(name);
                    List<NodePod> all = new ArrayList<>(node.pods());
                    all.addAll(received);
                    double storage = all.stream()
                            .mapToDouble(pod -> pod.ephemeralStorage().value())
                            .sum();
                    if (storage > node.ephemeralStorage().value() || isOver(all, node.allocatable(), node.maxPods()))
                        faults.add(name + " holds more than it has");
                }
                case Place.Added(int index) -> {
                    NodeShape shape = added.get(index);
                    Resources room = new Resources(
                            shape.cpu().minusOrZero(shape.daemonCpu()),
                            shape.memory().minusOrZero(shape.daemonMemory()),
                            new GpuMilli(1000L * shape.devices().advertised()));
                    if (isOver(received, room, shape.pods())) faults.add("+%d holds more than it has".formatted(index));
                }
            }
        });
        for (int i = 0; i < added.size(); i++)
            if (!pods.containsKey(new Place.Added(i))) faults.add("+%d is for nothing".formatted(i));
    }

    private static boolean isOver(List<NodePod> pods, Resources room, int most) {
        Resources sum = pods.stream().map(NodePod::requested).reduce(Resources.ZERO, Resources::plus);
        return !sum.fitsIn(room) || pods.size() > most;
    }

    private void money() {
        BigDecimal perHour = BigDecimal.ZERO;
        for (Removal removal : plan.remove())
            perHour = perHour.add(node(removal.node()).price());
        for (AddedNodes group : plan.add()) {
            var offer = shape(group).offer();
            BigDecimal price = switch (group.capacityType()) {
                case SPOT -> offer.spotPrice().orElseThrow();
                case ON_DEMAND -> offer.price();
            };
            perHour = perHour.subtract(price.multiply(BigDecimal.valueOf(group.count())));
        }
        if (perHour.multiply(BigDecimal.valueOf(730)).compareTo(plan.savingPerMonth()) != 0)
            faults.add("the saving is not what the nodes' prices add up to");
        if (plan.savingPerMonth().signum() < 0) faults.add("the plan loses money");
    }

    /** Shapes that a plan adds while it removes nodes of them. */
    public static Set<String> swaps(ConsolidationProblem problem, ConsolidationPlan plan) {
        Set<String> removed = plan.remove().stream().map(Removal::node).collect(Collectors.toSet());
        Set<String> added = plan.add().stream().map(AddedNodes::shape).collect(Collectors.toSet());
        return problem.nodes().stream()
                .filter(node -> removed.contains(node.name()))
                .map(ClusterNode::shape)
                .filter(added::contains)
                .collect(Collectors.toSet());
    }
}
